package config

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestHugeFilesFailFast parses files at the limit of bytes, for which the lexer or the
// parser takes up to 30 s.
func TestHugeFilesFailFast(t *testing.T) {
	t.Parallel()
	fill := func(unit string) string { return strings.Repeat(unit, maxBytes/len(unit)) }
	distinct := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	var indented strings.Builder
	for i := 0; indented.Len() < maxBytes; i++ {
		indented.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	const tooLong, tooDeep = "too long: expected at most ", "nested too deeply: expected at most 16 levels"
	for name, tc := range map[string]struct{ source, want string }{
		"open brackets":        {fill("["), tooLong},
		"brackets":             {strings.Repeat("[", 17) + strings.Repeat("]", 17), ":1:17: " + tooDeep},
		"braces":               {strings.Repeat("{a: ", 17), ":1:65: " + tooDeep},
		"dashes":               {fill("- "), tooLong},
		"fewer dashes":         {strings.Repeat("- ", 17) + "x", ":1:33: " + tooDeep},
		"keys in keys":         {indented.String(), ":17:17: " + tooDeep},
		"dashes and brackets":  {"views:\n" + strings.Repeat("- ", 9) + strings.Repeat("[", 8), tooDeep},
		"empty lines in block": {"query: |\n" + fill("\n"), ":2001:1: " + tooLong},
		"carriage returns":     {"query: |\n" + fill("\r"), tooLong},
		"different keys":       {distinct("k%d: 1\n", 6000), tooLong},
		"keys on one line":     {"{" + distinct("k%d: 1,", 6000) + "}", tooLong},
		"items":                {"protect: [" + fill("a,"), tooLong},
		"anchors":              {fill("&a "), tooLong},
	} {
		start := time.Now()
		_, _, err := Parse("x", []byte(tc.source))
		if err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

// TestLimitsLeaveRoom parses files that are larger than what users write.
func TestLimitsLeaveRoom(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"views:\n" + strings.Repeat("- {name: a, query: 'state:failed', sort: age}\n", 400),
		"protect:\n" + strings.Repeat("- a-*\n", 1900),
		"profiles:\n" + strings.Repeat("  ", 7) + "x:\n" + strings.Repeat("  ", 15) + "read_only: true\n",
		"query: |\n" + strings.Repeat("\n", 1900) + "  x\n",
	} {
		start := time.Now()
		if _, _, err := Parse("x", []byte(source)); err != nil {
			t.Errorf("%.20q: %v", source, err)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.20q: took %v", source, took)
		}
	}
}
