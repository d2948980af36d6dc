package text

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"github.com/google/go-cmp/cmp"
)

func TestPane(t *testing.T) {
	const c = "\x00" // precedes spans in the role Control
	for name, tc := range map[string]struct {
		raw  string
		want []string
	}{
		"empty":             {"", []string{}},
		"one line":          {"FROM node", []string{"FROM node"}},
		"line feed at end":  {"FROM node\n", []string{"FROM node"}},
		"two at the end":    {"a\n\n", []string{"a", ""}},
		"only line feeds":   {"\n\n", []string{"", ""}},
		"CR LF":             {"a\r\nb\r\n", []string{"a", "b"}},
		"lone CR":           {"10%\r20%\n", []string{"10%" + c + "^M20%"}},
		"CR at the end":     {"a\r", []string{"a" + c + "^M"}},
		"tabs":              {"\ta\tb\n1234567\tc\n\t\t", []string{"        a       b", "1234567 c", "                "}},
		"tab after wide":    {"世界\tx", []string{"世界    x"}},
		"escapes":           {"a\x1b[31mb", []string{"a" + c + "^[[31mb"}},
		"unterminated OSC":  {"RUN a\x1b]0;\nRUN evil", []string{"RUN a" + c + "^[]0;", "RUN evil"}},
		"separators":        {"a\u2028b\u0085c", []string{"a" + c + "<U+2028>b" + c + "<U+0085>c"}},
		"invalid":           {"\xff\n\xfe", []string{c + `\xff`, c + `\xfe`}},
		"mark after a line": {"a\n\u0301", []string{"a", c + "<U+0301>"}},
	} {
		t.Run(name, func(t *testing.T) {
			lines := Pane(tc.raw, theme.Text)
			got := []string{}
			for _, l := range lines {
				checkLine(t, l)
				var b strings.Builder
				for _, s := range l {
					if s.Role == theme.Control {
						b.WriteString(c)
					}
					b.WriteString(s.Text.String())
				}
				got = append(got, b.String())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPaneHighlights(t *testing.T) {
	const raw = "FROM a\n# note\nRUN \"x\ny\"\n"
	at := func(s string) int { return strings.Index(raw, s) }
	got := Pane(raw, theme.Text,
		Highlight{0, 4, theme.Keyword},
		Highlight{at("#"), at("RUN"), theme.Comment},
		Highlight{at("RUN"), at("RUN") + 3, theme.Keyword},
		Highlight{at(`"x`), at(`y"`) + 2, theme.String})
	want := []Line{
		spans("FROM", theme.Keyword, " a", theme.Text),
		spans("# note", theme.Comment),
		spans("RUN", theme.Keyword, " ", theme.Text, "\"x", theme.String),
		spans("y\"", theme.String),
	}
	if diff := cmp.Diff(want, got, compareSafe); diff != "" {
		t.Error(diff)
	}
}

func TestPaneIsTruncated(t *testing.T) {
	line := strings.Repeat("x", 63) + "\n"
	raw := strings.Repeat(line, paneLimit/len(line))
	if lines := Pane(raw, theme.Text); len(lines) != paneLimit/64 || lines[len(lines)-1].String() != line[:63] {
		t.Errorf("%d lines at the limit, the last is %q", len(lines), lines[len(lines)-1])
	}
	lines := Pane(raw+"more\n", theme.Text)
	last := lines[len(lines)-1]
	if last.String() != "… <+5 bytes>" || last[0].Role != theme.Control {
		t.Errorf("the last line is %q", last)
	}
}

// Appending to a line does not overwrite the next one, although they share memory.
func TestPaneLinesAreValues(t *testing.T) {
	lines := Pane(strings.Repeat("a", 100)+"\nb\n", theme.Text)
	_ = append(lines[0], lines[0]...)
	if got := lines[1].String(); got != "b" {
		t.Errorf("the second line changed to %q", got)
	}
}

// Pieces cover the raw text without gaps, and plain pieces are not changed.
func TestPiecesCoverTheText(t *testing.T) {
	for _, raw := range hostileTexts {
		checkPieces(t, raw)
	}
}

func checkPieces(t *testing.T, raw string) {
	t.Helper()
	at := 0
	for p := range pieces(raw) {
		if p.from != at || p.to <= p.from || p.shown == "" || p.width <= 0 {
			t.Fatalf("%q at %d: %+v", raw, at, p)
		}
		if p.kind == plain && p.shown != raw[p.from:p.to] {
			t.Fatalf("%q at %d: shown as %q", raw, at, p.shown)
		}
		at = p.to
	}
	if at != len(raw) {
		t.Fatalf("the pieces of %q end at %d of %d", raw, at, len(raw))
	}
}
