package ui

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// logServer serves its own build log in front of the demo.
func logServer(serve http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/build-logs-url"):
				status(404, `{"statusCode":404,"message":"Cannot GET `+r.URL.Path+`"}`)(w, r)
			case strings.HasSuffix(r.URL.Path, "/build-logs"):
				serve(w, r)
			default:
				next.ServeHTTP(w, r)
			}
		})
	}
}

func (h *harness) onBuild(state model.State) {
	h.t.Helper()
	for _, s := range h.app.table.Rows() {
		if s.State == state && refuseLogsOf(s) {
			h.app.table.Select(s.ID)
			return
		}
	}
	h.t.Fatalf("the demo has no build that is %s", state)
}

func refuseLogsOf(s *model.Snapshot) bool { return s.BuildInfo.Presence == model.Present }

func TestLogOfAFailedBuild(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onBuild(model.StateError)
	h.press("l")
	h.sees("build log", "✗ error", "ERROR:", "end of log")
	h.press("/")
	h.typ("step")
	h.sees("5 of 10")
	h.press("enter", "n", "N", "z", "f", "esc")
	if len(h.app.layers) != 1 {
		t.Fatal("esc did not close the log")
	}
}

func TestBrokenLogIsReadAgainWithoutRepeatingALine(t *testing.T) {
	t.Parallel()
	asked := 0
	h := newHarness(t, func(s *setup) {
		s.handler = logServer(func(w http.ResponseWriter, r *http.Request) {
			asked++
			whole := "one\ntwo\nthree\nfour\n"
			if asked == 1 {
				_, _ = w.Write([]byte(whole[:10]))
				_ = http.NewResponseController(w).Flush()
				hangUp(w, r)
				return
			}
			_, _ = w.Write([]byte(whole))
		})
	})
	h.onBuild(model.StateBuilding)
	h.press("l")
	h.sees("stream broke: ", "◐ building", "one", "two")
	h.misses("four")
	h.advance(4 * time.Second)
	h.sees("three", "four")
	if screen := h.screen(); strings.Count(screen, "three") != 1 || strings.Count(screen, " one") != 1 {
		t.Fatalf("lines were repeated:\n%s", screen)
	}
	if asked < 2 {
		t.Fatal("the stream was not read again")
	}
}

func TestEmptyLogIsReadWithIncreasingDelays(t *testing.T) {
	t.Parallel()
	var asked []time.Duration
	var h *harness
	h = newHarness(t, func(s *setup) {
		s.handler = logServer(func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, h.clock.now.Sub(start))
			status(200, "")(w, r)
		})
	})
	h.onBuild(model.StateBuilding)
	h.press("l")
	h.advance(3 * time.Minute)
	if len(asked) < 4 || asked[1]-asked[0] > 4*time.Second || asked[2]-asked[1] < 5*time.Second || asked[3]-asked[2] < 10*time.Second {
		t.Fatalf("asked at %v", asked)
	}
}

// A log that arrives at once is bounded, too, and none of its bytes acts on the terminal:
// the harness checks each frame.
func TestEndlessAndBinaryLogOverHTTP(t *testing.T) {
	long(t)
	t.Parallel()
	binary := make([]byte, 256<<10)
	chaos := rand.New(rand.NewPCG(1, 2))
	for i := range binary {
		binary[i] = byte(chaos.Uint32())
	}
	line := strings.Repeat("x", 1<<20-1) + "\n"
	for name, tc := range map[string]struct {
		piece  []byte
		pieces int
		sees   string
	}{
		"endless": {[]byte(line), 18, "bytes dropped"},
		"binary":  {binary, 2, "^@"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, func(s *setup) {
				s.handler = logServer(func(w http.ResponseWriter, _ *http.Request) {
					for range tc.pieces {
						_, _ = w.Write(tc.piece)
					}
				})
			})
			h.onBuild(model.StateError)
			h.press("l", "g")
			h.press(strings.Split(strings.Repeat("pgdown ", 40)+"end", " ")...)
			h.sees("end of log", tc.sees)
			l, _ := find[*logLayer](h.app.layerStack)
			if l.log.Received() != tc.pieces*len(tc.piece) || len(l.log.Text()) > 16<<20 {
				t.Fatalf("%d bytes of %d, %d are kept", l.log.Received(), tc.pieces*len(tc.piece), len(l.log.Text()))
			}
		})
	}
}

