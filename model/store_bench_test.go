package model_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// fleet returns a list as a server sends it, ordered by last use.
func fleet(t testing.TB, n int) []*model.Snapshot {
	start := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	rows := make([]*model.Snapshot, n)
	for i := range rows {
		rows[i] = fleetSnapshot(t, i, start.Add(-time.Duration(i)*time.Second))
	}
	return rows
}

func fleetSnapshot(t testing.TB, i int, used time.Time) *model.Snapshot {
	return decode(t, fmt.Sprintf(`{"id":"%08d-0000-4000-8000-000000000000","name":"node-%d","state":"active",`+
		`"ref":"registry/daytona-%064x:daytona","createdAt":"2026-01-01T00:00:00Z","lastUsedAt":%q}`, i, i, i-i%10, used.Format(time.RFC3339)))
}

// BenchmarkApply applies polls to a store of 100,000: without changes, with equal JSON, and
// with 1 % changed.
func BenchmarkApply(b *testing.B) {
	const size = 100_000
	rows := fleet(b, size)
	store, _ := model.NewStore().Apply(rows)
	changed := slices.Clone(rows)
	for i := 0; i < size; i += 100 {
		changed[i] = fleetSnapshot(b, i, time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC))
	}
	for name, set := range map[string][]*model.Snapshot{
		"same pointers": rows,
		"same JSON":     fleet(b, size),
		"1% changed":    changed,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				store.Apply(set)
			}
		})
	}
}

// BenchmarkSingle applies a single snapshot to a store of 100,000, as the UI loop does
// between two frames.
func BenchmarkSingle(b *testing.B) {
	const size = 100_000
	store, _ := model.NewStore().Apply(fleet(b, size))
	now := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	for name, apply := range map[string]func() (*model.Store, []model.Change){
		"changed": func() (*model.Store, []model.Change) { return store.With(fleetSnapshot(b, size/2, now)) },
		"new":     func() (*model.Store, []model.Change) { return store.With(fleetSnapshot(b, size, now)) },
		"deleted": func() (*model.Store, []model.Change) { return store.Without(store.All()[size/2].ID) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				apply()
			}
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	for name, raw := range recorded(b) {
		if name != "image-active" && name != "dockerfile-with-context" {
			continue
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := model.Decode(raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
