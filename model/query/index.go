package query

import (
	"context"
	"slices"
	"sync"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
)

// Index finds snapshots in one store. It is immutable; [Index.Update] returns the
// index of a newer store.
//
// Nearly all rows do not match a query, so rejecting a row must cost almost nothing:
//
//		names   node-agentspython-sandbox…      one arena, case-folded, sorted by name
//		rest    node:22·3fa2…e91c·8f6c…1d0a     one arena: image · unique part of the ref · id
//		masks   letters that occur              64 bits for each arena and row
//
//	  - A row whose mask lacks a letter of the word is rejected without reading its
//	    text: half a nanosecond, no pointer followed.
//	  - The texts of neighbouring rows are adjacent in memory, so the processor
//	    prefetches them.
//	  - The parts that most refs share (registry, "daytona-", ":daytona") are stored
//	    once as an affix. They are compared once for each query, not for each row,
//	    and their letters do not fill the masks.
//	  - Rows are sorted by name and ranks are small integers, so results are ordered
//	    by a counting sort, and equal ranks stay sorted by name.
//	  - Rows are searched in parallel.
//	  - A query that narrows the previous one only searches the previous result.
//	  - A poll changes few rows: updating copies the arenas in long runs and inserts
//	    the new rows.
//
// It takes about 200 bytes of memory for each snapshot.
type Index struct {
	store *model.Store
	rows  []*model.Snapshot // sorted by name
	order []uint32          // the row of each snapshot, in the order of the store

	names      arena
	wordStarts []uint64 // which of the first 64 bytes of a name start a word
	nameMask   []uint64
	rest       arena // image, separator, unique part of the ref, separator, id
	layouts    []rowLayout
	restMask   []uint64
	affixes    []affix

	regions  func() []string // every region id in the store, computed on first use
	families *familyCache
}

// Context is what the meaning of a query depends on besides the snapshots.
type Context struct {
	Now     time.Time      // UTC
	Timeout time.Duration  // the organization's [model.Organization.DeactivationTimeout]; 0 if unknown
	Regions []model.Region // to find regions by name
	// Families are the rules of the fields family and newest, see [family.Rules]. They are
	// compared by identity.
	Families *family.Rules
	// FamilyNames are for completion only.
	FamilyNames []string
}

// arena stores many short texts in one allocation.
type arena struct {
	text []byte
	ends []uint32 // text i ends at ends[i] and starts at ends[i-1]
}

func (a *arena) at(i int) []byte {
	var from uint32
	if i > 0 {
		from = a.ends[i-1]
	}
	return a.text[from:a.ends[i]]
}

// separator separates the texts of one row of the rest. It does not occur in UTF-8,
// so no word matches across it.
const separator = 0xFF

// rowLayout holds the lengths of the parts of one row of the rest, in bytes.
type rowLayout struct {
	image, unique uint32 // the image, and the ref without its affix
	affix         uint8  // of the ref: its index in Index.affixes
	host          uint8  // the registry at the start of the image
	imageDigest   uint8  // the digest at the end of the image, 0 for none
	uniqueDigest  uint8  // the same for the ref
}

// affix is what many refs share: the text before and after their unique part.
type affix struct{ prefix, suffix string }

// NewIndex returns the index of a store.
func NewIndex(store *model.Store) *Index {
	all := store.All()
	entries := make([]entry, len(all))
	names, rest := 0, 0
	for i, s := range all {
		entries[i] = entry{s: s, name: fold(s.Name), storePos: uint32(i)}
		names += len(entries[i].name)
		rest += restSize(s)
	}
	slices.SortFunc(entries, entry.compare)
	b := newBuilder(len(all), names, rest, nil)
	order := make([]uint32, len(all))
	for row, e := range entries {
		order[e.storePos] = uint32(row)
		b.add(e.s, e.name)
	}
	return b.finish(store, order)
}

// Store returns the store of the index.
func (ix *Index) Store() *model.Store { return ix.store }

// Len returns the number of snapshots.
func (ix *Index) Len() int { return len(ix.rows) }

// Search returns the snapshots that match the query. The only error is that of ctx.
func (ix *Index) Search(ctx context.Context, q Query, c Context) (Result, error) {
	return ix.Refine(ctx, Result{}, q, c)
}

// regionIDs returns every region id of the snapshots, sorted.
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

// finish returns the index, which must have all rows of the store.
func (b *builder) finish(store *model.Store, order []uint32) *Index {
	ix := b.ix
	ix.store, ix.order = store, order
	ix.families = &familyCache{}
	ix.regions = sync.OnceValue(func() []string { return regionIDs(store.All()) })
	return &ix
}
