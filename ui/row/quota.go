package row

import "daytona/snapdeck/model"

// SetQuota applies a quota that the server sent now. Its count is compared with that of the list.
func (v *ViewState) SetQuota(quota model.ReportedQuota) {
	if !v.counted() {
		quota.Used = model.Optional[int]{}
	}
	v.Limit.SetReported(quota, v.againstQuota(), v.Now)
}

// Quota returns how many snapshots count against the quota. It is unknown before the first
// whole list.
func (v *ViewState) Quota() model.QuotaUse {
	if !v.counted() {
		return model.QuotaUse{}
	}
	return v.Limit.Use(v.againstQuota())
}

// counted reports whether there is a whole list to count.
func (v *ViewState) counted() bool { return v.Data.Store.Complete() && !v.Data.Store.Partial() }

// againstQuota counts the listed snapshots that count against the quota.
func (v *ViewState) againstQuota() int {
	if v.Data.Behind() {
		return countAgainstQuota(v.Data.Store)
	}
	return v.Data.Totals.AgainstQuota
}

// countAgainstQuota returns how many snapshots count against the quota.
func countAgainstQuota(store *model.Store) int {
	n, own := 0, store.OrganizationID()
	for _, s := range store.All() {
		if s.State.CountsAgainstQuota() && (!s.General || s.OrganizationID.Value == own) && !store.Missing(s.ID) {
			n++
		}
	}
	return n
}
