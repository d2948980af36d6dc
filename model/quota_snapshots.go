package model

import "strconv"

// SnapshotLimit is the organization's quota of snapshots, as far as it is known. What the
// server says takes precedence over the configuration, and its latest answer over earlier
// ones. The zero value is an unknown quota.
type SnapshotLimit struct {
	configured  int
	reported    int
	fromRefusal bool // reported came with a refusal, which may be out of date
}

// ConfiguredLimit returns the quota of a configuration, 0 for none.
func ConfiguredLimit(limit int) SnapshotLimit { return SnapshotLimit{configured: limit} }

// SetReported sets the quota that the server sent, 0 for none.
func (l *SnapshotLimit) SetReported(limit int) {
	if limit > 0 {
		l.reported, l.fromRefusal = limit, false
	}
}

// ApplyRefusal sets the quota that the refusal of a create or an activation names. Other
// errors change nothing.
func (l *SnapshotLimit) ApplyRefusal(err error) {
	if limit, ok := ExceededSnapshotQuota(err); ok && limit > 0 {
		l.reported, l.fromRefusal = limit, true
	}
}

// Use returns the quota with how many snapshots count against it. A refusal that named a
// smaller quota than there are snapshots by now is out of date.
func (l SnapshotLimit) Use(used int) QuotaUse {
	switch {
	case l.reported > 0 && (!l.fromRefusal || used <= l.reported):
		return QuotaUse{Used: used, Limit: l.reported}
	default:
		return QuotaUse{Used: used, Limit: l.configured}
	}
}

// QuotaUse is how many snapshots count against a quota.
type QuotaUse struct {
	Used  int
	Limit int // 0 if unknown
}

// Known reports whether the quota is known.
func (u QuotaUse) Known() bool { return u.Limit > 0 }

// nearShare is the share of the quota, in percent, above which there is little room.
const nearShare = 90

// Near reports whether the use is within 10 % of the quota, or over it.
func (u QuotaUse) Near() bool { return u.Known() && u.Used*100 >= u.Limit*nearShare }

// With returns the use with more snapshots.
func (u QuotaUse) With(more int) QuotaUse { return QuotaUse{Used: u.Used + more, Limit: u.Limit} }

// Exceeded reports whether there are more snapshots than the quota allows.
func (u QuotaUse) Exceeded() bool { return u.Known() && u.Used > u.Limit }

// String returns "118/120 snapshots".
func (u QuotaUse) String() string {
	return strconv.Itoa(u.Used) + "/" + strconv.Itoa(u.Limit) + " snapshots"
}

// Places returns how many more snapshots count against the quota while the plan runs than
// before it.
func (p Plan) Places() int {
	switch {
	case p.Snapshot == nil, p.Mode == Restore, p.Mode == Create, p.Mode == VerifyFirst && p.Snapshot.State.CountsAgainstQuota():
		return 1
	case p.Mode == VerifyFirst:
		return 2 // the candidate and the new one
	case p.Snapshot.State.CountsAgainstQuota():
		return 0
	default:
		return 1
	}
}
