//go:build linux

package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	demoapi "daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/ptytest"
)

// program returns a command that runs the program in s.home with the server s.
func (s *faultyServer) program(args ...string) *exec.Cmd {
	cmd := program(s.t, args...)
	cmd.Env = []string{
		"TERM=xterm-256color", "HOME=" + s.home, "PATH=" + os.Getenv("PATH"),
		"DAYTONA_API_URL=" + s.url, "DAYTONA_API_KEY=" + demoapi.Key,
	}
	return cmd
}

// startRebuild starts a rebuild of the target in the dashboard.
func (s *faultyServer) startRebuild(mode string) *ptytest.Terminal {
	s.t.Helper()
	tty := ptytest.Start(s.t, s.program("--query", target, "--interval", "1s"), ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("R")
	tty.WaitFor("esc cancel")
	tty.WaitFor(armedWord)
	if mode != inPlace {
		tty.Type("\t")
		tty.WaitFor("[" + mode)
	}
	tty.Type(target)
	tty.WaitFor("› " + target)
	tty.Type("\r")
	return tty
}

// rebuildUntil runs a rebuild up to p, where it blocks until resume is called.
func (s *faultyServer) rebuildUntil(mode string, p faultPoint) *ptytest.Terminal {
	s.t.Helper()
	s.injectAt(p, s.block)
	tty := s.startRebuild(mode)
	select {
	case <-s.reached:
	case <-time.After(time.Minute):
		s.t.Fatalf("the rebuild does not reach the fault point; the screen:\n%s", tty.Screen())
	}
	return tty
}

// runRecover resumes unfinished rebuilds and returns the output.
func (s *faultyServer) runRecover() string {
	s.t.Helper()
	out, err := s.program("recover", "--resume", "--yes").CombinedOutput()
	if err != nil {
		s.t.Errorf("recover: %v\n%s", err, out)
	}
	return string(out)
}

// journalFiles returns the entries of the journal.
func (s *faultyServer) journalFiles() []string {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.home, ".local/state/snapdeck/rebuilds/*.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	return files
}

// checkIntact checks that the target exists with its recipe, without a candidate or a
// journal entry. It returns "untouched" or "rebuilt".
func (s *faultyServer) checkIntact() string {
	s.t.Helper()
	var page struct{ Items []snapshot }
	s.waitUntil("no snapshot is removing", func() bool {
		page.Items = nil
		s.request(http.MethodGet, "/snapshots?limit=200&name="+target, "", &page)
		return !slices.ContainsFunc(page.Items, func(item snapshot) bool { return item.State == "removing" })
	})
	if files := s.journalFiles(); len(files) > 0 {
		s.t.Errorf("the journal is not empty: %v", files)
	}
	var want snapshot
	if err := json.Unmarshal([]byte(targetRecipe), &struct {
		*snapshot
		Memory   *float64
		RegionID string
	}{&want, &want.Mem, ""}); err != nil {
		s.t.Fatal(err)
	}
	want.RegionIDs = []string{"us"}
	if len(page.Items) != 1 || page.Items[0].recipe() != want.recipe() {
		s.t.Errorf("snapshots %+v, want %+v", page.Items, want)
		return "broken"
	}
	if page.Items[0].ID == s.oldID {
		return "untouched"
	}
	return "rebuilt"
}
