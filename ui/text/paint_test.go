package text

import (
	"image"
	"io"
	"regexp"
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"
)

func dark(profile termenv.Profile, g theme.Glyphs) theme.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	return theme.New(r, theme.Dark(), g)
}

func TestPaint(t *testing.T) {
	th := dark(termenv.TrueColor, theme.Unicode)
	paint := func(role theme.Role, on theme.Surface, s string) string { return th.Ink(role, on).Paint(s) }
	span := func(role theme.Role, on theme.Surface, s string) Span { return Span{clean(s), role, on} }
	const dim, failed, base, selected = theme.Dim, theme.Failed, theme.Base, theme.Selected
	for name, tc := range map[string]struct {
		lines []Line
		want  string
	}{
		"nothing":               {nil, ""},
		"an empty line":         {[]Line{nil}, ""},
		"two empty lines":       {[]Line{nil, nil}, "\n"},
		"a span":                {[]Line{{span(dim, base, "a")}}, paint(dim, base, "a")},
		"every line for itself": {[]Line{{span(dim, base, "a")}, {span(dim, base, "b")}}, paint(dim, base, "a") + "\n" + paint(dim, base, "b")},
		"neighbours as one":     {[]Line{{span(dim, base, "a"), span(dim, base, "b")}}, paint(dim, base, "ab")},
		"one look as one":       {[]Line{{span(dim, base, "a"), span(theme.Comment, base, "b")}}, paint(dim, base, "ab")},
		"two roles":             {[]Line{{span(dim, base, "a"), span(failed, base, "b")}}, paint(dim, base, "a") + paint(failed, base, "b")},
		"two surfaces":          {[]Line{{span(failed, base, "a"), span(failed, selected, "b")}}, paint(failed, base, "a") + paint(failed, selected, "b")},
		"blanks need no ink":    {[]Line{{span(dim, base, "   ")}}, "   "},
		"blanks at the start":   {[]Line{{span(theme.Text, base, "  "), span(dim, base, "a")}}, "  " + paint(dim, base, "a")},
		"blanks between":        {[]Line{{span(dim, base, "a"), span(theme.Text, base, "  "), span(dim, base, "b")}}, paint(dim, base, "a  b")},
		"blanks at the end":     {[]Line{{span(failed, base, "a"), span(theme.Text, base, "  ")}}, paint(failed, base, "a  ")},
		"blanks with a ground":  {[]Line{{span(theme.Text, selected, "  "), span(failed, selected, "a"), span(theme.Text, selected, "  ")}}, paint(theme.Text, selected, "  ") + paint(failed, selected, "a  ")},
		"blanks leave a ground": {[]Line{{span(failed, selected, "a"), span(theme.Text, base, "  ")}}, paint(failed, selected, "a") + paint(theme.Text, base, "  ")},
		"blanks are not underlined": {[]Line{{span(theme.ActiveTab, base, "Build"), span(theme.Text, base, "  "), span(dim, base, "Regions")}},
			paint(theme.ActiveTab, base, "Build") + paint(theme.Text, base, "  ") + paint(dim, base, "Regions")},
		"blanks of a tab are": {[]Line{{span(dim, base, "a"), span(theme.ActiveTab, base, "  ")}}, paint(dim, base, "a") + paint(theme.ActiveTab, base, "  ")},
		"behind":              {[]Line{Line{span(failed, base, "a"), span(theme.Key, base, "b")}.On(theme.Behind)}, paint(dim, theme.Behind, "ab")},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Paint(th, tc.lines); got != tc.want {
				t.Errorf("\n got %q\nwant %q", got, tc.want)
			}
		})
	}
}

// TestPaintMatchKeepsState holds that a matching row that is selected keeps
// what its colours say.
func TestPaintMatchKeepsState(t *testing.T) {
	th := dark(termenv.TrueColor, theme.Unicode)
	row := Join(Styled("node", theme.Text, []int{0}), Lit(" ✗ error").As(theme.Failed)).On(theme.Selected)
	want := th.Ink(theme.Match, theme.Selected).Paint("n") + th.Ink(theme.Text, theme.Selected).Paint("ode") +
		th.Ink(theme.Failed, theme.Selected).Paint(" ✗ error")
	if got := Paint(th, []Line{row}); got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestPaintWithoutColour(t *testing.T) {
	lines := Pane("a\x1b[31mb\n✗ 世", theme.Failed)
	if got, want := Paint(dark(termenv.Ascii, theme.Unicode), lines), "a^[[31mb\n✗ 世"; got != want {
		t.Errorf("NO_COLOR: %q, want %q", got, want)
	}
	if got, want := Paint(dark(termenv.Ascii, theme.ASCII), lines), "a^[[31mb\nx ??"; got != want {
		t.Errorf("ASCII: %q, want %q", got, want)
	}
	if got, want := Paint(theme.Theme{}, lines), "a^[[31mb\n✗ 世"; got != want {
		t.Errorf("the zero theme: %q, want %q", got, want)
	}
}

var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// checkPainted holds that nothing but SGR and line feeds was added to lines,
// and that every line is as wide as it says.
func checkPainted(t interface {
	Helper()
	Fatalf(string, ...any)
}, painted string, lines []Line, ascii bool) {
	t.Helper()
	bare := sgr.ReplaceAllString(painted, "")
	if strings.ContainsFunc(bare, func(r rune) bool {
		return r != '\n' && bad(r, 'x', "") && r != zwj && r != zwnj && r != emojiStyle && r != textStyle
	}) {
		t.Fatalf("a control character in %q", bare)
	}
	rows := strings.Split(bare, "\n")
	if len(rows) != max(len(lines), 1) {
		t.Fatalf("%d rows of %d lines", len(rows), len(lines))
	}
	for i, line := range lines {
		if !ascii && rows[i] != line.String() {
			t.Fatalf("line %d is painted as %q, and is %q", i, rows[i], line)
		}
		if ascii && printable(rows[i]) != len(rows[i]) {
			t.Fatalf("line %d is painted as %q", i, rows[i])
		}
		if got := ansi.StringWidth(rows[i]); got != line.Width() {
			t.Fatalf("line %d is painted in %d cells, not %d", i, got, line.Width())
		}
	}
	for i, row := range strings.Split(painted, "\n") {
		if codes := sgr.FindAllString(row, -1); len(codes) > 0 && codes[len(codes)-1] != "\x1b[0m" {
			t.Fatalf("line %d leaves its colours on: %q", i, row)
		}
	}
}

func TestPaintProperties(t *testing.T) {
	unicode, ascii, none := dark(termenv.TrueColor, theme.Unicode), dark(termenv.ANSI256, theme.ASCII), dark(termenv.Ascii, theme.Unicode)
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(anyLine(), 0, 4).Draw(t, "lines")
		checkPainted(t, Paint(unicode, lines), lines, false)
		checkPainted(t, Paint(ascii, lines), lines, true)
		checkPainted(t, Paint(none, lines), lines, false)
		if strings.ContainsRune(Paint(none, lines), 0x1b) {
			t.Fatalf("painted without colours: %q", Paint(none, lines))
		}
	})
}

