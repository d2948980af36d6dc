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
		want    []columnRange
	}{
		{"exact", "npm", "RUN npm ci && npm test", []columnRange{{4, 7}, {14, 17}}},
		{"lower case matches any case", "from", "FROM node From From:", []columnRange{{0, 4}, {10, 14}, {15, 19}}},
		{"upper case matches itself", "From", "FROM node From from", []columnRange{{10, 14}}},
		{"one upper-case letter is enough", "fRom", "from From", nil},
		{"no match", "zzz", "FROM node", nil},
		{"empty line", "a", "", nil},
		{"longer than the line", "abc", "ab", nil},
		{"at the end", "c", "abc", []columnRange{{2, 3}}},
		{"no overlaps", "aa", "aaaaa", []columnRange{{0, 2}, {2, 4}}},
		{"partial match first", "aab", "aaab", []columnRange{{1, 4}}},
		{"first and last letter", "az", "AZ aZ", []columnRange{{0, 2}, {3, 5}}},
		{"case of letters only", "{`", "[@ {`", []columnRange{{3, 5}}},
		{"no regular expression", "a.c", "abc a.c", []columnRange{{4, 7}}},
		{"after wide characters", "x", "日本x", []columnRange{{4, 5}}},
		{"wide character", "本", "日本語", []columnRange{{2, 4}}},
		{"non-ASCII letters", "ärger", "ÄRGER Ärger", []columnRange{{0, 5}, {6, 11}}},
		{"letter with another length in the other case", "k", "\u212a k", []columnRange{{0, 1}, {2, 3}}}, // KELVIN SIGN
		{"base letter covers its marks", "e", "xe\u0301y e", []columnRange{{1, 2}, {4, 5}}},
		{"mark covers its base letter", "\u0301", "xe\u0301y", []columnRange{{1, 2}}},
		{"twice in one cluster", "\u0301", "xe\u0301\u0301y\u0301", []columnRange{{1, 2}, {2, 2}, {2, 3}}},
		{"after a joined emoji", "x", "👩\u200d💻x", []columnRange{{2, 3}}},
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

// For ASCII, columns agrees with strings.Index, in lower case if the pattern is.
func TestColumnsInASCII(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringMatching(`[aAbB ]{0,40}`).Draw(t, "line")
		literal := rapid.StringMatching(`[aAbB]{1,3}`).Draw(t, "pattern")
		haystack := line
		if literal == strings.ToLower(literal) {
			haystack = strings.ToLower(line)
		}
		var want []columnRange
		for at := 0; ; {
			i := strings.Index(haystack[at:], literal)
			if i < 0 {
				break
			}
			want = append(want, columnRange{at + i, at + i + len(literal)})
			at += i + len(literal)
		}
		if got := newPattern(literal).columns(line); !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %v, want %v", literal, line, got, want)
		}
	})
}

// highlight changes roles and surfaces, not the text.
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
		got := highlight(line, matches, func(match int) bool { return match == current })
		if got.String() != line.String() {
			t.Fatalf("the text of %q changed to %q", line, got)
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
