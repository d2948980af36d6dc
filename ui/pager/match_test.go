package pager

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func TestColumns(t *testing.T) {
	tests := []struct {
		name    string
		pattern string
		line    string
		want    []stretch
	}{
		{"as it is", "npm", "RUN npm ci && npm test", []stretch{{4, 7}, {14, 17}}},
		{"lower case finds any case", "from", "FROM node From From:", []stretch{{0, 4}, {10, 14}, {15, 19}}},
		{"upper case finds itself", "From", "FROM node From from", []stretch{{10, 14}}},
		{"one upper-case letter is enough", "fRom", "from From", nil},
		{"not at all", "zzz", "FROM node", nil},
		{"an empty line", "a", "", nil},
		{"longer than the line", "abc", "ab", nil},
		{"at the end", "c", "abc", []stretch{{2, 3}}},
		{"no overlaps", "aa", "aaaaa", []stretch{{0, 2}, {2, 4}}},
		{"a false start", "aab", "aaab", []stretch{{1, 4}}},
		{"the ends of the alphabet", "az", "AZ aZ", []stretch{{0, 2}, {3, 5}}},
		{"only letters have cases", "{`", "[@ {`", []stretch{{3, 5}}},
		{"no syntax in it", "a.c", "abc a.c", []stretch{{4, 7}}},
		{"behind wide characters", "x", "日本x", []stretch{{4, 5}}},
		{"a wide character", "本", "日本語", []stretch{{2, 4}}},
		{"folded beyond ASCII", "ärger", "ÄRGER Ärger", []stretch{{0, 5}, {6, 11}}},
		{"a letter that is longer in the other case", "k", "\u212a k", []stretch{{0, 1}, {2, 3}}}, // KELVIN SIGN
		{"a base letter has its marks", "e", "xe\u0301y e", []stretch{{1, 2}, {4, 5}}},
		{"a mark has its base letter", "\u0301", "xe\u0301y", []stretch{{1, 2}}},
		{"twice in one cluster", "\u0301", "xe\u0301\u0301y\u0301", []stretch{{1, 2}, {2, 2}, {2, 3}}},
		{"behind a joined emoji", "x", "👩\u200d💻x", []stretch{{2, 3}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := newPattern(tt.pattern).columns(tt.line)
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q in %q: %v, want %v", tt.pattern, tt.line, got, tt.want)
			}
			if n := newPattern(tt.pattern).count(tt.line); n != len(tt.want) {
				t.Errorf("%q in %q: counted %d, want %d", tt.pattern, tt.line, n, len(tt.want))
			}
		})
	}
}

// In ASCII there is a plain rule: the stretches of the line that are the pattern,
// both in lower case if the pattern is.
func TestColumnsInASCII(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringMatching(`[aAbB ]{0,40}`).Draw(t, "line")
		literal := rapid.StringMatching(`[aAbB]{1,3}`).Draw(t, "pattern")
		hay := line
		if literal == strings.ToLower(literal) {
			hay = strings.ToLower(line)
		}
		var want []stretch
		for at := 0; ; {
			i := strings.Index(hay[at:], literal)
			if i < 0 {
				break
			}
			want = append(want, stretch{at + i, at + i + len(literal)})
			at += i + len(literal)
		}
		if got := newPattern(literal).columns(line); !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %v, want %v", literal, line, got, want)
		}
	})
}

// A highlight changes what a line looks like and never what it says.
func TestHighlightKeepsTheText(t *testing.T) {
	letters := rapid.SampledFrom([]string{"a", "A", "ä", "日", "e\u0301", "👩\u200d💻", " ", "🇩🇪"})
	words := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(letters, 0, 12).Draw(t, "letters"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		line := text.Join(
			text.Cell(words.Draw(t, "first")).As(theme.Text),
			text.Cell(words.Draw(t, "second")).As(theme.Keyword),
		)
		p := newPattern(words.Draw(t, "pattern"))
		if p.isEmpty() {
			return
		}
		matches := p.columns(line.String())
		current := rapid.IntRange(-1, len(matches)).Draw(t, "current")
		got := highlight(line, matches, current)
		if got.String() != line.String() {
			t.Fatalf("%q became %q", line, got)
		}
		end := 0
		for _, m := range matches {
			if m.from < end || m.to < m.from || m.to > line.Width() {
				t.Fatalf("matches %v in a line of %d cells", matches, line.Width())
			}
			for _, s := range got.Slice(m.from, m.to) {
				if s.Role != theme.Match {
					t.Fatalf("%q of match %v has role %v", s.Text, m, s.Role)
				}
			}
			end = m.to
		}
	})
}
