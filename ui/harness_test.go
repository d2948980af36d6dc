package ui

import (
	"container/heap"
	"context"
	"image"
	"io"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
)

// start is when every test begins.
var start = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)

// TestMain lets the heap grow further between two collections, which cost a fifth of
// the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

// harness drives the real App against the demo API over real HTTP, without
// Bubble Tea: commands run at once, one after the other, and after every message
// the frame is checked. Under the race detector each proves that it leaves the App
// alone; see carry.
type harness struct {
	t       testing.TB
	app     *App
	clock   *testClock
	demo    *demo.Server
	handler atomic.Pointer[http.Handler] // what the server answers with; see serve
	host    string
	quit    bool
	suspend bool
	sent    []tea.Msg
	frames  int
	nested  bool                // a command plays the loop itself while it waits
	watch   func(screen string) // called with every frame; may be nil
}

// highLimit returns a rate limit that no test reaches.
func highLimit() demo.Limit { return demo.Limit{Requests: 60_000, Window: time.Minute} }

type setup struct {
	size    image.Point
	demo    demo.Options
	options Options
	profile termenv.Profile
	secret  string
	skew    time.Duration // by how much the server's clock is ahead
	handler func(http.Handler) http.Handler
	watch   func(screen string)
	clock   time.Time // start where it is zero
	noSteps bool      // the steps of builds in the table are not read
}

// long leaves a test that tries very many cases or draws very many frames out of go test
// -short, which CI runs with the race detector.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("tries very many cases or frames")
	}
}

func newHarness(t testing.TB, configure ...func(*setup)) *harness {
	t.Helper()
	s := setup{size: image.Pt(120, 36), demo: demo.Options{Seed: 1, RateLimit: highLimit()}, profile: termenv.TrueColor, secret: demo.JWT}
	for _, c := range configure {
		c(&s)
	}
	h := &harness{t: t, clock: &testClock{now: start}, watch: s.watch}
	if !s.clock.IsZero() {
		h.clock.now = s.clock
	}
	s.demo.Now = func() time.Time { return h.clock.Now().Add(s.skew) }
	h.demo = demo.New(s.demo)
	h.serve(h.demo)
	if s.handler != nil {
		h.serve(s.handler(h.demo))
	}
	address := demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*h.handler.Load()).ServeHTTP(w, r) }))
	api := demotest.Connect(t, address, s.secret, func(o *client.Options) { o.Now, o.Sleep = h.clock.Now, h.clock.sleep })
	parsed, _ := url.Parse(address)
	h.host = parsed.Host

	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(s.profile)
	o := s.options
	o.Context, o.API, o.OrganizationAPI, o.LogAPI, o.Clock = context.Background(), api, api, unfollowing{api, s.noSteps}, h.clock
	if o.Trash == nil {
		o.Trash = demotest.WithoutRecipes{Client: api}
	}
	o.Theme = theme.New(renderer, theme.Dark(), theme.Unicode)
	o.Send = func(msg tea.Msg) { h.sent = append(h.sent, msg) }
	if o.Host == "" {
		o.Host = "app.daytona.io"
	}
	if o.Interval == 0 {
		o.Interval = 5 * time.Second
	}
	h.app = New(o)
	h.send(tea.WindowSizeMsg{Width: s.size.X, Height: s.size.Y})
	h.run(h.app.Init())
	return h
}

// unfollowing follows no log: a followed log would block the harness. The
// dashboard asks again for the rest.
type unfollowing struct {
	*client.Client
	noSteps bool // the budget has no room for the steps of builds
}

func (c unfollowing) BuildLogs(ctx context.Context, id string, _ bool, to io.Writer) error {
	return c.Client.BuildLogs(ctx, id, false, to)
}

func (c unfollowing) PeekBuildLog(ctx context.Context, id string, to io.Writer) (bool, error) {
	if c.noSteps {
		return false, nil
	}
	return c.Client.PeekBuildLog(ctx, id, to)
}

// serve lets another handler answer from now on, often the demo with faults in
// front of it.
func (h *harness) serve(handler http.Handler) { h.handler.Store(&handler) }

func sized(w, hgt int) func(*setup) { return func(s *setup) { s.size = image.Pt(w, hgt) } }

// send delivers a message, runs what it asks for, and checks the frame.
func (h *harness) send(msg tea.Msg) {
	h.t.Helper()
	switch m := msg.(type) {
	case nil:
		return
	case editPreparedMsg:
		if _, ok := h.app.options.Editor.(shellEditor); ok && m.err == nil {
			msg = editorEndedMsg{use: m.use, path: m.path} // it has run already
		}
	case tea.QuitMsg:
		h.quit = true
		return
	case tea.SuspendMsg:
		h.suspend = true
		return
	}
	_, cmd := h.app.Update(msg)
	h.check()
	h.run(cmd)
}

