package theme

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

func TestFold(t *testing.T) {
	th := New(renderer(termenv.Ascii), Dark(), ASCII)
	for in, want := range map[string]string{
		"":                       "",
		"plain ASCII ~!":         "plain ASCII ~!",
		"✗ error":                "x error",
		"◐⊙⇣◌✓○−":                "*&v:+o-",
		"● live":                 "@ live",
		"☾ 2d":                   "( 2d",
		"▌  node":                ">  node",
		"────━━━──":              "----===--",
		"╭─╮│╰╯":                 "+-+|++",
		"3fa2…e91c · 2 CPU":      "3fa2~e91c . 2 CPU",
		"STATE ▼ ▲":              "STATE v ^",
		"a↵b":                    "a$b",
		"– → ×":                  "- > x",
		"⚠ /no█":                 "! /no_",
		"café":                   "caf?",
		"cafe\u0301":             "caf?",
		"世界":                     "????",
		"👩\u200d👩\u200d👧 and 🇫🇷": "?? and ??",
		"⚠\ufe0f":                "??", // the wide emoji is not the narrow glyph
	} {
		got := th.fold(in)
		if got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
		if ansi.StringWidth(got) != ansi.StringWidth(in) {
			t.Errorf("Fold(%q) has %d cells instead of %d", in, ansi.StringWidth(got), ansi.StringWidth(in))
		}
	}
}

func TestFoldToUnicode(t *testing.T) {
	const s = "✗ 世界 cafe\u0301"
	if got := trueColor(Dark()).fold(s); got != s {
		t.Errorf("got %q", got)
	}
}

func TestGlyphTable(t *testing.T) {
	for glyph, as := range asciiGlyphs {
		if ansi.StringWidth(glyph) != 1 {
			t.Errorf("%q takes %d cells, want 1", glyph, ansi.StringWidth(glyph))
		}
		if as < ' ' || as > '~' || as == '?' {
			t.Errorf("%q becomes %q", glyph, as)
		}
	}
	states := map[byte]string{}
	for _, glyph := range []string{"✗", "◐", "⊙", "⇣", "◌", "✓", "○", "−", "·"} { // the last one is a separator
		if other, taken := states[asciiGlyphs[glyph]]; taken {
			t.Errorf("the states %s and %s both become %q", glyph, other, asciiGlyphs[glyph])
		}
		states[asciiGlyphs[glyph]] = glyph
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"✗ error", "cafe\u0301", "世", "\xff\x80", "\u0301", "🇫🇷", "\x1b[0m", "a\u200db"} {
		f.Add(s)
	}
	th := New(renderer(termenv.Ascii), Dark(), ASCII)
	f.Fuzz(func(t *testing.T, s string) {
		if got := th.fold(s); !isASCII(got) {
			t.Errorf("Fold(%q) = %q", s, got)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	th := New(renderer(termenv.Ascii), Dark(), ASCII)
	for b.Loop() {
		th.fold("▌  node-20-agents            ✓ active       daytona-3fa2…e91c:daytona")
	}
}
