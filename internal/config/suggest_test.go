package config

import "testing"

func TestEditDistance(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"kitten", "sitting", 3},
		{"query", "qeury", 2},
		{"interval", "intervall", 1},
		{"intervall", "interval", 1},
		{"a", "bcda", 3},
		{"bcda", "a", 3},
		{"Read-Only", "read_only", 0},
		{"größe", "grösse", 2},
	} {
		if got := editDistance(tc.a, tc.b); got != tc.want {
			t.Errorf("%q to %q: %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
}

func TestClosestPrefersTheFirst(t *testing.T) {
	t.Parallel()
	if got := closest("used", []string{"user", "uses", "name"}); got != "user" {
		t.Errorf("got %q, want the first of two", got)
	}
}
