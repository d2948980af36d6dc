package ui

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/internal/demo"
)

// broken answers every request as a test says, or lets the demo answer if that is nil.
type broken struct{ answer atomic.Value }

func newBroken(answer http.HandlerFunc) *broken {
	b := &broken{}
	b.set(answer)
	return b
}

func (b *broken) set(answer http.HandlerFunc) { b.answer.Store(answer) }

func (b *broken) over(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answer, _ := b.answer.Load().(http.HandlerFunc); answer != nil {
			answer(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func status(code int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

func hangUp(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

func TestErrorKeepsTheDataAndSaysWhatToDo(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		answer http.HandlerFunc
		want   []string
	}{
		{"wrong key", status(401, `{"statusCode":401,"message":"Invalid credentials"}`), []string{"key refused", "retry in 30s"}},
		{"no access", status(403, `{"statusCode":403,"message":"Invalid authentication context"}`), []string{"access denied"}},
		{"html", status(200, "<!doctype html><title>Daytona</title>", "Content-Type", "text/html"), []string{"not the API", "/api"}},
		{"truncated", status(200, `{"items":[{"id":"x"`, "Content-Type", "application/json"), []string{"retry in"}},
		{"limited", status(429, `{"message":"Too Many Requests"}`, "Retry-After-authenticated", "20"), []string{"rate limited", "retry in 20s"}},
		{"fault", status(500, `{"message":"An unexpected error occurred."}`), []string{"server error", "retry in 5s"}},
		{"maintenance", status(503, `{"message":"Service is currently under maintenance. Please try again later."}`), []string{"server error", "maintenance"}},
		{"dead", hangUp, []string{"offline", "retry in 5s"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			fault := &broken{}
			h := newHarness(t, func(s *setup) { s.handler = fault.over })
			name := h.cursor()
			fault.set(c.answer)
			h.press("r")
			h.sees(c.want...)
			h.sees("showing data from 22:00:", "stale: ")
			if h.cursor() != name || h.app.table.Len() < 100 {
				t.Fatal("data was lost")
			}
			fault.set(nil)
			h.advance(2 * time.Minute)
			h.sees("live")
			h.misses("showing data from", "stale: ")
		})
	}
}

func TestErrorBeforeTheFirstDataIsShownInTheTable(t *testing.T) {
	t.Parallel()
	fault := newBroken(status(401, `{"statusCode":401,"message":"Invalid credentials"}`))
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	h.sees("key refused", "Invalid credentials", "retry in 30s")
	h.misses(" · r retry") // it would be refused again
	h.advance(10 * time.Second)
	h.sees(" · r retry")
	h.misses("0 snapshots", " 0 ", "no snapshot is selected") // the number is unknown
	h.advance(10 * time.Minute)
	if h.quit {
		t.Fatal("a refused key ended the program")
	}
	fault.set(nil)
	h.press("r")
	h.sees("live", "snapshots")
}

func TestARefusedKeyIsRetriedWithIncreasingDelays(t *testing.T) {
	t.Parallel()
	requests := 0
	refuse := status(401, `{"statusCode":401,"message":"Invalid credentials"}`)
	fault := newBroken(func(w http.ResponseWriter, r *http.Request) { requests++; refuse(w, r) })
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	h.advance(10 * time.Minute)
	if requests > 6 {
		t.Fatalf("a refused key was sent %d times in ten minutes", requests)
	}
}

func TestNoRequestIsSentWhileRateLimited(t *testing.T) {
	t.Parallel()
	requests := 0
	fault := &broken{}
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	limit := status(429, `{}`, "Retry-After-authenticated", "40")
	fault.set(func(w http.ResponseWriter, r *http.Request) { requests++; limit(w, r) })
	h.press("r")
	if requests != 1 {
		t.Fatalf("%d requests", requests)
	}
	h.misses(" · r retry") // it would send nothing
	h.press("r", "ctrl+r")
	h.sees("rate limited: refresh possible in")
	h.advance(35 * time.Second)
	if requests != 1 {
		t.Fatalf("%d requests ignored the rate limit", requests-1)
	}
}

func TestAnOutageDoesNotSlowDownARefusedKey(t *testing.T) {
	t.Parallel()
	fault := &broken{}
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	fault.set(status(500, `{}`))
	h.advance(5 * time.Minute)
	fault.set(status(401, `{"statusCode":401,"message":"Invalid credentials"}`))
	h.press("r")
	h.sees("key refused · retry in 30s")
}

func TestPauseStopsPolling(t *testing.T) {
	t.Parallel()
	polls := 0
	fault := &broken{}
	h := newHarness(t, func(s *setup) {
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/api/snapshots" {
					polls++
				}
				fault.over(next).ServeHTTP(w, r)
			})
		}
	})
	h.press("p")
	h.sees("paused")
	before := polls
	h.advance(2 * time.Minute)
	if polls != before {
		t.Fatal("polled while paused")
	}
	h.press("r")
	if polls == before {
		t.Fatal("r did not poll")
	}
	h.press("p")
	h.advance(time.Minute)
	h.sees("live")
}

