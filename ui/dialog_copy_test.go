package ui

import (
	"errors"
	"strings"
	"testing"

	"daytona/snapdeck/ui/inspect"
)

func TestCopy(t *testing.T) {
	t.Parallel()
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
	for i, c := range inspect.Values(&h.app.state.ViewState, s, h.app.options.APIURL, 0) {
		h.press("c")
		for range i {
			h.press("j")
		}
		h.press("enter")
		if copied != c.Text {
			t.Fatalf("%s copied %q, want %q", c.Name, copied, c.Text)
		}
	}
	broken = true
	h.press("y")
	h.sees("was not copied: no terminal")
}

func TestOpenInBrowser(t *testing.T) {
	t.Parallel()
	var opened string
	h := newHarness(t, func(s *setup) {
		s.options.Open = func(url string) error { opened = url; return nil }
	})
	h.press("o")
	if !strings.HasSuffix(opened, "/snapshots?snapshotId="+h.app.selected().ID) {
		t.Fatalf("opened %q", opened)
	}
}
