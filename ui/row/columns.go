package row

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/text"
)

// The ids of the columns, as used in the sort menu and the configuration.
const (
	ColumnName    = "name"
	ColumnState   = "state"
	ColumnRef     = "ref"
	ColumnSize    = "size"
	ColumnCPU     = "cpu"
	ColumnMem     = "mem"
	ColumnDisk    = "disk"
	ColumnGPU     = "gpu"
	ColumnRegions = "regions"
	ColumnUsed    = "used"
	ColumnTTL     = "ttl"
	ColumnAge     = "age"
)

// none stands for a value that the server did not send. It is not zero.
const none = grid.Idle

// Column is a column of the table.
type Column = grid.Column[*model.Snapshot]

// Columns returns the columns of the table, left to right. When space is short, the column
// with the highest DropPriority is dropped first.
func Columns(v *ViewState) []Column {
	number := func(id string, title text.Safe, drop, from int, value func(*model.Snapshot) model.Optional[float64]) Column {
		return Column{
			ID: id, Title: title, Min: title.Width(), Max: 5, DropPriority: drop, MinGridWidth: from, Right: true,
			Cell:    func(s *model.Snapshot) text.Line { return dim(NumberText(value(s))) },
			Compare: func(x, y *model.Snapshot) int { return compareOptional(value(x), value(y)) },
		}
	}
	return []Column{
		{
			ID: ColumnName, Title: text.Lit("NAME"), Min: 18, Max: 28, Cut: text.CutMiddle,
			Cell: v.nameCell, Compare: model.CompareName,
		},
		{
			ID: ColumnState, Title: text.Lit("STATE"), Min: 14, Max: 14,
			Cell:    func(s *model.Snapshot) text.Line { return StateLine(v.ShownState(s)) },
			Compare: model.CompareAttention,
		},
		{
			ID: ColumnRef, Title: text.Lit("REF · IMAGE · REASON"), Min: 24, Squeezed: 17, DropPriority: 1,
			Cell: v.sourceCell, Fit: v.sourceIn, Spread: v.needsRoom,
			Compare: func(x, y *model.Snapshot) int { return strings.Compare(source(x), source(y)) },
		},
		{
			ID: ColumnSize, Title: text.Lit("GB"), Min: 5, Max: 6, DropPriority: 6, MinGridWidth: 110, Right: true, Yields: true,
			Cell:    func(s *model.Snapshot) text.Line { return dim(SizeText(s.Size)) },
			Compare: func(x, y *model.Snapshot) int { return compareOptional(x.Size, y.Size) },
		},
		{
			ID: ColumnUsed, Title: text.Lit("USED"), Min: 6, Max: 6, DropPriority: 2, Right: true, Yields: true,
			Cell:    func(s *model.Snapshot) text.Line { return dim(v.ageText(s.LastUsedAt)) },
			Compare: func(x, y *model.Snapshot) int { return compareTimes(x.LastUsedAt, y.LastUsedAt) },
		},
		{
			ID: ColumnTTL, Title: text.Lit("TTL"), Min: 6, Max: 6, DropPriority: 3, Right: true, Yields: true,
			Cell: v.ttlCell, Compare: v.compareTTL,
		},
		{
			ID: ColumnAge, Title: text.Lit("AGE"), Min: 5, Max: 5, DropPriority: 5, Right: true,
			Cell:    func(s *model.Snapshot) text.Line { return dim(v.ageText(s.CreatedAt)) },
			Compare: func(x, y *model.Snapshot) int { return compareTimes(x.CreatedAt, y.CreatedAt) },
		},
		{
			ID: ColumnRegions, Title: text.Lit("REGIONS"), Min: 8, Max: 12, DropPriority: 4,
			Cell: v.regionsCell,
			Compare: func(x, y *model.Snapshot) int {
				return cmp.Compare(len(y.RegionIDs.Value), len(x.RegionIDs.Value))
			},
		},
		number(ColumnCPU, text.Lit("CPU"), 9, 150, func(s *model.Snapshot) model.Optional[float64] { return s.CPU }),
		number(ColumnMem, text.Lit("MEM"), 8, 145, func(s *model.Snapshot) model.Optional[float64] { return s.Mem }),
		number(ColumnDisk, text.Lit("DISK"), 7, 140, func(s *model.Snapshot) model.Optional[float64] { return s.Disk }),
		{
			ID: ColumnGPU, Title: text.Lit("GPU"), Min: 4, Max: 9, DropPriority: 10, MinGridWidth: 155,
			Cell:    func(s *model.Snapshot) text.Line { return dim(gpuText(s)) },
			Compare: func(x, y *model.Snapshot) int { return compareOptional(x.GPU, y.GPU) },
		},
	}
}

func dim(s text.Safe) text.Line { return text.Line{{Text: s, Role: theme.Dim}} }

