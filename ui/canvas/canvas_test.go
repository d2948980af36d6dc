package canvas

import (
	"image"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func shown(c *Canvas) string {
	var lines []string
	for _, line := range c.Lines() {
		lines = append(lines, line.String())
	}
	return strings.Join(lines, "\n")
}

func blank(size image.Point) *Canvas {
	c := new(Canvas)
	c.Reset(size)
	return c
}

func lit(s text.Safe) text.Line { return s.As(theme.Text) }

func TestPutAndRule(t *testing.T) {
	c := blank(image.Pt(6, 4))
	c.Put(image.Rect(1, 1, 4, 3), lit(text.Lit("one")), lit(text.Lit("too long")))
	c.Put(image.Rectangle{}, lit(text.Lit("nowhere")))
	c.Rule(image.Rect(0, 3, 6, 4))
	c.Rule(image.Rect(5, 0, 6, 3))
	if got, want := shown(c), "     │\n one │\n to… │\n──────"; got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
}

func TestPutOverOthers(t *testing.T) {
	for _, tc := range []struct {
		at   image.Point
		want string
	}{
		{image.Pt(2, 0), "ab╭─╮fgh\n世╰─╯ 界\nijkl    \n        "},
		{image.Pt(1, 1), "abcdefgh\n ╭─╮世界\ni╰─╯    \n        "},
		{image.Pt(-1, 3), "abcdefgh\n世界世界\nijkl    \n─╮      "},
		{image.Pt(6, -1), "abcdef╰─\n世界世界\nijkl    \n        "},
		{image.Pt(8, 0), "abcdefgh\n世界世界\nijkl    \n        "},
		{image.Pt(-9, 9), "abcdefgh\n世界世界\nijkl    \n        "},
	} {
		c := blank(image.Pt(8, 4))
		c.Put(image.Rect(0, 0, 8, 4), lit(text.Lit("abcdefgh")), lit(text.Lit("世界世界")), lit(text.Lit("ijkl")))
		c.Put(image.Rect(0, 0, 3, 2).Add(tc.at), lit(text.Lit("╭─╮")), lit(text.Lit("╰─╯")))
		if diff := cmp.Diff(tc.want, shown(c)); diff != "" {
			t.Errorf("at %v\n%s", tc.at, diff)
		}
	}
}

// reference draws a frame as a canvas does, by copying lines.
type reference []text.Line

func (f reference) put(r image.Rectangle, lines []text.Line) {
	for i, line := range text.Block(lines, r.Dx(), r.Dy()) {
		y := r.Min.Y + i
		if y < 0 || y >= len(f) {
			continue
		}
		width := f[y].Width()
		line = line.Slice(-r.Min.X, width-r.Min.X)
		x := max(r.Min.X, 0)
		f[y] = text.Join(f[y].Slice(0, x), line, f[y].Slice(x+line.Width(), width))
	}
}

func genLine() *rapid.Generator[text.Line] {
	word := rapid.OneOf(rapid.StringMatching(`[a-z ]{0,8}`), rapid.SampledFrom([]string{"世界", "é", "👩\u200d🚀", "\x1b[31m", "…"}))
	return rapid.Custom(func(t *rapid.T) text.Line {
		var line text.Line
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			role := theme.Role(rapid.IntRange(0, int(theme.Comment)).Draw(t, "role"))
			on := theme.Surface(rapid.IntRange(0, int(theme.Dimmed)).Draw(t, "surface"))
			line = text.Join(line, text.Cell(word.Draw(t, "word")).As(role).On(on))
		}
		return line
	})
}

// A canvas looks the same as one that copies every line, also when it is reused, and it
// does not modify the lines.
func TestPutLooksLikeCopying(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	th := theme.New(r, theme.Dark(), theme.Unicode)
	c := blank(image.Point{})
	rapid.Check(t, func(t *rapid.T) {
		size := image.Pt(rapid.IntRange(1, 30).Draw(t, "w"), rapid.IntRange(1, 6).Draw(t, "h"))
		c.Reset(size)
		want := reference(text.Block(nil, size.X, size.Y))
		for range rapid.IntRange(0, 6).Draw(t, "regions") {
			if rapid.IntRange(0, 3).Draw(t, "dim") == 0 {
				c.dim()
				for y := range want {
					want[y] = want[y].On(theme.Dimmed)
				}
			}
			at := image.Pt(rapid.IntRange(-10, 35).Draw(t, "x"), rapid.IntRange(-4, 8).Draw(t, "y"))
			r := image.Rect(0, 0, rapid.IntRange(0, 30).Draw(t, "rw"), rapid.IntRange(0, 6).Draw(t, "rh")).Add(at)
			lines := rapid.SliceOfN(genLine(), 0, 6).Draw(t, "lines")
			before := make([]text.Line, len(lines))
			for i := range lines {
				before[i] = slices.Clone(lines[i])
			}
			c.Put(r, lines...)
			want.put(r, lines)
			if !slices.EqualFunc(lines, before, slices.Equal) {
				t.Fatal("a line was modified")
			}
		}
		got := c.Lines()
		if a, b := text.Paint(th, got), text.Paint(th, want); a != b {
			t.Fatalf("got\n%q\nwant\n%q", a, b)
		}
		for y, line := range got {
			if line.Width() != size.X {
				t.Fatalf("line %d takes %d cells", y, line.Width())
			}
		}
		if len(got) != size.Y {
			t.Fatalf("%d lines", len(got))
		}
	})
}

