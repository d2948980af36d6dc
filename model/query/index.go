package query

import (
	"context"
	"slices"
	"sync"
	"time"

	"daytona/snapdeck/model"
)

// Index finds the snapshots of one store. It is immutable: a newer store gives a
// newer index ([Index.Update]).
//
// The idea: almost all of a search is looking at snapshots that do not match, so
// that must cost almost nothing.
//
//		names   node-agentspython-sandbox…      one arena, lower case, in the order of the names
//		rest    node:22·3fa2…e91c·8f6c…1d0a     one arena: image · the ref's own part · id
//		masks   which letters occur in each     one word of 64 bits for each arena and row
//
//	  - A row whose mask lacks a letter of a word is passed over without a look at
//	    its text: half a nanosecond, and no pointer is followed.
//	  - What is left is read where the text of its neighbours lies too, so the
//	    processor has it before it is asked for.
//	  - What most refs have in common (a registry, "daytona-", ":daytona") is taken
//	    off and stored once as an affix. It is compared once a query instead of once
//	    a row, and its letters do not spoil the masks.
//	  - Rows lie in the order of their names. A relevance is a small number, so the
//	    matches are counted into place instead of compared, and equal ones stay in
//	    the order of their names by themselves.
//	  - The work is cut into as many parts as there are processors.
//	  - A query that only narrows the last one looks only at what that one left.
//	  - A poll changes little: the index of the new store copies the arenas in long
//	    runs and puts what is new in between.
//
// It costs about 200 bytes a snapshot.
type Index struct {
	store *model.Store
	rows  []*model.Snapshot // in the order of their names
	order []uint32          // the row of each snapshot of the store, in the store's order

	names    arena
	starts   []uint64 // which of the first 64 bytes of a name start a word
	nameMask []uint64
	rest     arena // image, separator, own part of the ref, separator, id
	shapes   []shape
	restMask []uint64
	affixes  []affix

	regions func() []string // every region id in the store, found when first asked for
}

// Context is what the meaning of a query depends on beside the snapshots.
type Context struct {
	Now     time.Time
	Timeout time.Duration // after how long the organization deactivates an unused snapshot, 0 where unknown
	Regions []model.Region
}

// arena holds many small texts in one piece of memory.
type arena struct {
	text []byte
	ends []uint32 // text i ends at ends[i], and starts where the one before ends
}

func (a *arena) at(i int) []byte {
	var from uint32
	if i > 0 {
		from = a.ends[i-1]
	}
	return a.text[from:a.ends[i]]
}

// separator stands between the texts of one row of the rest. No UTF-8 holds it,
// so no word can reach across.
const separator = 0xFF

// shape tells what lies where in a row of the rest.
type shape struct {
	image, own  uint32 // length of the image, and of the ref without its affix
	affix       uint8  // of the ref: index in Index.affixes
	host        uint8  // length of the registry at the start of the image
	imageDigest uint8  // length of the digest at the end of the image, 0 for none
	ownDigest   uint8  // the same of the ref
}

// affix is what many refs have in common: what stands before and after their own
// part.
type affix struct{ head, tail string }

// NewIndex makes the index of a store.
func NewIndex(store *model.Store) *Index {
	all := store.All()
	entries := make([]entry, len(all))
	names, rest := 0, 0
	for i, s := range all {
		entries[i] = entry{s: s, name: fold(s.Name), at: uint32(i)}
		names += len(entries[i].name)
		rest += restSize(s)
	}
	slices.SortFunc(entries, entry.compare)
	b := newBuilder(len(all), names, rest, nil)
	order := make([]uint32, len(all))
	for row, e := range entries {
		order[e.at] = uint32(row)
		b.add(e.s, e.name)
	}
	return b.index(store, order)
}

// Search finds the snapshots that satisfy the query. It fails only where ctx is
// canceled.
func (ix *Index) Search(ctx context.Context, q Query, c Context) (Result, error) {
	return ix.Refine(ctx, Result{}, q, c)
}

// regionIDs lists every region id that occurs in some snapshots, sorted.
func regionIDs(all []*model.Snapshot) []string {
	seen := make(map[string]bool)
	var ids []string
	for _, s := range all {
		for _, id := range s.RegionIDs.Value {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

func (b *builder) index(store *model.Store, order []uint32) *Index {
	ix := b.ix
	ix.store, ix.order = store, order
	ix.regions = sync.OnceValue(func() []string { return regionIDs(store.All()) })
	return &ix
}
