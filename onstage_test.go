//go:build linux

package main_test

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

// What a user does with the program on the stage, and what is left of it.

// program is the program in its home, with the server as its API.
func (s *stage) program(args ...string) *exec.Cmd {
	cmd := program(s.t, args...)
	cmd.Env = []string{
		"TERM=xterm-256color", "HOME=" + s.home, "PATH=" + os.Getenv("PATH"),
		"DAYTONA_API_URL=" + s.url, "DAYTONA_API_KEY=" + demoapi.Key,
	}
	return cmd
}

// rebuild asks for the rebuild of the victim as a user does.
func (s *stage) rebuild(mode string) *ptytest.Terminal {
	s.t.Helper()
	tty := ptytest.Start(s.t, s.program("--query", victim, "--interval", "1s"), ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("R")
	tty.WaitFor("esc cancel")
	time.Sleep(unread)
	if mode != inPlace {
		tty.Type("\t")
		tty.WaitFor("[" + mode)
	}
	tty.Type(victim)
	tty.WaitFor("› " + victim)
	tty.Type("\r")
	return tty
}

// play runs the rebuild up to the moment and leaves it there until it is resumed.
func (s *stage) play(mode string, m moment) *ptytest.Terminal {
	s.t.Helper()
	s.at(m, s.pause)
	tty := s.rebuild(mode)
	select {
	case <-s.reached:
	case <-time.After(30 * time.Second):
		s.t.Fatalf("the moment does not come; the screen:\n%s", tty.Screen())
	}
	return tty
}

// recover finishes what is left, and tells what it says.
func (s *stage) recover() string {
	s.t.Helper()
	out, err := s.program("recover", "--finish", "--yes").CombinedOutput()
	if err != nil {
		s.t.Errorf("recover: %v\n%s", err, out)
	}
	return string(out)
}

// journal is what of it is in the program's home.
func (s *stage) journal() []string {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.home, ".local/state/snapdeck/rebuilds/*.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	return files
}

// wantWhole checks that there is one victim, with its recipe, and nothing else: no
// candidate, nothing in the journal. It tells whether the victim is the old one.
func (s *stage) wantWhole() string {
	s.t.Helper()
	var page struct{ Items []snapshot }
	s.until("the removals are over", func() bool {
		page.Items = nil
		s.request(http.MethodGet, "/snapshots?limit=200&name="+victim, "", &page)
		return !slices.ContainsFunc(page.Items, func(one snapshot) bool { return one.State == "removing" })
	})
	if left := s.journal(); len(left) > 0 {
		s.t.Errorf("left in the journal: %v", left)
	}
	var want snapshot
	if err := json.Unmarshal([]byte(victimRecipe), &struct {
		*snapshot
		Memory   *float64
		RegionID string
	}{&want, &want.Mem, ""}); err != nil {
		s.t.Fatal(err)
	}
	want.RegionIDs = []string{"us"}
	if len(page.Items) != 1 || page.Items[0].recipe() != want.recipe() {
		s.t.Errorf("the server has %+v, want one like %+v", page.Items, want)
		return "?"
	}
	if page.Items[0].ID == s.old {
		return "untouched"
	}
	return "made again"
}
