package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// building is a harness with builds in the table and the requests for logs. It is small, so
// that no details follow a log.
func building(t *testing.T, configure ...func(*setup)) (h *harness, logs *requestLog) {
	t.Helper()
	logs = new(requestLog)
	h = newHarness(t, append([]func(*setup){sized(80, 24), func(s *setup) {
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "/build-logs") {
					logs.add(r.URL.Path)
				}
				next.ServeHTTP(w, r)
			})
		}
	}}, configure...)...)
	return h, logs
}

// startBuilds starts builds of Dockerfiles that take a quarter of an hour.
func (h *harness) startBuilds(names ...string) {
	h.t.Helper()
	for _, name := range names {
		body := fmt.Sprintf(`{"name":%q,"buildInfo":{"dockerfileContent":"FROM alpine:3.20\n# SLOW900\nRUN echo %s\nRUN cargo build\nRUN npm ci\n"}}`, name, name)
		if answer := h.call(http.MethodPost, "/api/snapshots", body); answer.StatusCode != http.StatusOK {
			h.t.Fatalf("create %s: %d", name, answer.StatusCode)
		}
	}
}

// steps returns how many rows show a step.
func (h *harness) steps() int {
	h.t.Helper()
	return strings.Count(h.screen(), "Step ")
}

func TestBuildingRowsShowTheirStep(t *testing.T) {
	t.Parallel()
	h, logs := building(t)
	h.press("/")
	h.typ("state:building")
	h.press("enter")
	h.startBuilds(numbered("new", 4)...)
	h.advance(80 * time.Second)
	visible := len(h.app.table.Visible())
	if n := h.steps(); visible < 6 || n != 4 {
		t.Fatalf("%d of %d rows show a step:\n%s", n, visible, h.screen())
	}
	h.golden("steps-80x24")

	h.press("G") // the last row is read instead of another one
	h.advance(12 * time.Second)
	if n := h.steps(); n != 4 {
		t.Fatalf("%d rows show a step:\n%s", n, h.screen())
	}
	for line := range strings.SplitSeq(h.screen(), "\n") {
		if strings.HasPrefix(line, "▌") && !strings.Contains(line, "Step ") {
			t.Errorf("the selected row has no step: %s", line)
		}
	}
	logs.take()
	h.advance(time.Minute)
	// Each row is read every ten seconds: its URL, then the log.
	if n := len(logs.take()); n > 4*6*2 || n < 4*5*2 {
		t.Errorf("%d requests for logs in a minute", n)
	}
}

func TestNoLogIsReadWhileNothingBuilds(t *testing.T) {
	t.Parallel()
	h, logs := building(t)
	h.press("/")
	h.typ("state:active")
	h.press("enter")
	logs.take()
	h.advance(5 * time.Minute)
	if read := logs.take(); len(read) > 0 {
		t.Errorf("read %v", read)
	}
}

// The terminal has no focus, or polls fail.
func TestNoLogIsReadWhileThePollsAreNotSteady(t *testing.T) {
	t.Parallel()
	for name, disturb := range map[string]func(*harness){
		"without focus": func(h *harness) { h.send(tea.BlurMsg{}) },
		"paused":        func(h *harness) { h.press("p") },
		"covered":       func(h *harness) { h.press("m") },
		"outage":        func(h *harness) { h.serve(failing(h)); h.press("r") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, logs := building(t)
			h.onBuild(model.StateBuilding)
			h.advance(15 * time.Second)
			if h.steps() == 0 {
				t.Fatalf("no row shows a step:\n%s", h.screen())
			}
			disturb(h)
			h.advance(time.Second)
			logs.take()
			h.advance(2 * time.Minute)
			if read := logs.take(); len(read) > 0 {
				t.Errorf("read %v", read)
			}
		})
	}
}

// failing is the server with a list that fails. It still has logs.
func failing(h *harness) http.Handler {
	before := *h.handler.Load()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/build-logs") {
			before.ServeHTTP(w, r)
			return
		}
		hangUp(w, r)
	})
}

// A log that cannot be read leaves the row as it is, and is asked for less often.
func TestStepOfAnUnreadableLog(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"forbidden": status(403, `{"statusCode":403,"message":"Access denied"}`),
		"not found": status(404, `{"statusCode":404,"message":"Snapshot x has no build info"}`),
		"broken":    status(500, `{"statusCode":500,"message":"oops"}`),
		"empty":     status(200, ""),
		"no steps":  status(200, "Building snapshot...\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reads := 0
			h := newHarness(t, sized(80, 24), func(s *setup) {
				s.handler = logServer(func(w http.ResponseWriter, r *http.Request) { reads++; answer(w, r) })
			})
			h.press("/")
			h.typ("name:ml-base-cu128") // which builds for 13 minutes
			h.press("enter")
			h.advance(10 * time.Minute)
			if reads > 2*7 || reads < 5 {
				t.Errorf("%d requests in ten minutes", reads)
			}
			h.sees("● live")
			h.misses("Step ")
		})
	}
}

func TestStepsStayWithinTheBudget(t *testing.T) {
	t.Parallel()
	h, requests := building(t, func(s *setup) { s.demo.RateLimit = demo.Limit{Requests: 100, Window: time.Minute} })
	all := new(requestLog)
	before := *h.handler.Load()
	h.serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { all.add(r.URL.Path); before.ServeHTTP(w, r) }))
	h.startBuilds(numbered("new", 4)...)
	h.onBuild(model.StateBuilding)
	h.advance(time.Minute)
	all.take()
	requests.take()
	h.advance(5 * time.Minute)
	logs, sent := len(requests.take()), len(all.take())
	if logs == 0 || logs > 5*25/4 || sent > 5*25 {
		t.Errorf("%d requests for logs, %d in all, in five minutes", logs, sent)
	}
}