// A search finds only what is drawn, and not the removed escapes.
func TestLogIsSearchedAsItIsDrawn(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.handler = logServer(status(200, "\x1b[31mer\x1b[1mror\x1b[0m: it broke\n"))
	})
	h.onBuild(model.StateError)
	h.press("l", "/")
	h.typ("error")
	h.sees("error: it broke", "1 of 1")
	h.press("esc", "/")
	h.typ("31m")
	h.sees("no match")
}

func TestSaveLog(t *testing.T) {
	t.Parallel()
	var saved string
	h := newHarness(t, func(s *setup) {
		s.options.Save = func(name, content string) (string, error) { saved = content; return "/tmp/" + name, nil }
		s.handler = logServer(status(200, "\x1b[31mexact\x1b[0m\n"))
	})
	h.onBuild(model.StateError)
	h.press("l", "s")
	h.sees("saved 15 bytes to /tmp/build-")
	if saved != "\x1b[31mexact\x1b[0m\n" {
		t.Fatalf("saved %q", saved)
	}
}

func TestEmptyLogSaysSoInTheMiddle(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(80, 24), func(s *setup) { s.handler = logServer(status(200, "")) })
	h.onBuild(model.StateError)
	h.press("l")
	const note = "no log: the server keeps none of successful builds"
	if at := h.find(note); at.X != (80-len(note))/2 || at.Y < 10 || at.Y > 13 {
		t.Fatalf("it is at %v:\n%s", at, h.screen())
	}
	if n := strings.Count(h.screen(), note); n != 1 {
		t.Fatalf("it is there %d times", n)
	}
}

func TestKeptSearchStaysVisible(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.handler = logServer(status(200, strings.Repeat("npm ERR!\nfine\n", 3)+strings.Repeat("more\n", 60)))
	})
	h.onBuild(model.StateError)
	h.press("l", "g", "/")
	h.typ("npm")
	h.press("enter")
	h.sees("/npm  1 of 3 · n N")
	h.press("n")
	h.sees("/npm  2 of 3 · n N")
	h.press("N", "N")
	h.sees("/npm  3 of 3 · n N")
	h.press("/")
	h.typ("nothing")
	h.press("enter")
	h.sees("/nothing  no match")
	h.press("/", "esc")
	h.misses("/nothing", "no match")

	h.press("esc", "tab", "6", "/") // the details
	h.typ("state")
	h.press("enter")
	h.sees("/state  1 of ", " · n N")
	h.press("esc")
	h.misses("/state")
}

func TestFollowIsOfferedWhileTheLogGrows(t *testing.T) {
	t.Parallel()
	for state, want := range map[model.State]bool{model.StateError: false, model.StateBuilding: true} {
		h := newHarness(t, func(s *setup) { s.handler = logServer(status(200, "one\n")) })
		h.onBuild(state)
		h.press("l")
		if got := strings.Contains(h.screen(), "f toggle follow"); got != want {
			t.Errorf("%s: offered is %t", state, got)
		}
		h.press("f")
		if got := strings.Contains(h.screen(), "nothing to follow: the log has ended"); got == want {
			t.Errorf("%s: refused is %t", state, got)
		}
	}
}

// A term without a match is not a search that was never made.
func TestNextMatchOfATermWithoutOne(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("enter", "n")
	h.sees("no search yet · / search")
	h.press("/")
	h.typ("zzzq")
	h.press("enter", "n")
	h.sees("no match · / search")
}
