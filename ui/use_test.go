package ui

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
)

// useServer counts the requests about the use, and may answer them itself.
type useServer struct {
	mu       sync.Mutex
	requests []string         // paths
	answer   http.HandlerFunc // of a request about the use; nil for the demo
}

func (s *useServer) over(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/sandbox") && !strings.HasPrefix(r.URL.Path, "/api/warm-pools") {
			next.ServeHTTP(w, r)
			return
		}
		s.mu.Lock()
		s.requests = append(s.requests, strings.TrimPrefix(r.URL.Path, "/api/"))
		answer := s.answer
		s.mu.Unlock()
		if answer != nil {
			answer(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *useServer) answerWith(answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

// expect proves which requests were sent since the last call.
func (s *useServer) expect(t *testing.T, want ...string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Sort(s.requests)
	if !slices.Equal(s.requests, want) {
		t.Fatalf("requests %q, want %q", s.requests, want)
	}
	s.requests = nil
}

func newUseHarness(t *testing.T, configure ...func(*setup)) (*harness, *useServer) {
	t.Helper()
	server := &useServer{}
	return newHarness(t, append(configure, func(s *setup) { s.handler = server.over })...), server
}

// holdUse keeps the answers about the use until they are released.
func (h *harness) holdUse() (release func()) {
	var held []func(context.Context) tea.Msg
	h.app.uses.Work = func(_ time.Duration, do func(context.Context) tea.Msg) tea.Cmd {
		held = append(held, do)
		return nil
	}
	return func() {
		h.t.Helper()
		for _, do := range held {
			h.send(do(context.Background()))
		}
		held = nil
	}
}

// selectNamed puts the cursor on a snapshot.
func (h *harness) selectNamed(name string) *model.Snapshot {
	h.t.Helper()
	s, ok := h.app.state.Data.Store.Named(name)
	if !ok {
		h.t.Fatalf("no snapshot is called %s", name)
	}
	h.app.table.Select(s.ID)
	return s
}

func (h *harness) question() *dialog.Confirm {
	h.t.Helper()
	c, ok := h.app.top().(*dialog.Confirm)
	if !ok {
		h.t.Fatal("no question is open")
	}
	return c
}

// TestUseIsOnlyAskedFor: no other screen and no poll sends a request about it.
func TestUseIsOnlyAskedFor(t *testing.T) {
	t.Parallel()
	h, server := newUseHarness(t)
	h.advance(time.Minute)
	h.press("enter", "2", "3", "4", "5", "6", "1", "esc", "j", "m", "esc", "a", "esc", "?", "esc", "A", "esc")
	h.advance(time.Minute)
	server.expect(t)

	h.selectNamed("node-20-agents")
	h.press("D", "esc")
	server.expect(t, "sandbox", "warm-pools")
	h.press("R", "esc", "D", "esc", "I", "esc")
	server.expect(t)
	h.advance(30 * time.Second)
	h.press("D", "esc")
	server.expect(t, "sandbox", "warm-pools")
	h.advance(time.Hour)
	server.expect(t)
}

func TestTheSandboxesTab(t *testing.T) {
	t.Parallel()
	h, server := newUseHarness(t, sized(160, 45))
	h.selectNamed("node-20-agents")
	h.press("1")
	h.sees("not asked yet · 7 Sandboxes")
	h.press("7")
	h.sees("asking which sandboxes use it")
	server.expect(t)
	h.advance(time.Second)
	server.expect(t, "sandbox", "warm-pools")
	h.sees("3 sandboxes started, 12 stopped", "node-20-agents-1 ", "started", "warm pools: us (3 sandboxes), eu (2 sandboxes)")
	h.press("1")
	h.sees("sandboxes     3 sandboxes started, 12 stopped", "warm pools    us (3 sandboxes), 3 ready")
	h.press("7")
	h.advance(10 * time.Minute)
	server.expect(t)
	h.sees("asked 10m ago")
	h.press("r")
	h.advance(time.Second)
	server.expect(t, "sandbox", "warm-pools")

	h.advance(40 * time.Second)
	h.press("1")
	h.sees("· asked 40s ago")
	h.press("7")
	h.advance(time.Second)
	server.expect(t, "sandbox", "warm-pools")

	h.press("j", "j", "j", "j")
	h.advance(5 * time.Second)
	server.expect(t, "sandbox")
	server.answerWith(status(http.StatusForbidden, `{"statusCode":403,"message":"Access denied"}`))
	h.press("j")
	h.advance(5 * time.Second)
	h.sees("use not known: Access denied")
}

// TestAQuestionWaitsTwoSeconds for a slow server, and no longer.
func TestAQuestionWaitsTwoSeconds(t *testing.T) {
	t.Parallel()
	h, _ := newUseHarness(t)
	h.onOldSnapshot()
	name := h.cursor()
	release := h.holdUse()
	h.pressAfter(time.Second, "D")
	h.advance(1900 * time.Millisecond)
	h.sees("asking which sandboxes use it", "◌")
	h.pressAfter(0, "y")
	if h.question().Armed(h.clock.now) || len(h.app.state.Pending) > 0 {
		t.Fatal("y was taken before the answer")
	}
	h.advance(100 * time.Millisecond)
	h.sees("use not known: no answer yet", "type "+name)
	h.advance(dialog.ArmAfter)
	if !h.question().Armed(h.clock.now) {
		t.Fatal("not armed after two seconds")
	}
	h.typ(name[:3])
	release()
	h.sees("not in use: no sandboxes", "› "+name[:3])
	h.typ(name[3:])
	h.press("enter")
	h.waitFor(20*time.Second, "deleted "+name)
}

// TestALateAnswerInUse: what was typed before does not confirm it.
func TestALateAnswerInUse(t *testing.T) {
	t.Parallel()
	h, _ := newUseHarness(t)
	h.selectNamed("node-20-agents")
	release := h.holdUse()
	h.press("D")
	h.advance(3 * time.Second)
	h.typ("node-20-agents")
	release()
	h.sees("in use: 3 sandboxes started, 12 stopped", "warm pools lost: us (3 sandboxes)", "◌")
	h.pressAfter(0, "enter")
	if len(h.app.state.Pending) > 0 {
		t.Fatal("a name that was typed before confirmed it")
	}
	h.press("enter")
	h.sees("the typed text does not match")
	h.typ("node-20-agents")
	h.press("enter")
	h.sees("removing")
}

func TestWhoUsesItIsInEachQuestion(t *testing.T) {
	t.Parallel()
	r := &scripted{verifyToo: true, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
	h, server := newUseHarness(t, withRebuilder(r))
	h.selectNamed("node-20-agents")
	for _, key := range []string{"D", "R", "I"} {
		h.press(key)
		h.sees("in use: 3 sandboxes started, 12 stopped · last active")
		if lost := "warm pools lost: us (3 sandboxes), eu (2 sandboxes)"; key != "I" {
			h.sees(lost)
		} else {
			h.misses(lost)
		}
		h.press("esc")
	}
	h.advance(time.Minute)
	for name, answer := range map[string]http.HandlerFunc{
		"no such endpoint": status(404, `{"statusCode":404,"message":"Cannot GET /api/sandbox"}`),
		"forbidden":        status(403, `{"statusCode":403,"message":"Access denied"}`),
		"an error":         status(500, `{}`),
		"garbage":          status(200, `<html>`),
	} {
		server.answerWith(answer)
		h.onQuiet()
		h.press("D")
		h.sees("use not known", "enter delete")
		h.press("esc", "R")
		h.sees("use not known", "y rebuild")
		h.press("esc", "I")
		h.sees("use not known", "y deactivate")
		h.press("esc")
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

// TestABulkDeleteLeavesOutSnapshotsInUse and deletes the others.
func TestABulkDeleteLeavesOutSnapshotsInUse(t *testing.T) {
	t.Parallel()
	h, _ := newUseHarness(t)
	h.markOld(3)
	inUse := h.selectNamed("node-20-agents")
	h.app.table.Mark(inUse.ID)
	h.press("D")
	h.sees("Delete 3 snapshots", "node-20-agents in use: 3 sandboxes started", "left out: those in use")
	h.typ("3")
	h.press("enter")
	h.advance(30 * time.Second)
	h.sees("3 deleted")
	if _, ok := h.app.state.Data.Store.Get(inUse.ID); !ok {
		t.Fatal("a snapshot in use was deleted")
	}
	h.press("esc")
	h.app.table.ClearMarks()
	h.app.table.Mark(inUse.ID)
	h.press("D")
	h.sees("Delete 0 snapshots", "esc cancel")
	h.press("y")
	h.sees("no snapshot is left to delete")
}

// TestABulkDeleteOfNamedSnapshotsInUse asks for each name. esc leaves one out, and any key but
// the name and enter includes none.
func TestABulkDeleteOfNamedSnapshotsInUse(t *testing.T) {
	t.Parallel()
	h, _ := newUseHarness(t)
	h.markOld(2)
	named, left := h.selectNamed("node-20-agents"), h.selectNamed("node-24-agents")
	h.app.table.Mark(named.ID)
	h.app.table.Mark(left.ID)
	h.press("D")
	h.sees("Delete 2 snapshots", "[leave out those in use]", "tab asks for the name of each")
	h.press("tab")
	h.sees("Delete snapshots in use", "nothing is sent yet", "y continue", "esc cancel")
	h.press("y")
	for i, s := range []*model.Snapshot{named, left} {
		h.sees("Delete "+s.Name, strconv.Itoa(i+1)+" of 2 in use", "type "+s.Name+" to include it", "esc leave it out")
		h.advance(time.Second)
		if s == left {
			h.press("esc")
			break
		}
		h.typ("3")
		h.press("enter")
		h.sees("the typed text does not match · esc leave it out")
		h.press("ctrl+u")
		h.typ(s.Name)
		h.press("enter")
	}
	h.sees("Delete 3 snapshots", "included: those in use that you named", "type 3 to delete", "esc cancel")
	if h.app.bulk.Active() {
		t.Fatal("it runs")
	}
	h.advance(time.Second)
	h.typ("3")
	h.press("enter")
	h.advance(30 * time.Second)
	h.sees("3 deleted")
	if h.exists(named.Name) || !h.exists(left.Name) {
		t.Fatalf("%s exists: %v, %s: %v", named.Name, h.exists(named.Name), left.Name, h.exists(left.Name))
	}
}

// TestABulkDeleteWithoutTheEndpoint leaves them out unless they are included.
func TestABulkDeleteWithoutTheEndpoint(t *testing.T) {
	t.Parallel()
	h, server := newUseHarness(t)
	server.answerWith(status(404, `{"statusCode":404,"message":"Cannot GET /api/sandbox"}`))
	h.markOld(3)
	h.press("D")
	h.sees("Delete 0 snapshots", "leave out 3 of unknown use", "this server has no list of sandboxes")
	h.press("tab")
	h.sees("Delete 3 snapshots", "type 3 to delete", "included: those of unknown use")
	h.typ("3")
	h.press("enter")
	h.advance(30 * time.Second)
	h.sees("3 deleted")
}

// TestLateAnswersAboutMany change what is left out, before it can be confirmed.
func TestLateAnswersAboutMany(t *testing.T) {
	t.Parallel()
	h, _ := newUseHarness(t)
	h.markOld(2)
	h.app.table.Mark(h.selectNamed("node-20-agents").ID)
	release := h.holdUse()
	h.press("D")
	h.sees("asking which sandboxes use them")
	h.advance(3 * time.Second)
	h.press("tab")
	h.sees("included: those of unknown use")
	h.typ("3")
	release()
	h.sees("Delete 2 snapshots", "left out: those in use")
	h.press("enter")
	h.sees("the typed text does not match")
	if h.app.bulk.Active() {
		t.Fatal("an earlier number confirmed it")
	}
}

// TestTheUseOfManyTakesFewRequests: 20 names each, or one list of all.
func TestTheUseOfManyTakesFewRequests(t *testing.T) {
	t.Parallel()
	for marks, want := range map[int]int{20: 1, 21: 1, 60: 1} {
		h, server := newUseHarness(t)
		h.markOld(marks)
		h.press("D", "down", "down", "down")
		h.sees("Delete " + strconv.Itoa(marks) + " snapshots")
		server.expect(t, append(slices.Repeat([]string{"sandbox"}, want), "warm-pools")...)
	}
}

func TestSandboxesTabIsTheSeventh(t *testing.T) {
	t.Parallel()
	if tabs := inspect.Tabs(); tabs[6].Name != inspect.TabSandboxes {
		t.Errorf("tab 7 is %s: the key of the overview's hint is another one", tabs[6].Name)
	}
}
