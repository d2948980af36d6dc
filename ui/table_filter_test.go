package ui

import "testing"

func TestFilterMistakesHintsCompletionAndHistory(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Views = []View{{Name: "mine", Query: "name:payments", Sort: "age"}} })
	h.press("v")
	h.sees("Views", "failed", "deactivating soon", "mine")
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
