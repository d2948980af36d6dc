package ui

import (
	"fmt"
	"image"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
)

// screens are how each screen is reached from the table.
func screens() map[string]func(*harness) {
	dockerfile := func(h *harness) {
		h.press("/")
		h.typ("node-20-agents")
		h.press("enter")
	}
	return map[string]func(*harness){
		"table":      func(*harness) {},
		"filter":     func(h *harness) { h.press("/"); h.typ("noag region:us") },
		"empty":      func(h *harness) { h.press("/"); h.typ("nothing-is-called-so") },
		"overview":   func(h *harness) { dockerfile(h); h.press("enter") },
		"dockerfile": func(h *harness) { dockerfile(h); h.press("enter", "2") },
		"build":      func(h *harness) { dockerfile(h); h.press("enter", "3") },
		"regions":    func(h *harness) { dockerfile(h); h.press("enter", "4") },
		"history":    func(h *harness) { h.advance(30 * time.Second); dockerfile(h); h.press("enter", "5") },
		"json":       func(h *harness) { dockerfile(h); h.press("enter", "6") },
		"matrix":     func(h *harness) { h.press("m") },
		"help":       func(h *harness) { h.press("?") },
		"sort":       func(h *harness) { h.press("s") },
		"states":     func(h *harness) { h.press("f") },
		"delete":     func(h *harness) { h.onOldSnapshot(); h.press("D") },
		"palette":    func(h *harness) { h.press(":"); h.typ("del") },
		"views":      func(h *harness) { h.press("v") },
		"activity":   func(h *harness) { h.advance(30 * time.Second); h.press("a") },
		"log":        func(h *harness) { h.press("l") },
		"activate":   func(h *harness) { h.onState(activateMutation(), model.StateInactive); h.press("A") },
		"deactivate": func(h *harness) { h.onState(deactivateMutation(), model.StateActive); h.press("I") },
		"typed":      func(h *harness) { h.press("/"); h.typ("name:node-20-agents"); h.press("enter", "D"); h.typ("node") },
		"bulk":       func(h *harness) { h.markOld(12); h.press("D"); h.typ("1") },
		"batch": func(h *harness) {
			h.markOld(12)
			h.serve(flaky(h.demo))
			h.press("D")
			h.typ("12")
			h.press("enter")
			h.advance(25 * time.Second)
		},
		"quit":    func(h *harness) { h.onOldSnapshot(); h.press("D", "y", "q") },
		"mistake": func(h *harness) { h.press("/"); h.typ("state:failed used:>soon") },
		"offline": func(h *harness) { h.serve(hangUpHandler{}); h.press("r") },
	}
}

func TestGoldenFrames(t *testing.T) {
	for name, open := range screens() {
		for _, size := range []image.Point{{X: 80, Y: 24}, {X: 120, Y: 36}, {X: 200, Y: 50}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size.X, size.Y), func(t *testing.T) {
				h := newHarness(t, sized(size.X, size.Y))
				open(h)
				h.golden(fmt.Sprintf("%s-%dx%d", name, size.X, size.Y))
			})
		}
	}
}

// TestHighlightsAndMistakes holds where the colours of a filter go: matched
// letters in the name or the ref, and the part that was not understood.
func TestHighlightsAndMistakes(t *testing.T) {
	for name, typed := range map[string]string{
		"highlight-name": "noag", "highlight-ref": "docker.io slim", "highlight-mistake": "node used:>soon", "highlight-hint": "stat:failed",
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, sized(100, 14))
			h.press("/")
			h.typ(typed)
			h.painted(name)
		})
	}
}

// TestColourIsNeverNeeded draws every screen without colour and in ASCII: the
// text must be the same as with colour, and ASCII must be nothing else.
func TestColourIsNeverNeeded(t *testing.T) {
	for name, open := range screens() {
		t.Run(name, func(t *testing.T) {
			colour := newHarness(t)
			open(colour)
			plain := newHarness(t, func(s *setup) { s.profile = termenv.Ascii })
			open(plain)
			if got := plain.app.View(); got != ansi.Strip(got) {
				t.Fatal("NO_COLOR draws colour")
			}
			if colour.screen() != plain.screen() {
				t.Fatal("the text depends on the colours")
			}
			ascii := newHarness(t, func(s *setup) { s.profile = termenv.Ascii; s.glyphs = theme.ASCII })
			open(ascii)
			for _, r := range ascii.app.View() {
				if r > 0x7e {
					t.Fatalf("--ascii draws %q", r)
				}
			}
			light := newHarness(t, func(s *setup) { s.light = true })
			open(light)
			if light.app.View() == colour.app.View() || light.screen() != colour.screen() {
				t.Fatal("light and dark must differ in nothing but colour")
			}
		})
	}
}

func BenchmarkView(b *testing.B) {
	for _, n := range []int{120, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			app := benchmarkApp(b, n)
			b.ReportAllocs()
			for b.Loop() {
				app.View()
			}
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
