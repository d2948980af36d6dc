package mutation

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// quotaLines says how much of the quota is used and how many more places an action needs, nil
// if the quota is not known. It names both counts of what is used if they differ.
func quotaLines(v *row.ViewState, places int) []text.Line {
	now := v.Quota()
	switch {
	case !now.Known():
		return nil
	case now.Differs:
		return []text.Line{quotaLine(now, places), note(text.Sprintf("quota: %d as listed, the server counted %d %s", now.Used, now.Counted, format.Relative(now.At, v.Now)))}
	default:
		return []text.Line{quotaLine(now, places)}
	}
}

func quotaLine(now model.QuotaUse, places int) text.Line {
	after := now.With(places)
	switch {
	case after.Exceeded() && places == 0: // the delete makes too little room
		return Warning(text.Sprintf("quota: %s, over the limit", now))
	case after.Exceeded():
		return Warning(text.Sprintf("quota: %s, no room for %d more", now, places))
	case places > 0 && after.Near():
		return Warning(text.Sprintf("quota: %s, then %d", now, after.Used))
	case places > 0:
		return note(text.Sprintf("quota: %s, then %d", now, after.Used))
	case now.Near():
		return Warning(text.Sprintf("quota: %s", now))
	default:
		return note(text.Sprintf("quota: %s", now))
	}
}

// bulkQuotaLines is quotaLines for an action that makes snapshots active, nil for others. A
// rebuild of one that is active needs no more places.
func bulkQuotaLines(m *Mutation, v *row.ViewState, able []*model.Snapshot) []text.Line {
	if !m.Workflow() && m.Shows != model.StatePending {
		return nil
	}
	places := 0
	for _, s := range able {
		places += model.Plan{Mode: model.InPlace, Snapshot: s}.Places()
	}
	return quotaLines(v, places)
}
