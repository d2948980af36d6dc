package text

import (
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

func darkTheme(profile termenv.Profile, g theme.Glyphs) theme.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	return theme.New(r, theme.Dark(), g)
}

func painted(g theme.SGR, s string) string { return g.Open() + s + g.Close() }

func TestPaint(t *testing.T) {
	th := darkTheme(termenv.TrueColor, theme.Unicode)
	paint := func(role theme.Role, on theme.Surface, s string) string { return painted(th.SGR(role, on), s) }
	span := func(role theme.Role, on theme.Surface, s string) Span { return Span{escape(s), role, on} }
	const dim, failed, base, selected = theme.Dim, theme.Failed, theme.Base, theme.Selected
	for name, tc := range map[string]struct {
		lines []Line
		want  string
	}{
		"no lines":               {nil, ""},
		"empty line":             {[]Line{nil}, ""},
		"two empty lines":        {[]Line{nil, nil}, "\n"},
		"one span":               {[]Line{{span(dim, base, "a")}}, paint(dim, base, "a")},
		"two lines":              {[]Line{{span(dim, base, "a")}, {span(dim, base, "b")}}, paint(dim, base, "a") + "\n" + paint(dim, base, "b")},
		"neighbours of one role": {[]Line{{span(dim, base, "a"), span(dim, base, "b")}}, paint(dim, base, "ab")},
		"roles of one style":     {[]Line{{span(dim, base, "a"), span(theme.Comment, base, "b")}}, paint(dim, base, "ab")},
		"two roles":              {[]Line{{span(dim, base, "a"), span(failed, base, "b")}}, paint(dim, base, "a") + paint(failed, base, "b")},
		"two surfaces":           {[]Line{{span(failed, base, "a"), span(failed, selected, "b")}}, paint(failed, base, "a") + paint(failed, selected, "b")},
		"only blanks":            {[]Line{{span(dim, base, "   ")}}, "   "},
		"blanks at the start":    {[]Line{{span(theme.Text, base, "  "), span(dim, base, "a")}}, "  " + paint(dim, base, "a")},
		"blanks between":         {[]Line{{span(dim, base, "a"), span(theme.Text, base, "  "), span(dim, base, "b")}}, paint(dim, base, "a  b")},
		"blanks at the end":      {[]Line{{span(failed, base, "a"), span(theme.Text, base, "  ")}}, paint(failed, base, "a  ")},
		"selected blanks":        {[]Line{{span(theme.Text, selected, "  "), span(failed, selected, "a"), span(theme.Text, selected, "  ")}}, paint(theme.Text, selected, "  ") + paint(failed, selected, "a  ")},
		"blanks after a surface": {[]Line{{span(failed, selected, "a"), span(theme.Text, base, "  ")}}, paint(failed, selected, "a") + paint(theme.Text, base, "  ")},
		"blanks after underlined": {[]Line{{span(theme.ActiveTab, base, "Build"), span(theme.Text, base, "  "), span(dim, base, "Regions")}},
			paint(theme.ActiveTab, base, "Build") + paint(theme.Text, base, "  ") + paint(dim, base, "Regions")},
		"underlined blanks": {[]Line{{span(dim, base, "a"), span(theme.ActiveTab, base, "  ")}}, paint(dim, base, "a") + paint(theme.ActiveTab, base, "  ")},
		"dimmed":            {[]Line{Line{span(failed, base, "a"), span(theme.Key, base, "b")}.On(theme.Dimmed)}, paint(dim, theme.Dimmed, "ab")},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Paint(th, tc.lines); got != tc.want {
				t.Errorf("\n got %q\nwant %q", got, tc.want)
			}
		})
	}
}

