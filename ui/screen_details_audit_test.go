package ui

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/ui/inspect"
)

// historyKey is the key of the tab with the history.
func historyKey() string {
	i := slices.IndexFunc(inspect.Tabs(), func(tab inspect.Tab) bool { return tab.Name == inspect.TabHistory })
	return fmt.Sprint(i + 1)
}

// countAudit counts the requests for the audit log, and answers them with answer unless that
// is nil.
func countAudit(count *atomic.Int64, answer http.HandlerFunc) func(*setup) {
	return func(s *setup) {
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/api/audit") {
					count.Add(1)
					if answer != nil {
						answer(w, r)
						return
					}
				}
				next.ServeHTTP(w, r)
			})
		}
	}
}

// TestHistoryReadsTheAuditLog: only while the tab is on the screen, and not with each poll.
func TestHistoryReadsTheAuditLog(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	h := newHarness(t, countAudit(&asked, nil))
	h.press("/")
	h.typ("name:node-20-agents")
	h.press("enter", "enter", "2", "1")
	h.advance(2 * time.Minute)
	if asked.Load() != 0 {
		t.Fatalf("%d requests before the history is shown", asked.Load())
	}
	h.press(historyKey())
	h.sees("AUDIT LOG", "created      ada@acme.example  key dtn…8a5", "create refused", "409 Snapshot with name", "earlier id")
	first := asked.Load() // two pages
	h.advance(20 * time.Second)
	h.press("j", "k", "esc", "j", "k", "enter")
	if asked.Load() != first {
		t.Fatalf("%d requests in 20 s", asked.Load())
	}
	h.advance(15 * time.Second)
	if asked.Load() != first+1 {
		t.Fatalf("%d requests after 35 s, want one more than %d", asked.Load(), first)
	}
	h.press("1")
	h.advance(2 * time.Minute)
	if asked.Load() != first+1 {
		t.Fatalf("%d requests after the tab was left", asked.Load())
	}
}

// TestHistoryShowsOwnActions: a refresh reads what is new.
func TestHistoryShowsOwnActions(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	h := newHarness(t, countAudit(&asked, nil))
	h.press("/")
	h.typ("name:node-24-agents")
	h.press("enter", "enter", historyKey())
	h.sees("activate refused", "deactivated  grace@acme.example")
	h.press("I")
	h.typ("node-24-agents")
	h.press("enter")
	h.advance(5 * time.Second)
	before := asked.Load()
	h.press("r")
	h.sees("deactivated  ada@acme.example")
	if got := asked.Load(); got != before+1 {
		t.Errorf("%d requests for what is new", got-before)
	}
}

func TestHistoryWithoutThePermission(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	h := newHarness(t, countAudit(&asked, nil), func(s *setup) { s.secret = demo.ReadOnlyKey })
	h.press("enter", historyKey())
	h.sees("audit log: needs the permission read:audit_logs")
	h.advance(30 * time.Minute)
	h.press("r")
	if asked.Load() != 0 {
		t.Errorf("%d requests, although the credential lacks the permission", asked.Load())
	}
	h = newHarness(t, countAudit(&asked, func(w http.ResponseWriter, r *http.Request) {
		status(http.StatusForbidden, `{"message":"Access denied","statusCode":403}`)(w, r)
	}))
	h.press("enter", historyKey())
	h.sees("audit log: needs the permission read:audit_logs")
	h.advance(30 * time.Minute)
	h.press("r")
	if asked.Load() != 1 {
		t.Errorf("%d requests after a 403", asked.Load())
	}
}

func TestHistoryOfAServerWithoutAnAuditLog(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	h := newHarness(t, countAudit(&asked, status(http.StatusNotFound, `{"message":"Cannot GET /api/audit","statusCode":404}`)))
	h.press("enter", historyKey())
	h.sees("audit log: not known · this server has no audit log (404)")
	h.misses("stale")
	h.advance(time.Minute)
	if asked.Load() != 1 {
		t.Errorf("%d requests in a minute", asked.Load())
	}
}
