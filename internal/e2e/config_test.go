//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestConfiguration: the dashboard uses the keys, views and theme of the file, and warns
// about an unknown key.
func TestConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	for name, source := range map[string]string{
		"config.yaml": "intervall: 5s\ntheme: mine.yaml\nkeys:\n  sort.menu: S\n  regions.open: []\nviews:\n  - {name: my view, query: 'state:failed', sort: 'age:reverse'}\n",
		"mine.yaml":   "base: dark\nfailed: 123\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tty := startDemo(t, "--config", path)
	tty.WaitFor(`unknown key "intervall" ignored; closest match: "interval"`)
	tty.Type("s")
	tty.Type("S")
	tty.WaitFor("Sort by")
	tty.Type("q")
	tty.WaitForNo("Sort by")
	tty.Type("v")
	tty.WaitFor("my view")
	tty.Type("q")
	if !strings.Contains(tty.Output(), "\x1b[38;5;123m") {
		t.Error("no text has the colour of the theme file")
	}
	tty.Type("t")
	tty.WaitFor("theme: dark")
	tty.Type("q")
	checkExit(t, tty, 0)
}
