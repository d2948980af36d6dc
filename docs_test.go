package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
)

// readmeLines is how long a README is that a newcomer reads to the end.
const readmeLines = 200

func document(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestReadmeIsShort(t *testing.T) {
	if n := strings.Count(document(t, "README.md"), "\n"); n > readmeLines {
		t.Errorf("%d lines, want at most %d", n, readmeLines)
	}
}

// TestLinksOfTheManual follows the links between the pages, to their headings too.
func TestLinksOfTheManual(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("there are no pages", err)
	}
	readme := document(t, "README.md")
	link, heading := regexp.MustCompile(`\]\(([^)]+)\)`), regexp.MustCompile(`(?m)^#+ (.+)$`)
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md") {
		if filepath.Dir(page) == "docs" && !strings.Contains(readme, "]("+filepath.ToSlash(page)+")") {
			t.Errorf("the README does not link %s", page)
		}
		for _, found := range link.FindAllStringSubmatch(document(t, page), -1) {
			path, anchor, _ := strings.Cut(found[1], "#")
			if strings.Contains(path, "://") {
				continue
			}
			target := page
			if path != "" {
				target = filepath.Join(filepath.Dir(page), path)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links %s: %v", page, found[1], err)
				continue
			}
			if anchor == "" {
				continue
			}
			anchors := map[string]bool{}
			for _, h := range heading.FindAllStringSubmatch(document(t, target), -1) {
				anchors[strings.ReplaceAll(strings.ToLower(h[1]), " ", "-")] = true
			}
			if !anchors[anchor] {
				t.Errorf("%s links %s, which has no such heading", page, found[1])
			}
		}
	}
}

func TestTheManualNamesFieldsAndThemes(t *testing.T) {
	_, queries, _ := strings.Cut(document(t, "README.md"), "\n## Queries\n")
	queries, _, _ = strings.Cut(queries, "\n## ")
	for _, field := range query.Fields() {
		if !strings.Contains(queries, "`"+field+":") && !strings.Contains(queries, "`"+field+"`") {
			t.Errorf("the README's table of queries has no %s:", field)
		}
	}
	for _, name := range theme.Names() {
		for _, page := range []string{"docs/themes.md", "docs/configuration.md", "testdata/config.example.yaml", "testdata/theme.example.yaml"} {
			if !regexp.MustCompile(`\b` + name + `\b`).MatchString(document(t, page)) {
				t.Errorf("%s does not name the theme %s", page, name)
			}
		}
	}
}
