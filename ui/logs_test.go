package ui

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// logServer serves a build log of its own in front of the demo.
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
	h := newHarness(t)
	h.onBuild(model.StateError)
	h.press("l")
	h.sees("build log", "✗ error", "ERROR:", "end of the log")
	h.press("/")
	h.typ("step")
	h.sees("5 of 10")
	h.press("enter", "n", "N", "z", "f", "esc")
	if len(h.app.layers) != 1 {
		t.Fatal("esc did not close the log")
	}
}

func TestABrokenLogIsReadAgainWithoutRepeatingALine(t *testing.T) {
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
	h.sees("the stream broke", "◐ building", "one", "two")
	h.misses("four")
	h.advance(4 * time.Second)
	h.sees("three", "four")
	if screen := h.screen(); strings.Count(screen, "three") != 1 || strings.Count(screen, " one") != 1 {
		t.Fatalf("lines were repeated:\n%s", screen)
	}
	if asked < 2 {
		t.Fatal("the stream was not asked for again")
	}
}

func TestALogThatBringsNothingIsAskedForLessAndLess(t *testing.T) {
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

func TestAnEndlessLogIsBounded(t *testing.T) {
	l := newBuildLog("")
	piece := strings.Repeat("a line of a log that does not end\n", 1000)
	for range 1200 {
		l.append(piece)
	}
	if l.content.Len() > logKept || l.dropped == 0 {
		t.Fatalf("%d bytes are kept, %d were dropped", l.content.Len(), l.dropped)
	}
	if l.dropped+l.content.Len() != 1200*len(piece) {
		t.Fatal("bytes were lost without a word")
	}
	if !strings.HasPrefix(l.content.String(), "a line of") {
		t.Fatal("the log does not start with a whole line")
	}
}

// What comes over the network in one go is bounded, too, and whatever its bytes are,
// none of them acts: the harness looks at each frame.
func TestAnEndlessAndABinaryLogOverHTTP(t *testing.T) {
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
		"endless": {[]byte(line), 18, "bytes are gone"},
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
			h.sees("end of the log", tc.sees)
			l, _ := find[*logLayer](h.app)
			if got := l.log.content.Len() + l.log.dropped; got != tc.pieces*len(tc.piece) || l.log.content.Len() > logKept {
				t.Fatalf("%d bytes of %d, %d are kept", got, tc.pieces*len(tc.piece), l.log.content.Len())
			}
		})
	}
}

func TestLogLineKeepsColoursAndRemovesOtherEscapes(t *testing.T) {
	cases := []struct{ raw, plain string }{
		{"plain", "plain"},
		{"\x1b[31mred\x1b[0m plain", "red plain"},
		{"\x1b[2K\x1b[1Gstep", "step"},
		{"\x1b]0;pwned\x07after", "after"},
		{"\x1b]0;never ended", "^[]0;never ended"},
		{"\x1b", "^["},
		{"\x1b[31", "^[[31"},
		{"\x1b[38;5;208morange", "orange"},
	}
	for _, c := range cases {
		if got := logLine(c.raw).String(); got != c.plain {
			t.Errorf("logLine(%q) shows %q, want %q", c.raw, got, c.plain)
		}
	}
	if line := logLine("\x1b[31mred"); line[0].Role != theme.Failed {
		t.Errorf("red has the role %v", line[0].Role)
	}
}

