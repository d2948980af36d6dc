package text

import (
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"pgregory.net/rapid"
)

// genText draws ordinary and hostile text.
func genText() *rapid.Generator[string] {
	part := rapid.OneOf(
		rapid.StringMatching(`[a-z0-9 .:/-]{0,12}`),
		rapid.StringMatching(` {1,4}`),
		rapid.SampledFrom(hostileTexts[:len(hostileTexts)-3]),
		rapid.SampledFrom([]string{"世界", "é", "e\u0301", "👩\u200d🚀", "✗ ", "…", " \u0308", "🇫🇷", "ｶﾞ"}),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(part, 0, 5).Draw(t, "parts"), "")
	})
}

// genLine draws a line of texts in several roles, with spaces in between as in a table.
func genLine() *rapid.Generator[Line] {
	return rapid.Custom(func(t *rapid.T) Line {
		var l Line
		for range rapid.IntRange(0, 3).Draw(t, "texts") {
			role := theme.Role(rapid.IntRange(0, int(theme.Comment)).Draw(t, "role"))
			on := theme.Surface(rapid.IntRange(0, int(theme.Dimmed)).Draw(t, "surface"))
			matched := rapid.SliceOfN(rapid.IntRange(0, 20), 0, 4).Draw(t, "matched")
			slices.Sort(matched)
			l = Join(l, Styled(genText().Draw(t, "text"), role, matched).On(on), Lit(" ").As(theme.Dim))
		}
		return l
	})
}

// checkProperty runs a check on many lines, with a number near their widths.
func checkProperty(t *testing.T, check func(t *rapid.T, l Line, w int)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		l := genLine().Draw(t, "line")
		w := rapid.OneOf(rapid.IntRange(-2, 12), rapid.IntRange(0, l.Width()+6)).Draw(t, "w")
		before := l.String()
		roles := slices.Clone(l)
		check(t, l, w)
		if l.String() != before || !slices.Equal(l, roles) {
			t.Fatal("the line was modified")
		}
	})
}

func checkWidth(t *rapid.T, l Line, want int) {
	t.Helper()
	if l.Width() != want {
		t.Fatalf("%q has width %d, want %d", l, l.Width(), want)
	}
	if got := width(l.String()); got != want {
		t.Fatalf("%q takes %d cells, want %d", l, got, want)
	}
}

// column is one cell of a line.
type column struct {
	text string
	role theme.Role
	on   theme.Surface
}

func columns(l Line) []column {
	var out []column
	for _, s := range l {
		for _, c := range cells(s.Text.s) {
			out = append(out, column{c, s.Role, s.On})
		}
	}
	return out
}

// sliceColumns is the reference for Slice: the columns [from, to), with spaces for halves
// of wide characters.
func sliceColumns(all []column, from, to int) []column {
	from, to = max(from, 0), min(to, len(all))
	if from >= to {
		return nil
	}
	out := slices.Clone(all[from:to])
	if out[0].text == wide && from > 0 {
		out[0].text = " "
	}
	if last := len(out) - 1; to < len(all) && all[to].text == wide && out[last].text != " " {
		out[last].text = " "
	}
	return out
}

func TestSliceProperties(t *testing.T) {
	checkProperty(t, func(t *rapid.T, l Line, from int) {
		to := rapid.IntRange(-2, l.Width()+5).Draw(t, "to")
		got := l.Slice(from, to)
		if want := sliceColumns(columns(l), from, to); !slices.Equal(columns(got), want) {
			t.Fatalf("columns [%d, %d) of %q\n got %v\nwant %v", from, to, l, columns(got), want)
		}
		checkWidth(t, got, max(0, min(to, l.Width())-max(from, 0)))
	})
}

func TestCutProperties(t *testing.T) {
	checkProperty(t, func(t *rapid.T, l Line, w int) {
		all := columns(l)
		for _, how := range []Cut{CutEnd, CutMiddle, CutStart} {
			got := l.Cut(w, how)
			checkWidth(t, got, max(0, min(w, l.Width())))
			if l.Width() <= w {
				if !slices.Equal(columns(got), all) {
					t.Fatalf("%q fits, but is changed to %q", l, got)
				}
				continue
			}
			if w < 1 {
				continue
			}
			head, tail := map[Cut]int{CutEnd: w - 1, CutMiddle: w / 2}[how], map[Cut]int{CutStart: w - 1, CutMiddle: (w - 1) / 2}[how]
			cols := columns(got)
			if cols[head].text != "…" || !slices.Equal(cols[:head], sliceColumns(all, 0, head)) ||
				!slices.Equal(cols[head+1:], sliceColumns(all, len(all)-tail, len(all))) {
				t.Fatalf("%q cut %d to %d is %q", l, how, w, got)
			}
		}
	})
}