func TestBox(t *testing.T) {
	c := blank(image.Pt(9, 5))
	c.Put(image.Rect(0, 0, 9, 5), lit(text.Lit("below")))
	c.Box(image.Rect(1, 1, 8, 4), []text.Line{lit(text.Lit("asked?")), lit(text.Lit("no room"))})
	if got, want := shown(c), "below    \n ╭─────╮ \n │aske…│ \n ╰─────╯ \n         "; got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
	if on := c.Lines()[0][0].On; on != theme.Dimmed {
		t.Errorf("what is below the box lies on %v", on)
	}
	for _, span := range c.Lines()[2] {
		if inside := span.Text.String() == "aske…"; inside && span.On != theme.Base {
			t.Errorf("the box lies on %v", span.On)
		}
	}
	c = blank(image.Pt(4, 2))
	c.Box(image.Rect(0, 0, 4, 2), nil)
	if got := shown(c); got != "    \n    " {
		t.Errorf("a box without an inside is %q", got)
	}
}

// BenchmarkCanvas measures a frame of two panes with and without a box.
func BenchmarkCanvas(b *testing.B) {
	row := text.Join(text.Lit("node-20-agents-canary   ").As(theme.Text), text.Lit("active ").As(theme.Active), text.Lit("us eu").As(theme.Dim))
	lines := slices.Repeat([]text.Line{row}, 46)
	c := blank(image.Pt(200, 50))
	for name, boxed := range map[string]bool{"panes": false, "box": true} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Reset(image.Pt(200, 50))
				c.Put(image.Rect(0, 2, 120, 48), lines...)
				c.Rule(image.Rect(120, 2, 121, 48))
				c.Put(image.Rect(121, 2, 200, 48), lines...)
				if boxed {
					c.Box(image.Rect(60, 15, 140, 35), lines)
				}
				c.Lines()
			}
		})
	}
}

func TestBar(t *testing.T) {
	for share, want := range map[float64]string{-1: "──────────", 0: "──────────", 0.5: "━━━━━─────", 1: "━━━━━━━━━━", 2: "━━━━━━━━━━"} {
		if got := Bar(share, 10, theme.Building).String(); got != want {
			t.Errorf("%v is %q, want %q", share, got, want)
		}
	}
	if got := Bar(0.5, 0, theme.Building).Width(); got != 0 {
		t.Errorf("a bar without room has %d cells", got)
	}
	bar := Bar(0.75, 4, theme.Building)
	if len(bar) != 2 || bar[0].Role != theme.Building || bar[0].Text.Width() != 3 || bar[1].Role != theme.Line {
		t.Errorf("the roles are %v", bar)
	}
}

func BenchmarkBar(b *testing.B) {
	for b.Loop() {
		Bar(0.5, 14, theme.Building)
	}
}

func TestCentre(t *testing.T) {
	for size, want := range map[image.Point]string{
		{12, 5}: "............|...abc......|...de.fg....|............|............",
		{9, 3}:  "..abc....|..de.fg..|.........",
		{8, 3}:  "..abc...|..de....|..fg....",
		{8, 2}:  "..abc...|..de....",
		{3, 2}:  ".a.|.b.",
	} {
		c := blank(size)
		c.Centre(image.Rectangle{Max: size}, text.Lit("abc").As(theme.Text), text.Lit("de fg").As(theme.Dim))
		var got []string
		for _, line := range c.Lines() {
			got = append(got, strings.ReplaceAll(line.String(), " ", "."))
		}
		if joined := strings.Join(got, "|"); joined != want {
			t.Errorf("in %v\n got %s\nwant %s", size, joined, want)
		}
	}
}