// run carries a command out and delivers what came of it.
func (h *harness) run(cmd tea.Cmd) {
	h.t.Helper()
	if cmd == nil {
		return
	}
	msg := h.carry(cmd)
	for len(h.sent) > 0 {
		next := h.sent[0]
		h.sent = h.sent[1:]
		h.send(next)
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, c := range batch {
			h.run(c)
		}
		return
	}
	h.send(msg)
}

// carry runs a command outside the loop, as Bubble Tea does. During that time the whole App
// is written, so that the race detector sees a command that looks into it instead of
// at values that it was given.
func (h *harness) carry(cmd tea.Cmd) tea.Msg {
	if h.nested {
		return cmd()
	}
	answer := make(chan tea.Msg)
	go func() { answer <- cmd() }()
	same := *h.app
	*h.app = same
	return <-answer
}

// advance lets time pass, in which timers ring one after the other.
func (h *harness) advance(d time.Duration) {
	h.t.Helper()
	end := h.clock.now.Add(d)
	for len(h.clock.timers) > 0 && !h.clock.timers[0].at.After(end) {
		next := heap.Pop(&h.clock.timers).(timer)
		h.clock.now = latest(h.clock.now, next.at)
		h.send(next.msg)
	}
	h.clock.now = latest(h.clock.now, end)
}

// press presses keys by name, a moment apart. A question is read before it is answered.
func (h *harness) press(names ...string) {
	h.t.Helper()
	for _, name := range names {
		if confirm, ok := h.app.top().(*dialog.Confirm); ok && !confirm.Armed(h.clock.now) {
			h.advance(dialog.ArmAfter)
		}
		h.pressAfter(100*time.Millisecond, name)
	}
}

// pressAfter presses a key a while after the last event, whatever is open.
func (h *harness) pressAfter(pause time.Duration, name string) {
	h.t.Helper()
	h.clock.now = h.clock.now.Add(pause)
	h.send(keyNamed(name))
}

// typ types a text, key by key.
func (h *harness) typ(s string) {
	h.t.Helper()
	for _, r := range s {
		h.press(string(r))
	}
}

func keyNamed(name string) tea.KeyMsg {
	named := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
		"backspace": tea.KeyBackspace, "ctrl+c": tea.KeyCtrlC, "ctrl+d": tea.KeyCtrlD, "ctrl+u": tea.KeyCtrlU,
		"ctrl+r": tea.KeyCtrlR, "ctrl+z": tea.KeyCtrlZ, "ctrl+t": tea.KeyCtrlT, "ctrl+n": tea.KeyCtrlN, "ctrl+o": tea.KeyCtrlO, "ctrl+p": tea.KeyCtrlP,
	}
	if kind, ok := named[name]; ok {
		return tea.KeyMsg{Type: kind}
	}
	if name == " " || name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	if len([]rune(name)) != 1 {
		panic("no key is called " + name)
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// screen is the frame as a person reads it, without colour. The port of the test
// server, which is another each time, is replaced by one as long.
func (h *harness) screen() string {
	return strings.ReplaceAll(ansi.Strip(h.app.View()), h.host, "127.0.0.1:"+strings.Repeat("0", len(h.host)-len("127.0.0.1:")))
}

// sees proves that texts are on the screen, also where a line was wrapped within
// them.
func (h *harness) sees(want ...string) {
	h.t.Helper()
	screen := h.screen()
	flowing := strings.Join(strings.Fields(screen), " ")
	for _, w := range want {
		if !strings.Contains(screen, w) && !strings.Contains(flowing, w) {
			h.t.Fatalf("the screen does not show %q:\n%s", w, screen)
		}
	}
}

func (h *harness) misses(unwanted ...string) {
	h.t.Helper()
	screen := h.screen()
	for _, w := range unwanted {
		if strings.Contains(screen, w) {
			h.t.Fatalf("the screen shows %q:\n%s", w, screen)
		}
	}
}

// hadCursor is the name of the snapshot under the cursor.
func (h *harness) cursor() string {
	h.t.Helper()
	s := h.app.selected()
	if s == nil {
		h.t.Fatal("nothing is selected")
	}
	return s.Name
}

// hangUpHandler is a server that takes every connection and drops it.
type hangUpHandler struct{}

func (hangUpHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) { hangUp(w, r) }

// benchmarkApp is a dashboard at 200x50 with n snapshots of the demo.
func benchmarkApp(b *testing.B, n int) *App {
	b.Helper()
	return newHarness(b, sized(200, 50), func(s *setup) { s.demo.Size = n }).app
}

// typedWord is what must be typed before a disruptive action on the snapshot, as long as no sandbox
// uses it.
func (h *harness) typedWord(s *model.Snapshot) string {
	return mutation.Deactivate().Word(&h.app.state.ViewState, s, h.app.options.Protect)
}
