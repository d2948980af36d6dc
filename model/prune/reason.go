package prune

import (
	"cmp"
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// Reason is why a snapshot is deleted or stays. The values are part of the output for scripts.
type Reason string

// The reasons to delete.
const (
	Superseded Reason = "superseded" // newer members of its family stay
	Failed     Reason = "failed"
)

// The reasons to stay. The first one that applies counts.
const (
	General      Reason = "general"        // it belongs to Daytona
	NotListed    Reason = "not-listed"     // the last list did not have it
	InTransition Reason = "in-transition"  // the server is changing it
	UnknownState Reason = "unknown-state"  // this program does not know its state
	NoVersion    Reason = "no-version"     // it is a family of one
	NewestActive Reason = "newest-active"  // of its family
	Kept         Reason = "kept"           // one of the newest of its family
	FailedStays  Reason = "failed-stays"   // failed ones were not asked for
	UnknownAge   Reason = "unknown-age"    // when it was created is not known
	ActionRuns   Reason = "action-running" // of this program
	Protected    Reason = "protected"
	UsedRecently Reason = "used-recently" // in the last day
	NotOldEnough Reason = "not-old-enough"
	HasWarmPool  Reason = "warm-pool"
	PoolsUnknown Reason = "warm-pools-unknown"
	InUse        Reason = "in-use"
	UseUnknown   Reason = "use-unknown"
	ShortList    Reason = "short-list" // newer members may be missing
	OverMax      Reason = "over-max"
	KeepsOrder   Reason = "keeps-order" // see planner.keepOrder
)

// deletes reports whether a snapshot is deleted for the reason.
func (r Reason) deletes() bool { return r == Superseded || r == Failed }

// recentUse is how long after its last use a snapshot stays in any case.
const recentUse = 24 * time.Hour

// decide returns the first reason that applies.
func (p *planner) decide(d Decision, at position) Reason {
	s := d.Snapshot
	if p.Store.Missing(s.ID) {
		return NotListed
	}
	if r := reasonByKind(d); r != "" {
		return r
	}
	switch {
	case at.newestActive:
		return NewestActive
	case at.kept:
		return Kept
	case s.State.Failed() && !p.Failed:
		return FailedStays
	case p.Busy != nil && p.Busy(s):
		return ActionRuns
	}
	if _, known := p.Families.Rules().Created(s); !known && !d.Family.ByVersion {
		return UnknownAge
	}
	if r := cmp.Or(p.Options.reasonBySnapshot(s), p.reasonByUse(s)); r != "" {
		return r
	}
	switch {
	case !p.Store.Complete() || p.Store.Partial():
		return ShortList
	case s.State.Failed():
		return Failed
	default:
		return Superseded
	}
}

// reasonByKind returns why a snapshot stays because of what it is, or "".
func reasonByKind(d Decision) Reason {
	switch s := d.Snapshot; {
	case s.General:
		return General
	case !d.Family.Versioned:
		return NoVersion
	case s.State.InTransition():
		return InTransition
	case !s.State.Known():
		return UnknownState
	default:
		return ""
	}
}

// reasonBySnapshot returns why a snapshot stays because of its name or its times, or "".
func (o Options) reasonBySnapshot(s *model.Snapshot) Reason {
	last, known := LastActivity(s)
	used, wasUsed := s.LastUsedAt.Get()
	switch {
	case model.MatchName(o.Protect, s.Name):
		return Protected
	case wasUsed && o.Now.Sub(used) < recentUse:
		return UsedRecently
	case !known || s.LastUsedAt.Presence == model.Unreadable:
		return UnknownAge
	case o.Unused > 0 && o.Now.Sub(last) <= o.Unused:
		return NotOldEnough
	default:
		return ""
	}
}

// reasonByUse returns why a snapshot stays because of sandboxes, or "".
func (p *planner) reasonByUse(s *model.Snapshot) Reason {
	for _, pool := range p.Pools {
		if pool.Of(s) {
			return HasWarmPool
		}
	}
	if p.PoolsErr != nil {
		return PoolsUnknown
	}
	if p.Use == nil {
		return ""
	}
	return useReason(p.Use(s))
}

func useReason(use model.Use) Reason {
	switch use.State() {
	case model.InUse:
		return InUse
	case model.NotInUse:
		return ""
	default:
		return UseUnknown
	}
}

// Recheck returns why a snapshot that the plan deletes must stay after all, "" if it can go.
// fresh, use and pools were read just before its delete.
func (o Options) Recheck(planned, fresh *model.Snapshot, use model.Use, pools []model.WarmPool, poolsErr error) string {
	p := planner{Options: o, Input: Input{Pools: pools, PoolsErr: poolsErr, Use: func(*model.Snapshot) model.Use { return use }}}
	d := Decision{Snapshot: fresh}
	switch {
	case fresh.Name != planned.Name:
		return "it has another name now"
	case fresh.General:
		d.Reason = General
	case fresh.State != planned.State:
		return "it is " + fresh.State.Label() + " now"
	default:
		if d.Reason = o.reasonBySnapshot(fresh); d.Reason == "" {
			d.Reason = p.reasonByUse(fresh)
		}
	}
	if d.Reason == "" {
		return ""
	}
	return p.text(d)
}

// texts are the reasons in words, if they depend on nothing else.
var texts = map[Reason]string{
	Failed:       "failed",
	General:      "general, belongs to Daytona",
	NotListed:    "not in the last list",
	NoVersion:    "no version in its name",
	NewestActive: "newest active of its family",
	FailedStays:  "failed",
	UnknownAge:   "its age is not known",
	ActionRuns:   "an action on it is running",
	Protected:    "protected",
	UsedRecently: "used in the last day",
	HasWarmPool:  "has a warm pool",
	PoolsUnknown: "its warm pools are not known",
	ShortList:    "the list is incomplete",
	KeepsOrder:   "keeps its family in the order of creation",
}

// text returns the reason of a decision in words.
func (p *planner) text(d Decision) string {
	switch d.Reason {
	case Superseded:
		return fmt.Sprintf("number %d of its family", d.Rank)
	case InTransition:
		return "in transition: " + d.Snapshot.State.Label()
	case UnknownState:
		return "unknown state: " + d.Snapshot.State.Label()
	case Kept:
		return p.keptText()
	case NotOldEnough:
		return "unused for less than " + Days(p.Unused)
	case OverMax:
		return fmt.Sprintf("over the limit of %d", p.Max)
	case InUse, UseUnknown:
		return p.Use(d.Snapshot).Text()
	default:
		return texts[d.Reason]
	}
}

func (p *planner) keptText() string {
	if p.Keep == 1 {
		return "newest of its family"
	}
	return fmt.Sprintf("one of the newest %d of its family", p.Keep)
}

// Days formats a duration as days if it is a whole number of them: 14d, else 12h0m0s.
func Days(d time.Duration) string {
	const day = 24 * time.Hour
	if d > 0 && d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	return d.String()
}
