package theme

import (
	"testing"

	"github.com/muesli/termenv"
)

func TestPlainKeepsTextsOfOthers(t *testing.T) {
	t.Parallel()
	th := New(renderer(termenv.Ascii), Dark(), Plain)
	for _, tc := range []struct {
		text string
		role Role
		want string
	}{
		{"✗ error", Failed, "  error"},
		{"╭──╮", Accent, "    "},
		{"───", Line, "   "},
		{"─ ✗ 世", Text, "─ ✗ 世"},
		{"✓ 3 · 世", Dim, "  3 · 世"},
		{"✓", String, "✓"},
		{"●", Accent, "*"},
		{"● ", Key, "* "},
		{"● y", Key, "* y"},
		{"◌ ", Dim, "  "},
		{"●", Active, " "},
		{"•", Accent, " "},
	} {
		if got := th.FoldAs(tc.text, tc.role); got != tc.want {
			t.Errorf("%q as role %d: %q, want %q", tc.text, tc.role, got, tc.want)
		}
	}
	if got := New(renderer(termenv.Ascii), Dark(), ASCII).FoldAs("✗", Text); got != "x" {
		t.Errorf("ASCII: %q", got)
	}
}