// The answers to polls may have no limit: then the description of the server has it.
func TestIntervalFollowsTheLimitOfTheServer(t *testing.T) {
	t.Parallel()
	describe := func(limit string) func(*setup) {
		return func(s *setup) {
			s.demo.RateLimit = demo.Limit{}
			s.handler = func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					switch r.URL.Path {
					case "/api/config":
						status(200, `{"version":"v0.190.0","rateLimit":{"authenticated":`+limit+`}}`)(w, r)
					case "/api/snapshots": // 14 requests a poll
						page := r.URL.Query().Get("page")
						status(200, fmt.Sprintf(`{"items":[{"id":"page-%s","name":"a","state":"pulling"}],"total":14,"page":%s,"totalPages":14}`, page, page), "Content-Type", "application/json")(w, r)
					default:
						next.ServeHTTP(w, r)
					}
				})
			}
		}
	}
	for limit, want := range map[string]struct{ first, checked string }{
		`{}`:                        {"every 15s", "every 15s"},
		`{"ttl":60,"limit":6000}`:   {"every 5s", "every 5s"},
		`{"ttl":60,"limit":100}`:    {"every 1m", "every 2m"}, // checks take their share
		`{"ttl":3600,"limit":3600}`: {"every 56s", "every 1m35s"},
	} {
		h := newHarness(t, describe(limit))
		h.sees(want.first)
		h.advance(2 * time.Minute)
		h.sees(want.checked)
	}
}

func TestASecretNeverReachesTheScreen(t *testing.T) {
	t.Parallel()
	const echo = `{"statusCode":401,"message":"bad token eyJ"}`
	fault := &broken{}
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	secret := ""
	fault.set(func(w http.ResponseWriter, r *http.Request) {
		secret = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		status(401, strings.Replace(echo, "eyJ", secret, 1))(w, r)
	})
	h.press("r")
	if secret == "" {
		t.Fatal("no credential was sent")
	}
	h.misses(secret)
	if err := h.app.poller.Status().Err; err == nil || strings.Contains(err.Error(), secret) {
		t.Fatalf("the error holds the secret: %v", err)
	}
}

func TestTheFirstPagesAreShownWhileTheRestIsLoading(t *testing.T) {
	t.Parallel()
	var seen []string
	h := newHarness(t, func(s *setup) {
		s.demo.Size = 900
		s.watch = func(screen string) {
			if _, after, ok := strings.Cut(screen, "loading · "); ok {
				line, _, _ := strings.Cut(after, "\n")
				seen = append(seen, strings.TrimSpace(line))
			}
		}
	})
	if len(seen) == 0 || !strings.HasPrefix(seen[0], "200 of ") {
		t.Fatalf("while it was loading the header was %q", seen)
	}
	h.sees("live")
}

func TestSkippedItemsAreReported(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.handler = newBroken(status(200, `{"items":[{"id":"1","name":"good","state":"active"},{"name":"bad"}],"total":2}`)).over
	})
	h.sees("good", "! 1 item not shown: item 2: snapshot has no id")
	h.send(tea.WindowSizeMsg{Width: 48, Height: 24})
	h.sees("! 1 not shown")
}
