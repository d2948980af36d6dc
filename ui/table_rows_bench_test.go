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
	"daytona/snapdeck/ui/listing"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/running"
)

// BenchmarkDerive works the visible rows out anew, as a poll or a key does.
func BenchmarkDerive(b *testing.B) {
	for _, n := range []int{1000, 5000, 10_000} {
		app := benchmarkApp(b, n)
		for _, q := range []string{"", "node", "state:failed"} {
			b.Run(fmt.Sprintf("%d/%q", n, q), func(b *testing.B) {
				app.state.Query = query.Parse(q)
				filter := app.state.Filter(app.order, query.Result{}, row.Order{})
				b.ReportAllocs()
				for b.Loop() {
					_, _ = filter.Apply(b.Context())
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
	store := app.state.Data.Store
	one := decoded(b, size/2, time.Hour)
	for _, id := range []int{1, 1000, size - 1} {
		app.table.Mark(store.All()[id].ID)
	}
	messages := map[string]func() tea.Msg{
		"one changed": func() tea.Msg {
			app.state.Data.Store = store
			acted(app, mutation.Activate(), one)
			return followedMsg{op: app.state.running.Get(one.ID), snapshot: one}
		},
		"one gone": func() tea.Msg {
			app.state.Data.Store = store
			acted(app, mutation.Delete(), one)
			return followedMsg{op: app.state.running.Get(one.ID), err: &model.Error{Code: model.NotFound}}
		},
		"unchanged poll": func() tea.Msg {
			app.poller = poller.New(time.Second)
			generation, _ := app.poller.Start(start)
			return polledMsg{generation: generation, Result: listing.Result{Base: app.state.Data, Next: app.state.Data}}
		},
		"rows": func() tea.Msg {
			return derivedMsg{generation: app.shown.generation, Filtered: row.Filtered{Data: app.state.Data, Rows: store.All()}}
		},
		"next region": func() tea.Msg { return keyNamed("right") },
		"last row":    func() tea.Msg { return keyNamed("G") },
		"a second":    func() tea.Msg { return tickMsg{} },
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

// acted registers a mutation that the server accepted.
func acted(app *App, v *mutation.Mutation, s *model.Snapshot) {
	op := running.NewAction(v, s.ID, s.Name, start)
	op.Follow = mutation.NewFollow(v, s, start)
	op.Follow.Accepted(start)
	op.ShowFollow()
	app.state.running.Add(op)
}
