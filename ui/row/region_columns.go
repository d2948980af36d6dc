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
	regionCells  = 13 // width of one region
	regionMin    = 8  // where the terminal is small
	narrowName   = 12 // min width of a name in a narrow terminal
	regionPrefix = "region:"
)

// RegionColumns returns the columns of the regions screen: name, state, the regions
// from index first on, and the number of regions of each snapshot. count is the number
// of all regions. In a narrow terminal names are shortened.
func RegionColumns(v *ViewState, first int, narrow bool) (shown []Column, count int) {
	for _, c := range Columns(v) {
		switch c.ID {
		case ColumnName:
			if narrow {
				c.Min = narrowName
			}
			shown = append(shown, c)
		case ColumnState:
			shown = append(shown, c)
		}
	}
	regions, totals := v.allRegions()
	for i, region := range regions[min(first, len(regions)):] {
		shown = append(shown, v.regionColumn(region, totals[region.ID], regionDrop(i)))
	}
	return append(shown, Column{
		ID: ColumnRegions, Title: text.Lit("REGIONS"), Min: 7, Max: 7, Right: true, DropPriority: 1,
		Cell: func(s *model.Snapshot) text.Line { return dim(text.Sprintf("%d", len(s.RegionIDs.Value))) },
	}), len(regions)
}

// IsRegion reports whether a column of that id is a region.
func IsRegion(column string) bool { return strings.HasPrefix(column, regionPrefix) }

// regionDrop is the [Column.DropPriority] of a region: the first one always stays, the others
// go from the right.
func regionDrop(i int) int {
	if i == 0 {
		return 0
	}
	return i + 2
}

// regionColumn is one region: its name, kind and total, and a glyph of the state
// where a snapshot is available. The API knows no state per region.
func (v *ViewState) regionColumn(region model.Region, total, drop int) Column {
	return Column{
		ID: regionPrefix + region.ID, Title: text.Cell(region.Name), Bright: true, Subtitle: text.Sprintf("%s %s", region.Type, format.Thousands(total)),
		Min: regionMin, Max: regionCells, DropPriority: drop, Cut: text.CutMiddle,
		Cell: func(s *model.Snapshot) text.Line {
			if !s.InRegion(region.ID) {
				return text.Line{{Text: text.Lit("·"), Role: theme.Line}}
			}
			l := StyleOf(v.ShownState(s))
			return text.Line{{Text: l.Glyph, Role: l.Role}}
		},
	}
}

// allRegions are the organization's regions and those that only snapshots
// name, with the number of snapshots in each.
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
