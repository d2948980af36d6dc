package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestManualFlags compares the flags that the manual names with those of all commands.
func TestManualFlags(t *testing.T) {
	t.Parallel()
	root := (&program{}).rootCommand()
	known := map[string]bool{"--all": true, "--line-buffered": true, "--preview": true} // of the Daytona CLI, grep and fzf
	for _, cmd := range append([]*cobra.Command{root}, root.Commands()...) {
		cmd.Flags().VisitAll(func(flag *pflag.Flag) { known["--"+flag.Name] = true })
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	comment, written := regexp.MustCompile(`<!--.*?-->`), regexp.MustCompile(`--[a-z][a-z-]*[a-z]`)
	manual := ""
	for _, page := range append(pages, "../../README.md") {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		text := comment.ReplaceAllString(string(raw), "")
		for _, flag := range written.FindAllString(text, -1) {
			if !known[flag] {
				t.Errorf("%s names %s, which no command has", page, flag)
			}
		}
		manual += text
	}
	root.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden && !strings.Contains(manual, "`--"+flag.Name) {
			t.Errorf("the manual does not name --%s", flag.Name)
		}
	})
}
