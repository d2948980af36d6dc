package ui

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// BenchmarkDerive works the visible rows out anew, as a poll or a key does.
func BenchmarkDerive(b *testing.B) {
	for _, n := range []int{1000, 5000, 10_000} {
		app := benchmarkApp(b, n)
		for _, q := range []string{"", "node", "state:failed"} {
			b.Run(fmt.Sprintf("%d/%q", n, q), func(b *testing.B) {
				question := question{deck: app.known.deck, query: query.Parse(q), about: app.known.search(), compare: app.known.comparator(app.order)}
				b.ReportAllocs()
				for b.Loop() {
					question.answer(b.Context(), 1)
				}
			})
		}
	}
}

// BenchmarkUpdate takes messages in at 100,000 snapshots. Each must leave the loop
// within 4 ms, whatever goes on in commands.
func BenchmarkUpdate(b *testing.B) {
	const size = 100_000
	app := benchmarkApp(b, 0)
	h := &harness{t: b, app: app, clock: &testClock{now: start}}
	h.fill(size)
	app.Update(keyNamed("m"))
	store := app.known.deck.store
	one := decoded(b, size/2, time.Hour)
	for _, id := range []int{1, 1000, size - 1} {
		app.table.Mark(store.All()[id].ID)
	}
	messages := map[string]func() tea.Msg{
		"one changed": func() tea.Msg {
			app.known.deck.store = store
			app.known.operations[one.ID] = &operation{verb: verbActivate(), id: one.ID, sent: start}
			return lookedMsg{id: one.ID, verb: app.known.operations[one.ID].verb, snapshot: one}
		},
		"one gone": func() tea.Msg {
			app.known.deck.store = store
			app.known.operations[one.ID] = &operation{verb: verbDelete(), id: one.ID, sent: start}
			return lookedMsg{id: one.ID, verb: app.known.operations[one.ID].verb, err: &model.Error{Code: model.NotFound}}
		},
		"no news": func() tea.Msg {
			return polledMsg{generation: app.poller.generation, base: app.known.deck, next: app.known.deck}
		},
		"rows": func() tea.Msg {
			return derivedMsg{generation: app.shown.generation, deck: app.known.deck, rows: store.All()}
		},
		"next region": func() tea.Msg { return keyNamed("right") },
		"last row":    func() tea.Msg { return keyNamed("G") },
		"a second":    func() tea.Msg { return tickedMsg{} },
		"ask of many": func() tea.Msg {
			app.layers = app.layers[:2]
			return keyNamed("I")
		},
	}
	for _, name := range slices.Sorted(maps.Keys(messages)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				app.Update(messages[name]())
			}
		})
	}
}
