package cli

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// TestManualNamesEveryFlag keeps the manual's table of flags complete.
func TestManualNamesEveryFlag(t *testing.T) {
	raw, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	flags := (&program{}).rootCommand().Flags()
	flags.VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden && !strings.Contains(string(raw), "`--"+flag.Name) {
			t.Errorf("docs/configuration.md has no --%s", flag.Name)
		}
	})
	if !flags.HasFlags() {
		t.Error("there are no flags")
	}
}