func FuzzCell(f *testing.F) {
	for _, raw := range hostile {
		f.Add(raw)
	}
	th := dark(termenv.TrueColor, theme.Unicode)
	f.Fuzz(func(t *testing.T, raw string) {
		checkPieces(t, raw)
		cell := Cell(raw)
		checkSafe(t, cell)
		if len(raw) <= cellLimit {
			checkShown(t, raw, cell.String())
			if !Rewritten(raw) && cell.String() != raw {
				t.Fatalf("%q is shown as %q without saying so", raw, cell)
			}
			if again := clean(cell.String()); again.String() != cell.String() || again.Width() != cell.Width() {
				t.Fatalf("%q is escaped twice: %q", cell, again)
			}
		}
		line := Styled(raw, theme.Text, []int{0, 1, len(raw) / 2})
		checkLine(t, line)
		if line.String() != cell.String() || line.Width() != cell.Width() {
			t.Fatalf("Cell shows %q, Styled %q", cell, line)
		}
		if formatted := Sprintf("a%sb", raw).String(); len(raw) <= cellLimit && formatted != "a"+cell.String()+"b" {
			t.Fatalf("Cell shows %q, Sprintf %q", cell, formatted)
		}
		for _, w := range []int{0, 1, 2, 7, cell.Width() - 1, cell.Width(), cell.Width() + 3} {
			for _, l := range []Line{line.Fit(w), line.Right(w), Join(line.Cut(w, CutMiddle)).Fit(w), line.Cut(w, CutStart).Fit(w)} {
				checkLine(t, l)
				if l.Width() != max(w, 0) {
					t.Fatalf("%q takes %d cells, not %d", l, l.Width(), w)
				}
			}
		}
		checkPainted(t, Paint(th, []Line{line}), []Line{line}, false)
	})
}

func FuzzPane(f *testing.F) {
	for _, raw := range hostile {
		f.Add(raw, 1, 4)
	}
	f.Add("FROM node\n\tRUN \"x\ny\"\r\n\n", 5, 99)
	unicode, ascii := dark(termenv.TrueColor, theme.Unicode), dark(termenv.ANSI, theme.ASCII)
	f.Fuzz(func(t *testing.T, raw string, from, to int) {
		if len(raw) > 64<<10 {
			return
		}
		lines := Pane(raw, theme.Text, Region{from, to, theme.String}, Region{to, to + 3, theme.Comment})
		want := strings.Count(raw, "\n")
		if raw != "" && !strings.HasSuffix(raw, "\n") {
			want++
		}
		if len(lines) != want {
			t.Fatalf("%q has %d lines, not %d", raw, len(lines), want)
		}
		for i, part := range strings.SplitAfter(raw, "\n") {
			if part == "" {
				continue
			}
			checkLine(t, lines[i])
			checkShown(t, part, lines[i].String())
			if alone := Pane(part, theme.Text); alone[0].String() != lines[i].String() {
				t.Fatalf("line %d is %q, and alone %q", i, lines[i], alone[0])
			}
			for _, row := range lines[i].Wrap(9) {
				checkLine(t, row)
				if row.Width() > 9 {
					t.Fatalf("%q is too wide", row)
				}
			}
		}
		checkPainted(t, Paint(unicode, lines), lines, false)
		checkPainted(t, Paint(ascii, lines), lines, true)
		block := Block(lines, 20, 5)
		over := Overlay(block, []Line{Lit("╭──╮").As(theme.Accent)}, image.Pt(7, 2))
		for _, line := range over {
			checkLine(t, line)
			if line.Width() != 20 {
				t.Fatalf("%q takes %d cells", line, line.Width())
			}
		}
	})
}
