package ui

import (
	"fmt"
	"testing"

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
