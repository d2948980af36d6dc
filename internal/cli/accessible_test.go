package cli

import (
	"testing"

	"github.com/spf13/pflag"

	"daytona/snapdeck/theme"
)

func TestAccessible(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		variable string
		args     []string
		want     bool
	}{
		{"", nil, false},
		{"", []string{"--accessible"}, true},
		{"1", nil, true},
		{"yes", nil, true},
		{"0", nil, false},
		{"false", nil, false},
		{"1", []string{"--accessible=false"}, false},
		{"0", []string{"--accessible"}, true},
	} {
		p := &program{Environment: Environment{Getenv: func(string) string { return tc.variable }}}
		f, set := &flags{}, pflag.NewFlagSet("", pflag.ContinueOnError)
		f.addDashboardFlags(set)
		if err := set.Parse(tc.args); err != nil {
			t.Fatal(err)
		}
		if got := p.accessible(set, f); got != tc.want {
			t.Errorf("SNAPDECK_ACCESSIBLE=%s %v: %v", tc.variable, tc.args, got)
		}
	}
	if glyphs(true, true) != theme.Plain || glyphs(true, false) != theme.ASCII || glyphs(false, false) != theme.Unicode {
		t.Error("wrong glyphs")
	}
}
