//go:build linux

package main_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"text/tabwriter"
)

// The tests in this file stop the built program in the middle of a rebuild, in every
// way, and look at what the next start makes of what is left.

// plays are all moments of both modes.
func plays() map[string][]moment {
	both := func(steps ...string) (all []moment) {
		for _, step := range steps {
			all = append(all, moment{step, false}, moment{step, true})
		}
		return all
	}
	sent := func(step string) []moment { return []moment{{step, false}} }
	acted := func(step string) []moment { return []moment{{step, true}} }
	return map[string][]moment{
		inPlace: slices.Concat(
			both("check", "delete", "wait"), acted("wait: it is gone"),
			both("create"), sent(follow), acted(follow+isActive),
		),
		verifyFirst: slices.Concat(
			both("check", "create the candidate"), sent("follow the candidate"), acted("follow the candidate"+isActive),
			both("delete", "wait"), acted("wait: it is gone"),
			both("create"), sent(follow), acted(follow+isActive),
			both("delete the candidate", "wait for its end"), acted("wait for its end: it is gone"),
		),
	}
}

// atOnce runs a subtest for each mode and moment, some at a time: they wait for the
// server most of the time. It prints what came of each.
func atOnce(t *testing.T, plays map[string][]moment, play func(t *testing.T, mode string, m moment) string) {
	t.Helper()
	var (
		results sync.Map
		running sync.WaitGroup
		atATime = make(chan struct{}, 8)
	)
	for _, mode := range []string{inPlace, verifyFirst} {
		for _, m := range plays[mode] {
			running.Go(func() {
				atATime <- struct{}{}
				defer func() { <-atATime }()
				t.Run(mode+"/"+m.String(), func(t *testing.T) { results.Store(mode+m.String(), play(t, mode, m)) })
			})
		}
	}
	running.Wait()
	var table strings.Builder
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	for _, mode := range []string{inPlace, verifyFirst} {
		for _, m := range plays[mode] {
			came, _ := results.Load(mode + m.String())
			_, _ = fmt.Fprintf(columns, "%s\t%s\t%v\n", mode, m, came)
		}
	}
	_ = columns.Flush()
	t.Logf("what happened at -> the snapshot is afterwards:\n%s", table.String())
}

// TestKilled kills the program at every moment of a rebuild and finishes with the
// next one.
func TestKilled(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes a quarter of a minute")
	}
	atOnce(t, plays(), func(t *testing.T, mode string, m moment) string {
		s := newStage(t)
		tty := s.play(mode, m)
		tty.Signal(syscall.SIGKILL)
		if code := tty.ExitCode(); code != -int(syscall.SIGKILL) {
			t.Errorf("exit code %d", code)
		}
		s.resume()
		said := s.recover()
		came, want := s.wantWhole(), "made again"
		if strings.HasPrefix(m.step, "check") {
			want = "untouched" // the recipe is not saved yet
		}
		if came != want {
			t.Errorf("the snapshot is %s, want it %s; recover said:\n%s", came, want, said)
		}
		if strings.Contains(said, "is created again") {
			came += " by recover"
		}
		return came
	})
}

// TestAnswersAreLost loses, one after the other, every request that changes
// something, or the answer to it: the rebuild goes on by itself.
func TestAnswersAreLost(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes a quarter of a minute")
	}
	faults := map[string]func(http.ResponseWriter){
		"reset": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"500":   func(w http.ResponseWriter) { http.Error(w, "{}", http.StatusInternalServerError) },
	}
	changes := plays()
	for mode, all := range changes {
		changes[mode] = slices.DeleteFunc(all, func(m moment) bool {
			return !strings.HasPrefix(m.step, "create") && !strings.HasPrefix(m.step, "delete")
		})
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			atOnce(t, changes, func(t *testing.T, mode string, m moment) string {
				s := newStage(t)
				s.at(m, fault)
				tty := s.rebuild(mode)
				tty.WaitFor("rebuilt " + victim)
				tty.Type("\x03")
				if code := tty.ExitCode(); code != 0 {
					t.Errorf("exit code %d, %s", code, tty.Stderr())
				}
				came := s.wantWhole()
				if came != "made again" {
					t.Errorf("the snapshot is %s", came)
				}
				return came
			})
		})
	}
}
