package model

import (
	"strconv"
	"time"
)

// SnapshotLimit is the organization's quota of snapshots, as far as it is known. What the
// server says takes precedence over the configuration, and its latest answer over earlier
// ones. The zero value is an unknown quota.
type SnapshotLimit struct {
	configured  int
	reported    int
	fromRefusal bool // reported came with a refusal, which may be out of date
	differs     bool // from the list, when the server sent its count
	counted     int
	at          time.Time // when the server sent it
}

// ReportedQuota is a quota as the server sends it.
type ReportedQuota struct {
	Limit int           // 0 if it sent none
	Used  Optional[int] // what it counts against the limit
}

// ConfiguredLimit returns the quota of a configuration, 0 for none.
func ConfiguredLimit(limit int) SnapshotLimit { return SnapshotLimit{configured: limit} }

// SetReported sets the quota that the server sent at a time, while so many of the listed snapshots
// counted against it.
func (l *SnapshotLimit) SetReported(quota ReportedQuota, listed int, at time.Time) {
	if quota.Limit <= 0 {
		return
	}
	counted, ok := quota.Used.Get()
	l.reported, l.fromRefusal = quota.Limit, false
	l.differs, l.counted, l.at = ok && counted >= 0 && counted != listed, counted, at
}

// Settle ends the difference of the counts: the list has the server's number by now.
func (l *SnapshotLimit) Settle() { l.differs = false }

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
	use := QuotaUse{Used: used, Limit: l.configured}
	if l.reported > 0 && (!l.fromRefusal || used <= l.reported) {
		use.Limit = l.reported
	}
	if l.differs {
		use.Differs, use.Counted, use.At = true, l.counted, l.at
	}
	return use
}

// QuotaUse is how many snapshots count against a quota.
type QuotaUse struct {
	Used  int // as listed
	Limit int // 0 if unknown
	// Differs means that the server counted another number than was listed: Counted, At.
	Differs bool
	Counted int
	At      time.Time
}

// Known reports whether the quota is known.
func (u QuotaUse) Known() bool { return u.Limit > 0 }

// nearShare is the share of the quota, in percent, above which there is little room.
const nearShare = 90

// Near reports whether the use is within 10 % of the quota, or over it, by either count.
func (u QuotaUse) Near() bool { return u.Known() && max(u.Used, u.Counted)*100 >= u.Limit*nearShare }

// With returns the use with more snapshots.
func (u QuotaUse) With(more int) QuotaUse {
	u.Used += more
	if u.Differs {
		u.Counted += more
	}
	return u
}

// Exceeded reports whether there are more snapshots than the quota allows.
func (u QuotaUse) Exceeded() bool { return u.Known() && u.Used > u.Limit }

// Short returns "118/120", or "~118/120" if the server counted another number.
func (u QuotaUse) Short() string {
	about := ""
	if u.Differs {
		about = "~"
	}
	return about + strconv.Itoa(u.Used) + "/" + strconv.Itoa(u.Limit)
}

// String returns "118/120 snapshots".
func (u QuotaUse) String() string { return u.Short() + " snapshots" }

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
