//go:build linux

package e2e

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

// The tests in this file interrupt a rebuild at every request, and check that it is
// completed.

// faultPoints returns the fault points of a rebuild by its mode.
func faultPoints() map[string][]faultPoint {
	both := func(steps ...string) (all []faultPoint) {
		for _, step := range steps {
			all = append(all, faultPoint{step, false}, faultPoint{step, true})
		}
		return all
	}
	sent := func(step string) []faultPoint { return []faultPoint{{step, false}} }
	handled := func(step string) []faultPoint { return []faultPoint{{step, true}} }
	return map[string][]faultPoint{
		inPlace: slices.Concat(
			both("check", "delete", "wait for the deletion"), handled("wait for the deletion: deleted"),
			both("create"), sent(pollNew), handled(pollNew+activeSuffix),
		),
		verifyFirst: slices.Concat(
			both("check", "create the candidate"), sent("poll the candidate"), handled("poll the candidate"+activeSuffix),
			both("delete", "wait for the deletion"), handled("wait for the deletion: deleted"),
			both("create"), sent(pollNew), handled(pollNew+activeSuffix),
			both("delete the candidate", "wait for the deletion of the candidate"), handled("wait for the deletion of the candidate: deleted"),
		),
	}
}

// runScenarios runs a parallel subtest for each mode and fault point, and logs their
// results.
func runScenarios(t *testing.T, points map[string][]faultPoint, run func(t *testing.T, mode string, p faultPoint) string) {
	t.Helper()
	modes := []string{inPlace, verifyFirst}
	var results sync.Map
	t.Run("at", func(t *testing.T) { // returns when all parallel subtests are done
		for _, mode := range modes {
			for _, p := range points[mode] {
				t.Run(mode+"/"+p.String(), func(t *testing.T) {
					t.Parallel()
					results.Store(mode+p.String(), run(t, mode, p))
				})
			}
		}
	})
	var table strings.Builder
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	for _, mode := range modes {
		for _, p := range points[mode] {
			result, _ := results.Load(mode + p.String())
			_, _ = fmt.Fprintf(columns, "%s\t%s\t%v\n", mode, p, result)
		}
	}
	_ = columns.Flush()
	t.Logf("fault point -> the snapshot afterwards:\n%s", table.String())
}

// TestKillDuringRebuild kills the program at every fault point, and resumes with recover.
func TestKillDuringRebuild(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes 10 s")
	}
	runScenarios(t, faultPoints(), func(t *testing.T, mode string, p faultPoint) string {
		s := newServer(t)
		tty := s.rebuildUntil(mode, p)
		tty.Signal(syscall.SIGKILL)
		if code := tty.ExitCode(); code != -int(syscall.SIGKILL) {
			t.Errorf("exit code %d", code)
		}
		s.resume()
		output := s.runRecover()
		got, want := s.checkIntact(), "rebuilt"
		if strings.HasPrefix(p.step, "check") {
			want = "untouched" // not in the journal yet
		}
		if got != want {
			t.Errorf("the snapshot is %s, want %s; output of recover:\n%s", got, want, output)
		}
		if strings.Contains(output, "created: ") {
			got += " by recover"
		}
		return got
	})
}

// TestLostResponses: a rebuild completes even if a request that changes something, or its
// response, is lost.
func TestLostResponses(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes 10 s")
	}
	faults := map[string]func(http.ResponseWriter){
		"reset": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"500":   func(w http.ResponseWriter) { http.Error(w, "{}", http.StatusInternalServerError) },
	}
	points := faultPoints()
	for mode, all := range points {
		points[mode] = slices.DeleteFunc(all, func(p faultPoint) bool {
			return !strings.HasPrefix(p.step, "create") && !strings.HasPrefix(p.step, "delete")
		})
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runScenarios(t, points, func(t *testing.T, mode string, p faultPoint) string {
				s := newServer(t)
				s.injectAt(p, fault)
				tty := s.startRebuild(mode)
				tty.WaitFor("rebuilt " + target)
				tty.Type("\x03")
				if code := tty.ExitCode(); code != 0 {
					t.Errorf("exit code %d, %s", code, tty.Stderr())
				}
				got := s.checkIntact()
				if got != "rebuilt" {
					t.Errorf("the snapshot is %s", got)
				}
				return got
			})
		})
	}
}
