package model

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// SortRegions returns the ids of a set of regions, each once, in the order of known,
// which is that of the server's list. Ids that known lacks come last, sorted. The server
// sends the regions of a snapshot without an order.
func SortRegions(ids []string, known []Region) []string {
	if len(ids) < 2 {
		return ids
	}
	left := make(map[string]bool, len(ids))
	for _, id := range ids {
		left[id] = true
	}
	sorted := make([]string, 0, len(left))
	for _, region := range known {
		if left[region.ID] {
			delete(left, region.ID)
			sorted = append(sorted, region.ID)
		}
	}
	return append(sorted, slices.Sorted(maps.Keys(left))...)
}

// CreateRegions returns the regions of a snapshot in which a create can make it again, in
// the order of known, but the default first: the organization's default region, else the
// first by name. If known is nil, these regions are not known, and all of the snapshot
// count.
func (s *Snapshot) CreateRegions(known []Region, defaultID string) []Region {
	byID := make(map[string]Region, len(known))
	for _, region := range known {
		byID[region.ID] = region
	}
	var usable []Region
	for _, id := range SortRegions(s.RegionIDs.Value, known) {
		region, ok := byID[id]
		switch {
		case ok:
			usable = append(usable, region)
		case known == nil:
			usable = append(usable, Region{ID: id, Name: id})
		}
	}
	if len(usable) == 0 {
		return nil
	}
	first := slices.IndexFunc(usable, func(r Region) bool { return r.ID == defaultID })
	if first < 0 {
		byName := func(a, b Region) int { return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID)) }
		first = slices.Index(usable, slices.MinFunc(usable, byName))
	}
	return slices.Concat(usable[first:first+1], usable[:first], usable[first+1:])
}

// sameRegions reports whether two JSON lists contain the same regions.
func sameRegions(a, b json.RawMessage) bool {
	var left, right []string
	if json.Unmarshal(a, &left) != nil || json.Unmarshal(b, &right) != nil || (left == nil) != (right == nil) {
		return false
	}
	return slices.Equal(SortRegions(left, nil), SortRegions(right, nil))
}