func TestFitProperties(t *testing.T) {
	checkProperty(t, func(t *rapid.T, l Line, w int) {
		left, right := l.Fit(w), l.Right(w)
		checkWidth(t, left, max(w, 0))
		checkWidth(t, right, max(w, 0))
		room := w - l.Width()
		if room <= 0 {
			if cut := columns(l.Cut(w, CutEnd)); !slices.Equal(columns(left), cut) || !slices.Equal(columns(right), cut) {
				t.Fatalf("%q in %d: %q, %q", l, w, left, right)
			}
			return
		}
		pad := strings.Repeat(" ", room)
		if left.String() != l.String()+pad || right.String() != pad+l.String() {
			t.Fatalf("%q in %d: %q, %q", l, w, left, right)
		}
		if len(l) > 0 && (left[len(left)-1].On != l[len(l)-1].On || right[0].On != l[0].On) {
			t.Fatalf("the padding of %q is on another surface", l)
		}
	})
}

func TestWrapProperties(t *testing.T) {
	checkProperty(t, func(t *rapid.T, l Line, w int) {
		rows := l.Wrap(w)
		all := make([]column, 0, l.Width())
		for i, row := range rows {
			if row.Width() > max(w, 1) {
				t.Fatalf("row %d of %q in %d is %q", i, l, w, row)
			}
			checkWidth(t, row, row.Width())
			if row.Width() == 0 && l.Width() > 0 {
				t.Fatalf("row %d of %q in %d is empty", i, l, w)
			}
			all = append(all, columns(row)...)
		}
		if w < 2 {
			return // too narrow for wide characters
		}
		blank := func(c column) bool { return c.text == " " }
		if want := slices.DeleteFunc(columns(l), blank); !slices.Equal(slices.DeleteFunc(all, blank), want) {
			t.Fatalf("%q wrapped to %d is %q", l, w, rows)
		}
		if lost := l.Width() - len(all); lost > len(rows) {
			t.Fatalf("%q wrapped to %d lost %d spaces in %d rows", l, w, lost, len(rows))
		}
	})
}

func TestBlockProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(genLine(), 0, 6).Draw(t, "lines")
		w, h := rapid.IntRange(-1, 40).Draw(t, "w"), rapid.IntRange(-1, 8).Draw(t, "h")
		block := Block(lines, w, h)
		checkBlock(t, block, w, h)
		for i, line := range block[:min(len(block), len(lines))] {
			if !slices.Equal(columns(line), columns(lines[i].Fit(w))) {
				t.Fatalf("line %d is %q", i, line)
			}
		}
	})
}

func checkBlock(t *rapid.T, block []Line, w, h int) {
	t.Helper()
	if len(block) != max(h, 0) {
		t.Fatalf("%d lines, want %d", len(block), h)
	}
	for _, line := range block {
		checkWidth(t, line, max(w, 0))
	}
}

func TestAppendColumnsProperties(t *testing.T) {
	checkProperty(t, func(t *rapid.T, l Line, from int) {
		to := rapid.IntRange(-2, l.Width()+5).Draw(t, "to")
		from = max(from, 0)
		before := Lit("#").As(theme.Accent)
		got := AppendColumns(slices.Clip(before), l, from, to)
		pad := column{" ", theme.Text, theme.Base}
		if len(l) > 0 {
			pad.on = l[len(l)-1].On
		}
		padding := max(to-max(from, l.Width()), 0)
		want := slices.Concat(columns(before), sliceColumns(columns(l), from, to), slices.Repeat([]column{pad}, padding))
		if !slices.Equal(columns(got), want) {
			t.Fatalf("columns [%d, %d) of %q\n got %v\nwant %v", from, to, l, columns(got), want)
		}
		if got.Width() != 1+max(to-from, 0) {
			t.Fatalf("%q has width %d, want %d", got, got.Width(), 1+max(to-from, 0))
		}
	})
}
