package row

import (
	"maps"
	"slices"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

const (
	maxRegionWidth = 13
	minRegionWidth = 8
	minNameWidth   = 12 // in a narrow terminal
	regionPrefix   = "region:"
)

// RegionColumns returns the columns of the regions screen: name, state, the regions
// starting at index first, and the number of regions of each snapshot. count is the total
// number of regions. In a narrow terminal, names are shortened.
func RegionColumns(v *ViewState, first int, narrow bool) (shown []Column, count int) {
	for _, c := range Columns(v) {
		switch c.ID {
		case ColumnName:
			if narrow {
				c.Min = minNameWidth
			}
			shown = append(shown, c)
		case ColumnState:
			shown = append(shown, c)
		}
	}
	regions, totals := v.allRegions()
	for i, region := range regions[min(first, len(regions)):] {
		shown = append(shown, v.regionColumn(region, totals[region.ID], regionDropPriority(i)))
	}
	return append(shown, Column{
		ID: ColumnRegions, Title: text.Lit("REGIONS"), Min: 7, Max: 7, Right: true, DropPriority: 1,
		Cell: func(s *model.Snapshot) text.Line { return dim(text.Sprintf("%d", len(s.RegionIDs.Value))) },
	}), len(regions)
}

// IsRegion reports whether the column with this id is a region.
func IsRegion(column string) bool { return strings.HasPrefix(column, regionPrefix) }

// regionDropPriority returns the [Column.DropPriority] of a region: the first one is never
// dropped, and the others are dropped from the right.
func regionDropPriority(i int) int {
	if i == 0 {
		return 0
	}
	return i + 2
}

// regionColumn returns the column of one region. Its cells show the snapshot's state where
// the snapshot is available, because the API has no state per region.
func (v *ViewState) regionColumn(region model.Region, total, drop int) Column {
	return Column{
		ID: regionPrefix + region.ID, Title: text.Cell(region.Name), Bright: true, Subtitle: text.Sprintf("%s %s", region.Type, format.Thousands(total)),
		Min: minRegionWidth, Max: maxRegionWidth, DropPriority: drop, Cut: text.CutMiddle,
		Cell: func(s *model.Snapshot) text.Line {
			if !s.InRegion(region.ID) {
				return text.Line{{Text: text.Lit("·"), Role: theme.Line}}
			}
			style := StyleOf(v.ShownState(s))
			return text.Line{{Text: style.Glyph, Role: style.Role}}
		},
	}
}

// allRegions returns the organization's regions, followed by regions that occur only in
// snapshots, and the number of snapshots in each.
func (v *ViewState) allRegions() ([]model.Region, map[string]int) {
	totals := v.Data.Totals.Regions
	regions := slices.Clone(v.Regions)
	for _, id := range slices.Sorted(maps.Keys(totals)) {
		if region, known := v.Region(id); !known {
			region.Type = "unknown"
			regions = append(regions, region)
		}
	}
	return regions, totals
}
