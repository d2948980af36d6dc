package family

import (
	"cmp"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// Family is a group of snapshots with names that differ only in the version.
type Family struct {
	Name      string
	Versioned bool // false for a single snapshot without a version
	General   bool // Daytona's own snapshots are never in a family with the organization's
	// Members are the snapshots, newest first: by version if all versions are comparable,
	// else by creation.
	Members   []*model.Snapshot
	ByVersion bool
}

// Set is the families of the snapshots in a store. It is immutable.
type Set struct {
	store    *model.Store
	rules    *Rules
	families []*Family
	places   map[string]place // by id
}

// place is where a snapshot stands in its family.
type place struct {
	family  *Family
	rank    int // 1 is the newest
	version Version
}

// key identifies a family.
type key struct {
	name    string
	general bool
}

// member is a snapshot while a set is built.
type member struct {
	*model.Snapshot
	version Version
}

// NewSet returns the families of all snapshots in the store. It takes about 1 µs per snapshot,
// too long for the loop of a dashboard with many.
func NewSet(store *model.Store, rules *Rules) *Set {
	set := &Set{store: store, rules: rules, places: make(map[string]place, store.Len())}
	groups := make(map[key][]member)
	for _, s := range store.All() {
		name, v := rules.Split(s.Name)
		if v.Text == "" {
			set.add(&Family{Name: name, General: s.General}, []member{{s, v}})
			continue
		}
		k := key{name, s.General}
		groups[k] = append(groups[k], member{s, v})
	}
	for k, members := range groups {
		f := &Family{Name: k.name, General: k.general, Versioned: true}
		f.ByVersion = rules.sort(members)
		set.add(f, members)
	}
	slices.SortFunc(set.families, (*Family).compare)
	return set
}

// add adds a family with its members in order.
func (set *Set) add(f *Family, members []member) {
	f.Members = make([]*model.Snapshot, len(members))
	for i, m := range members {
		f.Members[i] = m.Snapshot
		set.places[m.ID] = place{f, i + 1, m.version}
	}
	set.families = append(set.families, f)
}

// sort puts the newest member first, and reports whether the versions decide.
func (r *Rules) sort(members []member) (byVersion bool) {
	versions := make([]Version, len(members))
	for i, m := range members {
		versions[i] = m.version
	}
	byVersion = Comparable(versions)
	slices.SortFunc(members, func(a, b member) int {
		if byVersion {
			if c := b.version.compare(a.version); c != 0 {
				return c
			}
		}
		// One without a time of creation is the last.
		at, _ := r.Created(a.Snapshot)
		bt, _ := r.Created(b.Snapshot)
		return cmp.Or(bt.Compare(at), strings.Compare(b.Name, a.Name), strings.Compare(a.ID, b.ID))
	})
	return byVersion
}

// compare orders families by name. Of the same name, the one with versions comes first.
func (f *Family) compare(other *Family) int {
	rank := func(f *Family) int {
		switch {
		case f.Versioned && !f.General:
			return 0
		case !f.General:
			return 1
		default:
			return 2
		}
	}
	return cmp.Or(
		strings.Compare(strings.ToLower(f.Name), strings.ToLower(other.Name)), strings.Compare(f.Name, other.Name),
		cmp.Compare(rank(f), rank(other)), strings.Compare(f.Members[0].ID, other.Members[0].ID),
	)
}

// BuiltFrom reports whether the set was built from a store and rules.
func (set *Set) BuiltFrom(store *model.Store, rules *Rules) bool {
	return set != nil && set.store == store && set.rules == rules
}

// Rules returns the rules of the set.
func (set *Set) Rules() *Rules { return set.rules }

// All returns the families by name. Do not modify the slice.
func (set *Set) All() []*Family { return set.families }

// Of returns the family of a snapshot, nil if the store does not have it.
func (set *Set) Of(s *model.Snapshot) *Family { return set.places[s.ID].family }

// Rank returns the place of a snapshot in its family: 1 is the newest.
func (set *Set) Rank(s *model.Snapshot) int { return max(set.places[s.ID].rank, 1) }

// Version returns the version of a snapshot.
func (set *Set) Version(s *model.Snapshot) Version { return set.places[s.ID].version }