// GutterNote returns the mark before a row: its last action failed, it is watched, or it
// changed a moment ago.
func (v *ViewState) GutterNote(s *model.Snapshot) text.Span {
	switch {
	case v.Failures[s.ID] != "":
		return text.Span{Text: text.Lit("!"), Role: theme.Failed}
	case v.Watched[v.WatchID(s)]:
		return text.Span{Text: text.Lit("◆"), Role: theme.Warning}
	case !v.RecentChanges[s.ID].IsZero():
		return text.Span{Text: text.Lit("•"), Role: theme.Accent}
	default:
		return text.Span{}
	}
}

// nameCell returns the name with the matched letters highlighted, and marks a general
// snapshot.
func (v *ViewState) nameCell(s *model.Snapshot) text.Line {
	role := theme.Text
	if v.Data.Store.Missing(s.ID) {
		role = theme.Dim
	}
	line := text.Styled(s.Name, role, v.Query.Matches(s, query.Name))
	if s.General {
		line = append(line, text.Span{Text: text.Lit("  general"), Role: theme.Dim})
	}
	return line
}

// regionsCell lists the regions by name.
func (v *ViewState) regionsCell(s *model.Snapshot) text.Line {
	if len(s.RegionIDs.Value) == 0 {
		return dim(text.Lit(none))
	}
	return dim(text.Cell(strings.Join(v.RegionNames(s), " ")))
}

// ttlCell returns the time until Daytona deactivates the snapshot if it stays unused. A
// time that assumes the default timeout has a ~.
func (v *ViewState) ttlCell(s *model.Snapshot) text.Line {
	next, ok := v.Data.Store.DeactivatesAt(s, v.Timeout())
	if !ok {
		return dim(text.Lit(none))
	}
	left, assumed := next.At.Sub(v.Now), ""
	if next.Assumed {
		assumed = "~"
	}
	switch {
	case left < time.Minute:
		return text.Cell("☾ " + assumed + "due").As(theme.Warning)
	case left <= DeactivateSoon:
		return text.Cell("☾ " + assumed + format.Age(left)).As(theme.Warning)
	default:
		return dim(text.Cell(assumed + format.Age(left)))
	}
}

func (v *ViewState) compareTTL(x, y *model.Snapshot) int {
	at := func(s *model.Snapshot) model.OptionalTime {
		if next, ok := v.Data.Store.DeactivatesAt(s, v.Timeout()); ok {
			return model.SomeTime(next.At)
		}
		return model.OptionalTime{}
	}
	return -compareTimes(at(x), at(y))
}

func (v *ViewState) ageText(at model.OptionalTime) text.Safe {
	t, ok := at.Get()
	if !ok {
		return text.Lit(none)
	}
	return text.Cell(format.Elapsed(t, v.Now))
}

// NumberText returns a number without trailing zeros. From 1,000 it has no fraction, so that
// it fits into a column: one that is cut could be read as a smaller one.
func NumberText(n model.Optional[float64]) text.Safe {
	switch v, ok := n.Get(); {
	case !ok:
		return text.Lit(none)
	case math.Abs(v) < 1000:
		return text.Sprintf("%g", v)
	case math.Abs(v) < 99_999.5:
		return text.Sprintf("%.0f", v)
	default:
		return text.Cell(format.Exponent(v))
	}
}

// SizeText returns a size in GB with two digits, or four if two would show zero. From 1,000
// it has none, see [NumberText].
func SizeText(size model.Optional[float64]) text.Safe {
	v, ok := size.Get()
	switch {
	case !ok:
		return text.Lit(none)
	case math.Abs(v) >= 999_999.5:
		return text.Cell(format.Exponent(v))
	case math.Abs(v) >= 999.995:
		return text.Cell(strconv.FormatFloat(v, 'f', 0, 64))
	case v == 0 || v >= 0.01:
		return text.Cell(strconv.FormatFloat(v, 'f', 2, 64))
	default:
		return text.Cell(strconv.FormatFloat(v, 'f', 4, 64))
	}
}

func gpuText(s *model.Snapshot) text.Safe {
	if s.GPU.Value > 0 && s.GPUType.Value != "" {
		return text.Cell(s.GPUType.Value)
	}
	return NumberText(s.GPU)
}

// compareOptional puts the largest first and missing values last.
func compareOptional[T cmp.Ordered](x, y model.Optional[T]) int {
	xv, xok := x.Get()
	yv, yok := y.Get()
	switch {
	case xok && yok:
		return cmp.Compare(yv, xv)
	case xok:
		return -1
	case yok:
		return 1
	default:
		return 0
	}
}

// compareTimes puts the newest first and missing times last.
func compareTimes(x, y model.OptionalTime) int {
	switch {
	case x.Presence == model.Present && y.Presence == model.Present:
		return y.Time().Compare(x.Time())
	case x.Presence == model.Present:
		return -1
	case y.Presence == model.Present:
		return 1
	default:
		return 0
	}
}
