package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestManualPages(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "man1")
	if got := run(t, nil, "man", dir); got.code != 0 || got.err != "" {
		t.Fatalf("%+v", got)
	}
	pages, err := filepath.Glob(dir + "/*.1")
	if err != nil || len(pages) < 8 {
		t.Fatalf("pages %v, %v", pages, err)
	}
	for _, path := range append(pages, filepath.Join(dir, "snapdeck-list.1"), filepath.Join(dir, "snapdeck-doctor.1")) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, title := range []string{"NAME", "SYNOPSIS", "DESCRIPTION", "EXAMPLES"} {
			if !strings.Contains(string(raw), ".SH "+title+"\n") && filepath.Base(path) != "snapdeck-version.1" {
				t.Errorf("%s has no %s", path, title)
			}
		}
	}
	main, err := os.ReadFile(filepath.Join(dir, "snapdeck.1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, says := range []string{`\fB\-\-read\-only\fR`, ".SH EXIT STATUS", "DAYTONA_API_KEY", ".BR snapdeck\\-list (1)"} {
		if !strings.Contains(string(main), says) {
			t.Errorf("the main page misses %q", says)
		}
	}
	if got := run(t, nil, "man"); got.code != exitUsage {
		t.Errorf("without a folder: %+v", got)
	}
	if strings.Contains(run(t, nil, "--help").out, "Write the manual pages") {
		t.Error("the help shows the command")
	}
}

// TestManRendersThePages has man render each page, which reports mistakes.
func TestManRendersThePages(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("man")
	if err != nil {
		t.Skip("there is no man")
	}
	if version, _ := exec.CommandContext(t.Context(), program, "--version").Output(); !strings.HasPrefix(string(version), "man 2") {
		t.Skip("this man is not man-db, which can check pages")
	}
	dir := t.TempDir()
	if got := run(t, nil, "man", dir); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	pages, _ := filepath.Glob(dir + "/*.1")
	for _, path := range pages {
		cmd := exec.CommandContext(t.Context(), program, "--warnings", "-l", path)
		cmd.Env = append(os.Environ(), "MANWIDTH=80", "LC_ALL=C.UTF-8", "MANPAGER=cat", "MANROFFSEQ=")
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil || stderr.Len() > 0 || !strings.Contains(string(out), "SYNOPSIS") {
			t.Errorf("%s: %v, %s\n%s", filepath.Base(path), err, stderr.String(), out)
		}
	}
}
