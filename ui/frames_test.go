package ui

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/mutation"
)

// The sizes at which scenes are drawn: one for each arrangement of the screen.
var (
	small  = image.Pt(80, 24)
	medium = image.Pt(120, 36)
	wide   = image.Pt(200, 50)
)

// scene is a screen worth a picture. Its goldens show only the part that it judges:
// header, tab bar and footer have goldens of their own.
type scene struct {
	open  func(*harness)                      // reaches it from the table
	part  func(layout.Screen) image.Rectangle // nil for the dialog, or all between header and footer
	sizes []image.Point                       // nil for medium: it looks the same at any size
	group string                              // what it is called around its part, "" for its own name
}

// drawnAt are the sizes of the scene's goldens.
func (s scene) drawnAt() []image.Point {
	if s.sizes == nil {
		return []image.Point{medium}
	}
	return s.sizes
}

func tablePart(s layout.Screen) image.Rectangle  { return s.Filter.Union(s.Table) }
func detailPart(s layout.Screen) image.Rectangle { return s.DetailBody }

// scenes are all screens, by name.
func scenes() map[string]scene {
	onDockerfile := func(keys ...string) func(*harness) {
		return func(h *harness) {
			h.press("/")
			h.typ("node-20-agents")
			h.press("enter")
			h.press(keys...)
		}
	}
	filtered := func(query string) func(*harness) {
		return func(h *harness) { h.press("/"); h.typ(query) }
	}
	later := func(then func(*harness)) func(*harness) {
		return func(h *harness) { h.advance(30 * time.Second); then(h) }
	}
	narrowAndNormal := []image.Point{small, medium}
	all := map[string]scene{
		"table":      {open: func(*harness) {}, sizes: []image.Point{small, medium, wide}},
		"filter":     {open: filtered("noag region:us"), part: tablePart, sizes: []image.Point{small}},
		"empty":      {open: filtered("nothing-is-called-so"), part: tablePart, sizes: []image.Point{small}},
		"mistake":    {open: filtered("state:failed used:>soon"), part: tablePart, sizes: []image.Point{small}},
		"offline":    {open: func(h *harness) { h.serve(hangUpHandler{}); h.press("r") }, part: tablePart, sizes: []image.Point{small}},
		"regions":    {open: func(h *harness) { h.press("m") }, sizes: []image.Point{small, wide}},
		"activity":   {open: later(func(h *harness) { h.press("a") })},
		"failures":   {open: func(h *harness) { h.press("b") }, sizes: []image.Point{small}},
		"log":        {open: func(h *harness) { h.press("l") }},
		"help":       {open: func(h *harness) { h.press("?") }},
		"palette":    {open: func(h *harness) { h.press(":"); h.typ("del") }},
		"sort":       {open: func(h *harness) { h.press("s") }},
		"states":     {open: func(h *harness) { h.press("f") }},
		"views":      {open: func(h *harness) { h.press("v") }},
		"activate":   {open: func(h *harness) { h.onState(mutation.Activate(), model.StateInactive); h.press("A") }},
		"deactivate": {open: func(h *harness) { h.onState(mutation.Deactivate(), model.StateActive); h.press("I") }},
		"delete":     {open: func(h *harness) { h.onOldSnapshot(); h.press("D") }},
		"quit":       {open: func(h *harness) { h.onOldSnapshot(); h.press("D", "y", "q") }},
		"typed":      {open: func(h *harness) { filtered("name:node-20-agents")(h); h.press("enter", "D"); h.typ("node") }},
		"bulk":       {open: func(h *harness) { h.markOld(12); h.press("D"); h.typ("1") }},
		"bulk-report": {
			open: func(h *harness) {
				h.markOld(12)
				h.serve(flaky(h.demo))
				h.press("D")
				h.typ("12")
				h.press("enter")
				h.advance(25 * time.Second)
			},
			sizes: narrowAndNormal,
		},
	}
	for i, tab := range inspect.Tabs() {
		open := onDockerfile("enter", fmt.Sprint(i+1))
		s := scene{open: later(func(h *harness) { open(h); h.advance(time.Second) }), part: detailPart, group: "details"}
		if i == 0 {
			s.sizes = narrowAndNormal
		}
		all["tab-"+strings.ToLower(tab.Name)] = s
	}
	return all
}

func TestGoldenFrames(t *testing.T) {
	t.Parallel()
	long(t)
	var around chrome
	t.Run("scenes", func(t *testing.T) {
		for name, s := range scenes() {
			for _, size := range []image.Point{small, medium, wide} {
				at := fmt.Sprintf("-%dx%d", size.X, size.Y)
				file := name + at
				t.Run(file, func(t *testing.T) {
					t.Parallel()
					h := newHarness(t, sized(size.X, size.Y))
					s.open(h)
					around.add(h, cmp.Or(s.group, name)+at)
					switch {
					case !slices.Contains(s.drawnAt(), size):
					case s.part == nil:
						h.golden(file)
					default:
						h.goldenPart(file, s.part(h.app.screen))
					}
				})
			}
		}
	})
	around.compare(t)
}

// TestHighlightsAndMistakes holds where the colours of a filter go: matched
// letters in the name or the ref, and the part that was not understood.
func TestHighlightsAndMistakes(t *testing.T) {
	t.Parallel()
	for name, typed := range map[string]string{
		"highlight-name": "noag", "highlight-ref": "docker.io slim", "highlight-mistake": "node used:>soon", "highlight-hint": "stat:failed",
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, sized(100, 14))
			h.press("/")
			h.typ(typed)
			h.paintedPart(name, h.app.screen.Body)
		})
	}
}

// TestChromeIsPainted holds the colours of header, tab bar and footer.
func TestChromeIsPainted(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, part := range []struct {
		name string
		rect image.Rectangle
	}{{"header", h.app.screen.Header}, {"tabs", h.app.screen.DetailHead}, {"footer", h.app.screen.Footer}} {
		h.paintedPart("chrome-"+part.name, part.rect)
	}
}

func BenchmarkView(b *testing.B) {
	for _, bc := range []struct {
		name string
		rows int
		keys []string // that open a dialog
	}{{"120", 120, nil}, {"10000", 10_000, nil}, {"question", 120, []string{"D"}}, {"palette", 120, []string{":"}}} {
		b.Run(bc.name, func(b *testing.B) {
			h := newHarness(b, sized(200, 50), func(s *setup) { s.demo.Size = bc.rows })
			h.press(bc.keys...)
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				size = len(h.app.View())
			}
			b.ReportMetric(float64(size), "B/frame")
		})
	}
}

func BenchmarkCursorMove(b *testing.B) {
	app := benchmarkApp(b, 10_000)
	down, up := keyNamed("j"), keyNamed("k")
	b.ReportAllocs()
	for b.Loop() {
		app.Update(down)
		app.View()
		app.Update(up)
		app.View()
	}
}
