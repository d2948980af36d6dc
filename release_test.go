package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// TestActionsArePinned checks that no tag of an action can be moved under a release, and
// that each job has its own permissions.
func TestActionsArePinned(t *testing.T) {
	t.Parallel()
	workflows, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(workflows) == 0 {
		t.Fatal("there are no workflows", err)
	}
	pinned := regexp.MustCompile(`^\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for _, path := range workflows {
		workflow := document(t, path)
		for line := range strings.Lines(workflow) {
			if _, action, found := strings.Cut(strings.TrimSpace(line), "uses: "); found && !pinned.MatchString(action) {
				t.Errorf("%s: %s is not pinned by hash, with the version as a comment", path, action)
			}
		}
		if !strings.Contains(workflow, "\npermissions: {}") {
			t.Errorf("%s gives permissions to all jobs", path)
		}
		jobs := regexp.MustCompile(`(?m)^    runs-on: `).FindAllString(workflow, -1)
		permissions := regexp.MustCompile(`(?m)^    permissions:$`).FindAllString(workflow, -1)
		if len(jobs) == 0 || len(jobs) != len(permissions) {
			t.Errorf("%s has %d jobs and %d lists of permissions", path, len(jobs), len(permissions))
		}
		if path != filepath.Join(".github", "workflows", "release.yml") && strings.Contains(workflow, ": write") {
			t.Errorf("%s can write", path)
		}
	}
}

// TestChangelogOfATag runs the check of a release.
func TestChangelogOfATag(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("releases are made on Linux")
	}
	changelog := func(tag string) (string, error) {
		out, err := exec.CommandContext(t.Context(), "bash", ".ci/changelog", tag).Output()
		return string(out), err
	}
	if out, err := changelog("v0.0.0"); err == nil {
		t.Errorf("a tag that is not in the changelog has the notes %q", out)
	}
	heading := regexp.MustCompile(`(?m)^## (\S+)`)
	for _, found := range heading.FindAllStringSubmatch(document(t, "CHANGELOG.md"), -1) {
		out, err := changelog(found[1])
		if err != nil || !strings.Contains(out, "- ") || strings.Contains(out, "\n## ") {
			t.Errorf("the notes of %s are %q, %v", found[1], out, err)
		}
	}
}

func TestIssueTemplateAsksForTheLog(t *testing.T) {
	t.Parallel()
	template := document(t, ".github/ISSUE_TEMPLATE/bug.yml")
	for _, asks := range []string{"--debug", "snapdeck doctor", "snapdeck version", "SECURITY.md"} {
		if !strings.Contains(template, asks) {
			t.Errorf("the template for bugs does not ask for %s", asks)
		}
	}
}
