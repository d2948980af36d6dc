package buildlog

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func TestLineKeepsColoursAndRemovesOtherEscapes(t *testing.T) {
	t.Parallel()
	cases := []struct{ raw, plain string }{
		{"plain", "plain"},
		{"\x1b[31mred\x1b[0m plain", "red plain"},
		{"\x1b[2K\x1b[1Gstep", "step"},
		{"\x1b]0;pwned\x07after", "after"},
		{"\x1b]0;never ended", "^[]0;never ended"},
		{"\x1b", "^["},
		{"\x1b[31", "^[[31"},
		{"\x1b[38;5;208morange", "orange"},
	}
	for _, c := range cases {
		if got := Line(c.raw).String(); got != c.plain {
			t.Errorf("Line(%q) shows %q, want %q", c.raw, got, c.plain)
		}
	}
	if line := Line("\x1b[31mred"); line[0].Role != theme.Failed {
		t.Errorf("red has the role %v", line[0].Role)
	}
}

// Of a progress that is drawn over itself a terminal shows the newest.
func TestLogShowsTheNewestOfALineThatIsDrawnOver(t *testing.T) {
	t.Parallel()
	cases := []struct{ raw, plain string }{
		{"10%\r20%\r30%", "30%"},
		{"10%\r20%\r", "20%"},
		{"10%\r\x1b[K20%\x1b[2K\r", "20%"},
		{"a longer one\x1b[2K\x1b[1Gshort", "short"},
		{"first\x1b[Gsecond\x1b[0Kend", "secondend"},
		{"kept\x1b[5G and the rest", "kept and the rest"},
		{"\x1b[32mgreen\rstill green", "still green"},
	}
	for _, c := range cases {
		if got := Line(c.raw).String(); got != c.plain {
			t.Errorf("Line(%q) shows %q, want %q", c.raw, got, c.plain)
		}
	}
	if line := Line("\x1b[32mgreen\rstill green"); line[0].Role != theme.Active {
		t.Errorf("a colour that was not ended has the role %v", line[0].Role)
	}
}

// A build can print for hours without a line feed.
func TestLongLineOfALogIsCutBeforeItIsRead(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ raw, starts, ends string }{
		"colours":  {strings.Repeat("\x1b[31mred\x1b[0m ", 1<<16), "red red", fmt.Sprintf("<+%d bytes>", 13<<16-maxLineBytes)},
		"plain":    {strings.Repeat("x", 1<<20), "xxx", fmt.Sprintf("<+%d bytes>", 1<<20-maxLineBytes)},
		"progress": {strings.Repeat("\x1b[2K\r working", 1<<16) + "\r 100 %", " 100 %", " 100 %"},
		"erased":   {strings.Repeat("x", 1<<20) + "\x1b[2K\x1b[1Gdone", "done", "done"},
	} {
		t.Run(name, func(t *testing.T) {
			line := Line(tc.raw)
			if got := line.String(); len(got) > maxLineBytes+20 || !strings.HasPrefix(got, tc.starts) || !strings.HasSuffix(got, tc.ends) {
				t.Errorf("of %d bytes %d are shown: %.20q … %q", len(tc.raw), len(got), got, got[max(len(got)-20, 0):])
			}
			if len(line) > maxLineBytes {
				t.Errorf("it is drawn in %d pieces", len(line))
			}
		})
	}
}

// FuzzLine proves that no byte of a build log acts on the terminal, and that
// what is no whole escape sequence is shown.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{"plain", "\x1b[31mred\x1b[0m", "\x1b]0;x\x07y", "\x1b[38;5;1m", "\xff\x00\x1b", "\x1b[", "a\rb", "a\x1b[2Kb\x1b[1Gc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		line := Line(raw)
		if at := strings.IndexFunc(text.Paint(theme.Theme{}, []text.Line{line}), unicode.IsControl); at >= 0 && !strings.Contains(raw, "\n") {
			t.Fatalf("%q lets a control character through", raw)
		}
		if !strings.ContainsAny(raw, "\x1b\r") && line.String() != text.Styled(raw, theme.Text, nil).String() {
			t.Fatalf("%q is shown as %q", raw, line)
		}
	})
}