// A search finds what is drawn, and nothing else: not the escapes that are not.
func TestALogIsSearchedAsItIsDrawn(t *testing.T) {
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

// Of a progress that is drawn over itself a terminal shows the newest.
func TestALogShowsTheNewestOfALineThatIsDrawnOver(t *testing.T) {
	cases := []struct{ raw, plain string }{
		{"10%\r20%\r30%", "30%"},
		{"10%\r20%\r", "20%"},
		{"10%\r\x1b[K20%\x1b[2K\r", "20%"},
		{"a longer one\x1b[2K\x1b[1Gshort", "short"},
		{"first\x1b[Gsecond\x1b[0Kend", "secondend"},
		{"kept\x1b[5G and the rest", "kept and the rest"},
		{"\x1b[32mgreen\rstill green", "still green"},
	}
	for _, c := range cases {
		if got := logLine(c.raw).String(); got != c.plain {
			t.Errorf("logLine(%q) shows %q, want %q", c.raw, got, c.plain)
		}
	}
	if line := logLine("\x1b[32mgreen\rstill green"); line[0].Role != theme.Active {
		t.Errorf("a colour that was not ended has the role %v", line[0].Role)
	}
}

// A build can print for hours without a line feed.
func TestALongLineOfALogIsCutBeforeItIsRead(t *testing.T) {
	for name, tc := range map[string]struct{ raw, starts, ends string }{
		"colours":  {strings.Repeat("\x1b[31mred\x1b[0m ", 1<<16), "red red", fmt.Sprintf("<+%d bytes>", 13<<16-logLineLimit)},
		"plain":    {strings.Repeat("x", 1<<20), "xxx", fmt.Sprintf("<+%d bytes>", 1<<20-logLineLimit)},
		"progress": {strings.Repeat("\x1b[2K\r working", 1<<16) + "\r 100 %", " 100 %", " 100 %"},
		"erased":   {strings.Repeat("x", 1<<20) + "\x1b[2K\x1b[1Gdone", "done", "done"},
	} {
		t.Run(name, func(t *testing.T) {
			line := logLine(tc.raw)
			if got := line.String(); len(got) > logLineLimit+20 || !strings.HasPrefix(got, tc.starts) || !strings.HasSuffix(got, tc.ends) {
				t.Errorf("of %d bytes %d are shown: %.20q … %q", len(tc.raw), len(got), got, got[max(len(got)-20, 0):])
			}
			if len(line) > logLineLimit {
				t.Errorf("it is drawn in %d pieces", len(line))
			}
		})
	}
}

func TestSaveLog(t *testing.T) {
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

func TestCopy(t *testing.T) {
	var copied string
	broken := false
	h := newHarness(t, func(s *setup) {
		s.options.APIURL = "https://app.daytona.io/api"
		s.options.Copy = func(value string) (string, error) {
			if broken {
				return "", errors.New("no terminal")
			}
			copied = value
			return "terminal (OSC 52)", nil
		}
	})
	h.press("y")
	h.sees("copied the name", "OSC 52")
	if copied != h.cursor() {
		t.Fatalf("copied %q", copied)
	}
	s := h.app.selected()
	for i, c := range h.app.copyables(s) {
		h.press("c")
		for range i {
			h.press("j")
		}
		h.press("enter")
		if copied != c.value {
			t.Fatalf("%s copied %q, want %q", c.what, copied, c.value)
		}
	}
	if !strings.Contains(h.app.curlCommand(s), "$DAYTONA_API_KEY") {
		t.Fatal("the curl command does not leave the key to the environment")
	}
	broken = true
	h.press("y")
	h.sees("was not copied: no terminal")
}

func TestOpenInBrowser(t *testing.T) {
	var opened string
	h := newHarness(t, func(s *setup) {
		s.options.Open = func(url string) error { opened = url; return nil }
	})
	h.press("o")
	if !strings.HasSuffix(opened, "/snapshots?snapshotId="+h.app.selected().ID) {
		t.Fatalf("opened %q", opened)
	}
}

func TestFilterMistakesHintsCompletionAndHistory(t *testing.T) {
	h := newHarness(t)
	h.press("/")
	h.typ("used:>soon")
	h.sees("expected")
	h.press("esc", "/")
	h.typ("stat")
	h.press("tab")
	h.sees("/ state:")
	h.press("esc", "/")
	h.typ("node")
	h.press("enter", "/")
	for range "node" {
		h.press("backspace")
	}
	h.press("up")
	h.sees("/ node█")
}

func TestViews(t *testing.T) {
	h := newHarness(t, func(s *setup) { s.options.Views = []View{{Name: "mine", Query: "name:payments", Sort: "age"}} })
	h.press("v")
	h.sees("Views", "failed", "falling asleep", "mine")
	h.press("j", "enter")
	for _, s := range h.app.table.Rows() {
		if !s.State.Failed() {
			t.Fatalf("%s is %s", s.Name, s.State)
		}
	}
	h.press("v", "G", "enter")
	h.sees("payments")
	if h.app.order.Column != "age" {
		t.Fatalf("sorted by %s", h.app.order.Column)
	}
}

// FuzzLogLine proves that no byte of a build log acts on the terminal, and that
// what is no whole escape sequence is shown.
func FuzzLogLine(f *testing.F) {
	for _, seed := range []string{"plain", "\x1b[31mred\x1b[0m", "\x1b]0;x\x07y", "\x1b[38;5;1m", "\xff\x00\x1b", "\x1b[", "a\rb", "a\x1b[2Kb\x1b[1Gc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		line := logLine(raw)
		if bad := foreign(text.Paint(theme.Theme{}, []text.Line{line})); bad != "" && !strings.Contains(raw, "\n") {
			t.Fatalf("%q lets %s through", raw, bad)
		}
		if !strings.ContainsAny(raw, "\x1b\r") && line.String() != text.Styled(raw, theme.Text, nil).String() {
			t.Fatalf("%q is shown as %q", raw, line)
		}
	})
}
