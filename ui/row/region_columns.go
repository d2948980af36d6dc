package row

import (
	"slices"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

const (
	maxRegionWidth = 24 // of a region with a long name
	dotRegionWidth = 13 // of one with a shorter name, and the most for its number of snapshots
	minRegionWidth = 8
	minNameWidth   = 12 // in a narrow terminal
	maxNameWidth   = 40
	minSourceRoom  = 100 // width of the screen from which on the regions leave room for the source
	regionPrefix   = "region:"

	// maxRegionColumns is more than the widest terminal shows at once.
	maxRegionColumns = 100
)

// RegionColumns returns the columns of the regions screen: name, state, the regions
// starting at index first, the number of regions of each snapshot, and if there is room
// what it was made from. count is the total number of regions. A narrow terminal has one
// column with the names of the regions instead.
func RegionColumns(v *ViewState, first int, narrow bool) (shown []Column, count int) {
	regions, totals := v.allRegions()
	all := columnsByID(v)
	name, state, source := all[ColumnName], all[ColumnState], all[ColumnRef]
	if narrow {
		names := all[ColumnRegions]
		name.Min, state.DropPriority, names.Max, names.DropPriority = minNameWidth, 1, 0, 0
		return []Column{name, state, names}, len(regions)
	}
	name.Max = maxNameWidth
	shown = []Column{name, state}
	shownRegions := regions[min(first, len(regions)):min(first+maxRegionColumns, len(regions))]
	for i, region := range shownRegions {
		shown = append(shown, v.regionColumn(region, totals[region.ID], regionDropPriority(i)))
	}
	source.DropPriority, source.MinGridWidth, source.Squeezed = regionDropPriority(len(shownRegions)), minSourceRoom, 0
	return append(shown, Column{
		ID: ColumnRegions, Title: text.Lit("REGIONS"), Min: 7, Max: 7, Right: true, DropPriority: 1,
		Cell: func(s *model.Snapshot) text.Line { return dim(text.Sprintf("%d", len(s.RegionIDs.Value))) },
	}, source), len(regions)
}

func columnsByID(v *ViewState) map[string]Column {
	all := make(map[string]Column)
	for _, c := range Columns(v) {
		all[c.ID] = c
	}
	return all
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

// regionColumn returns the column of one region. A dot stands where the snapshot is
// available, in the colour of its state, because the API has no state per region.
func (v *ViewState) regionColumn(region model.Region, total, drop int) Column {
	subtitle := text.Sprintf("%s %s", region.Type, format.Thousands(total))
	return Column{
		ID: regionPrefix + region.ID, Title: text.Cell(region.Name), Bright: true, Subtitle: subtitle,
		Min: min(max(subtitle.Width(), minRegionWidth), dotRegionWidth), Max: min(max(text.Cell(region.Name).Width(), dotRegionWidth), maxRegionWidth), DropPriority: drop, Cut: text.CutMiddle,
		Cell: func(s *model.Snapshot) text.Line {
			if !s.InRegion(region.ID) {
				return text.Line{{Text: text.Lit("·"), Role: theme.Line}}
			}
			return text.Line{{Text: text.Lit("●"), Role: StyleOf(v.ShownState(s)).Role}}
		},
	}
}

// allRegions returns the organization's regions, followed by regions that occur only in
// snapshots, and the number of snapshots in each.
func (v *ViewState) allRegions() ([]model.Region, map[string]int) {
	known := make(map[string]bool, len(v.Regions))
	for _, region := range v.Regions {
		known[region.ID] = true
	}
	regions := slices.Clone(v.Regions)
	for _, id := range v.Data.Totals.regionIDs {
		if !known[id] {
			regions = append(regions, model.Region{ID: id, Name: id, Type: "unknown"})
		}
	}
	return regions, v.Data.Totals.Regions
}

// RegionsTitle returns the title of the regions screen with as much explanation as fits into
// the room. named says that regions are listed by name, not as dots.
func RegionsTitle(room int, named bool) text.Line {
	title := text.Lit(" Regions").As(theme.Title)
	use := text.Join(title, text.Lit("  where each snapshot can be used").As(theme.Dim))
	dots := text.Join(use, text.Lit(" · ● in the colour of its state").As(theme.Dim))
	switch {
	case dots.Width() <= room && !named:
		return dots
	case use.Width() <= room:
		return use
	default:
		return title
	}
}
