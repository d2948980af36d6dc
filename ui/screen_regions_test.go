package ui

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
)

func TestFewAndManyRegions(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 4, 60} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			regions := make([]string, n)
			for i := range regions {
				regions[i] = fmt.Sprintf(`{"id":"r%d","name":"region-%d","regionType":"shared","organizationId":null}`, i, i)
			}
			h := newHarness(t, sized(120, 14), func(s *setup) {
				s.handler = func(next http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if r.URL.Path == "/api/regions" {
							w.Header().Set("Content-Type", "application/json")
							_, _ = fmt.Fprintf(w, "[%s]", strings.Join(regions, ","))
							return
						}
						listOf(strings.Replace(allNull, `"regionIds":null`, `"regionIds":["r0","r59"]`, 1))(next).ServeHTTP(w, r)
					})
				}
			})
			h.press("m")
			h.golden(fmt.Sprintf("regions-%d", n))
			for range 70 {
				h.press("right")
			}
			if n == 60 {
				h.sees("region-59")
			}
			for range 70 {
				h.press("left")
			}
			if n > 0 {
				h.sees("region-0")
			}
		})
	}
}

func TestRegionsOverTheDetails(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("enter", "3")
	details := h.screen()
	h.press("m")
	h.sees("Regions  where each snapshot can be used", h.cursor())
	h.misses("3▸Build")
	h.press("m")
	if h.screen() != details {
		t.Fatalf("the details are another screen now:\n%s", h.screen())
	}
	h.press("m", "enter")
	h.sees("3▸Build", h.cursor())
	if len(h.app.layers) != 2 {
		t.Fatal("there is more than one way back")
	}
	h.press("esc", "m", "enter", "m")
	h.sees("Regions  where")
	if len(h.app.layers) != 2 {
		t.Fatal("there is more than one way back")
	}
	h.press("esc", "tab", "a")
	h.sees("ACTIVITY since")
}

// A narrow terminal lists the names of the regions, since there would be room for one or two
// columns only. From 72 cells on several regions are columns.
func TestRegionsAreListedOnANarrowTerminal(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 48, 60, 71, 72, 80} {
		h := newHarness(t, sized(width, 20))
		h.press("/")
		h.typ("billing-rust")
		h.press("enter", "m")
		l, _ := find[*regionsLayer](h.app.layerStack)
		if want := width >= narrowRegions; want != (l.visible() >= 2) || !want && l.visible() > 0 {
			t.Errorf("%d regions are columns at %d cells:\n%s", l.visible(), width, h.screen())
		}
		if width < narrowRegions {
			h.sees(strings.Join(h.app.state.RegionNames(h.app.selected()), " "))
			h.misses("← →")
		}
	}
}

// A dot in a column says nothing to a screen reader.
func TestRegionsAreListedForScreenReaders(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.app.theme = theme.New(lipgloss.NewRenderer(io.Discard), theme.Dark(), theme.Plain)
	h.app.openRegions()
	h.app.View()
	if l, ok := find[*regionsLayer](h.app.layerStack); !ok || !l.named || l.visible() > 0 {
		t.Errorf("%d regions are columns", l.visible())
	}
}

func TestRegionsFollowTheWidth(t *testing.T) {
	t.Parallel()
	narrow := tea.WindowSizeMsg{Width: 48, Height: 12}
	resized := newHarness(t)
	resized.press("m")
	resized.send(narrow)
	opened := newHarness(t, sized(narrow.Width, narrow.Height))
	opened.press("m")
	resized.app.toast, opened.app.toast = dialog.Toast{}, dialog.Toast{}
	if got, want := resized.screen(), opened.screen(); got != want {
		t.Fatalf("after the resize:\n%s\nopened at that size:\n%s", got, want)
	}
	resized.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	opened.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	if got, want := resized.screen(), opened.screen(); got != want {
		t.Fatalf("after two resizes:\n%s\nafter one:\n%s", got, want)
	}
}
