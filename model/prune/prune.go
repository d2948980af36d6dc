// Package prune plans which snapshots to delete: the old members of each family. It changes
// nothing.
//
// When in doubt, a snapshot stays. The newest active one of a family always does, and so does
// one without a version, in use, of unknown use, or in transition.
package prune

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
)

// Options are the rules of a plan.
type Options struct {
	Keep    int           // how many of the newest active and inactive members of a family stay
	Unused  time.Duration // how long a snapshot must be unused; 0 for any time
	Failed  bool          // failed snapshots go, too
	Family  string        // pattern of the names of families, see [model.MatchName]; "" for all
	Max     int           // how many snapshots go at most; 0 for any number
	Protect []string      // patterns of names that stay
	Now     time.Time     // by the server's clock
}

// Input is what a plan depends on.
type Input struct {
	Store    *model.Store
	Families *family.Set                     // of the store
	Match    func(*model.Snapshot) bool      // whether a snapshot may be deleted at all; nil for all
	Use      func(*model.Snapshot) model.Use // nil if it is not asked for: then it decides nothing
	Busy     func(*model.Snapshot) bool      // whether an action is running on it; nil for none
	Pools    []model.WarmPool
	PoolsErr error // why the warm pools are not known, nil if they are
}

// Decision is what happens to one snapshot, and why.
type Decision struct {
	Snapshot *model.Snapshot
	Family   *family.Family
	Rank     int // 1 is the newest member of the family
	Delete   bool
	Reason   Reason
	Text     string // the reason in words
	// Keeper is the newest active member of the family, else the newest inactive one; nil if
	// there is neither. As long as it is not deleted, the family is still there.
	Keeper *model.Snapshot
}

// Plan is the decisions on all snapshots that the query and the pattern of families select.
type Plan struct {
	Options   Options
	Decisions []Decision // by family, the newest member first
}

// New returns the plan.
func New(o Options, in Input) Plan {
	p := planner{Options: o, Input: in}
	for _, f := range in.Families.All() {
		if o.Family == "" || model.MatchName([]string{o.Family}, f.Name) {
			p.addFamily(f)
		}
	}
	p.keepOrder()
	p.limit()
	return Plan{Options: o, Decisions: p.decisions}
}

// Candidates returns the snapshots that would go if none were in use and there were no limit.
// Only their use matters.
func Candidates(o Options, in Input) []*model.Snapshot {
	o.Max, in.Use = 0, nil
	return New(o, in).Deletes()
}

// Deletes returns the snapshots that go, in the order of the plan.
func (p Plan) Deletes() []*model.Snapshot {
	var snapshots []*model.Snapshot
	for _, d := range p.Decisions {
		if d.Delete {
			snapshots = append(snapshots, d.Snapshot)
		}
	}
	return snapshots
}

// FreedGB returns the size of the snapshots that go. Those of unknown size count as 0.
func (p Plan) FreedGB() float64 {
	sum := 0.0
	for _, s := range p.Deletes() {
		sum += s.Size.Value
	}
	return sum
}

// FreedQuota returns how many places of the organization's quota become free. Of the
// snapshots that can go, only active ones take one.
func (p Plan) FreedQuota() int {
	n := 0
	for _, s := range p.Deletes() {
		if s.State == model.StateActive {
			n++
		}
	}
	return n
}

// planner makes a plan.
type planner struct {
	Options
	Input
	decisions []Decision
}

// position is where a snapshot stands among the members of its family.
type position struct {
	newestActive bool
	kept         bool // one of the newest
}

// addFamily decides on the members of a family.
func (p *planner) addFamily(f *family.Family) {
	counted, keeper := 0, p.keeper(f)
	for i, s := range f.Members {
		var at position
		if p.counts(s) {
			counted++
			at.kept = counted <= p.Keep
			at.newestActive = s.State == model.StateActive && s == keeper
		}
		if p.Match != nil && !p.Match(s) {
			continue
		}
		d := Decision{Snapshot: s, Family: f, Rank: i + 1, Keeper: keeper}
		d.Reason = p.decide(d, at)
		d.Delete = d.Reason.deletes()
		d.Text = p.text(d)
		p.decisions = append(p.decisions, d)
	}
}

// keeper returns the newest active member of a family, else the newest inactive one, else nil.
func (p *planner) keeper(f *family.Family) *model.Snapshot {
	var newest *model.Snapshot
	for _, s := range f.Members {
		switch {
		case !p.counts(s):
		case s.State == model.StateActive:
			return s
		case newest == nil:
			newest = s
		}
	}
	return newest
}

// counts reports whether a snapshot counts as one of the newest. One that the last list did
// not have may be deleted, and one in another state may never become active.
func (p *planner) counts(s *model.Snapshot) bool {
	return (s.State == model.StateActive || s.State == model.StateInactive) && !p.Store.Missing(s.ID)
}

// limit lets only [Options.Max] snapshots go, the longest unused ones first.
func (p *planner) limit() {
	var going []int
	for i, d := range p.decisions {
		if d.Delete {
			going = append(going, i)
		}
	}
	if p.Max <= 0 || len(going) <= p.Max {
		return
	}
	slices.SortFunc(going, func(i, j int) int {
		a, b := p.decisions[i].Snapshot, p.decisions[j].Snapshot
		at, _ := LastActivity(a)
		bt, _ := LastActivity(b)
		return cmp.Or(at.Compare(bt), strings.Compare(a.ID, b.ID))
	})
	for _, i := range going[p.Max:] {
		p.stay(&p.decisions[i], OverMax)
	}
}

// stay keeps a snapshot that would go.
func (p *planner) stay(d *Decision, reason Reason) {
	d.Delete, d.Reason = false, reason
	d.Text = p.text(*d)
}

// keepOrder keeps the order of each family. A family is ordered by creation as long as not all
// its versions are comparable. If the deletes left only comparable ones, other members would be
// the newest afterwards, and the next plan would delete some that this one keeps.
func (p *planner) keepOrder() {
	for from := 0; from < len(p.decisions); {
		to := from + 1
		for to < len(p.decisions) && p.decisions[to].Family == p.decisions[from].Family {
			to++
		}
		if f := p.decisions[from].Family; f.Versioned && !f.ByVersion {
			p.keepOrderOf(f, p.decisions[from:to])
		}
		from = to
	}
}

func (p *planner) keepOrderOf(f *family.Family, decisions []Decision) {
	going := make(map[string]bool)
	for _, d := range decisions {
		going[d.Snapshot.ID] = d.Delete
	}
	var versions []family.Version
	counted := 0
	for _, s := range f.Members {
		if going[s.ID] {
			continue
		}
		versions = append(versions, p.Families.Version(s))
		if p.counts(s) {
			counted++
		}
	}
	if counted <= p.Keep || !family.Comparable(versions) {
		return
	}
	for i := range decisions {
		d := &decisions[i]
		if d.Delete && !family.Comparable(append(slices.Clip(versions), p.Families.Version(d.Snapshot))) {
			p.stay(d, KeepsOrder)
			return
		}
	}
}

// LastActivity returns when a snapshot was created or last used, whichever was later.
func LastActivity(s *model.Snapshot) (time.Time, bool) {
	created, known := s.CreatedAt.Get()
	if used, ok := s.LastUsedAt.Get(); ok && used.After(created) {
		return used, true
	}
	return created, known
}
