package text

import (
	"slices"
	"testing"
	"unicode"
)

// The tables of cluster.go hold these runes and no others.
func TestClusterTables(t *testing.T) {
	for name, test := range map[string]struct {
		table *unicode.RangeTable
		want  []rune
	}{
		"modifiers": {modifiers, []rune{0x0e33, 0x0eb3, 0xff9e, 0xff9f, 0x1f3fb, 0x1f3fc, 0x1f3fd, 0x1f3fe, 0x1f3ff}},
		"viramas":   {viramas, []rune{0x094d, 0x09cd, 0x0a4d, 0x0acd, 0x0b4d, 0x0bcd, 0x0c4d, 0x0ccd, 0x0d4d, 0x0dca}},
		"prependLetters": {prependLetters, []rune{
			0x0d4e, 0x111c2, 0x111c3, 0x113d1, 0x1193f, 0x11941, 0x11a3a,
			0x11a84, 0x11a85, 0x11a86, 0x11a87, 0x11a88, 0x11a89, 0x11d46, 0x11f02,
		}},
	} {
		var got []rune
		for r := range rune(unicode.MaxRune + 1) {
			if unicode.Is(test.table, r) {
				got = append(got, r)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %x, want %x", name, got, test.want)
		}
	}
}