// A match in the selected row keeps the colour of the match and of the state.
func TestPaintMatchInSelectedRow(t *testing.T) {
	th := darkTheme(termenv.TrueColor, theme.Unicode)
	row := Join(Styled("node", theme.Text, []int{0}), Lit(" ✗ error").As(theme.Failed)).On(theme.Selected)
	want := painted(th.SGR(theme.Match, theme.Selected), "n") + painted(th.SGR(theme.Text, theme.Selected), "ode") +
		painted(th.SGR(theme.Failed, theme.Selected), " ✗ error")
	if got := Paint(th, []Line{row}); got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestPaintWithoutColour(t *testing.T) {
	lines := Pane("a\x1b[31mb\n✗ 世", theme.Failed)
	if got, want := Paint(darkTheme(termenv.Ascii, theme.Unicode), lines), "a^[[31mb\n✗ 世"; got != want {
		t.Errorf("without colour: %q, want %q", got, want)
	}
	if got, want := Paint(darkTheme(termenv.Ascii, theme.ASCII), lines), "a^[[31mb\nx ??"; got != want {
		t.Errorf("ASCII: %q, want %q", got, want)
	}
	if got, want := Paint(theme.Theme{}, lines), "a^[[31mb\n✗ 世"; got != want {
		t.Errorf("the zero theme: %q, want %q", got, want)
	}
}

var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// checkPainted checks that painting adds only SGR sequences and line feeds, and that each
// line has the right width.
func checkPainted(t interface {
	Helper()
	Fatalf(string, ...any)
}, painted string, lines []Line, ascii bool) {
	t.Helper()
	bare := sgr.ReplaceAllString(painted, "")
	if strings.ContainsFunc(bare, func(r rune) bool {
		return r != '\n' && mustBeEscaped(r, 'x', "") && r != zwj && r != zwnj && r != emojiStyle && r != textStyle
	}) {
		t.Fatalf("%q contains a control character", bare)
	}
	rows := strings.Split(bare, "\n")
	if len(rows) != max(len(lines), 1) {
		t.Fatalf("%d rows for %d lines", len(rows), len(lines))
	}
	for i, line := range lines {
		if !ascii && rows[i] != line.String() {
			t.Fatalf("line %d is painted as %q, want %q", i, rows[i], line)
		}
		if ascii && printableLen(rows[i]) != len(rows[i]) {
			t.Fatalf("line %d is painted as %q, want ASCII", i, rows[i])
		}
		if got := ansi.StringWidth(rows[i]); got != line.Width() {
			t.Fatalf("line %d takes %d cells, want %d", i, got, line.Width())
		}
	}
	for i, row := range strings.Split(painted, "\n") {
		if codes := sgr.FindAllString(row, -1); len(codes) > 0 && codes[len(codes)-1] != "\x1b[0m" {
			t.Fatalf("line %d does not reset its style: %q", i, row)
		}
	}
}

func TestPaintProperties(t *testing.T) {
	unicode, ascii, none := darkTheme(termenv.TrueColor, theme.Unicode), darkTheme(termenv.ANSI256, theme.ASCII), darkTheme(termenv.Ascii, theme.Unicode)
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(genLine(), 0, 4).Draw(t, "lines")
		checkPainted(t, Paint(unicode, lines), lines, false)
		checkPainted(t, Paint(ascii, lines), lines, true)
		checkPainted(t, Paint(none, lines), lines, false)
		if strings.ContainsRune(Paint(none, lines), 0x1b) {
			t.Fatalf("escape sequences without colour: %q", Paint(none, lines))
		}
	})
}

// TestPaintForScreenReaders: the cursor of the terminal belongs to the selected row or to
// the field, and what is behind a dialog is not drawn.
func TestPaintForScreenReaders(t *testing.T) {
	t.Parallel()
	th := darkTheme(termenv.Ascii, theme.Plain)
	for _, tc := range []struct {
		line Line
		want string
	}{
		{Line{{Text: Lit("▌"), Role: theme.Accent, On: theme.Selected}, {Text: Lit(" a")}}, RowMark + "  a"},
		{Line{{Text: Lit("▌"), Role: theme.Accent, On: theme.Dimmed}, {Text: Lit(" a"), On: theme.Dimmed}}, "   "},
		{Line{{Text: Lit("▌"), Role: theme.Text}}, "▌"}, // of others
		{Line{{Text: Lit("ab"), Role: theme.Title}, {Text: Lit("█"), Role: theme.Accent}}, "ab" + FieldMark + " "},
		{Line{{Text: Lit("╭──"), Role: theme.Accent}}, RowMark + "   "},
	} {
		if got := Paint(th, []Line{tc.line}); got != tc.want {
			t.Errorf("%v: %q, want %q", tc.line, got, tc.want)
		}
	}
	if got := Paint(darkTheme(termenv.Ascii, theme.Unicode), []Line{{{Text: Lit("▌"), Role: theme.Accent}}}); got != "▌" {
		t.Errorf("another theme has a mark: %q", got)
	}
}
