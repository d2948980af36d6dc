package cli

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// BenchmarkPlan plans a rebuild, as the dashboard does for each that is marked, and for
// the one under the cursor with each frame. It must stay far below a frame.
func BenchmarkPlan(b *testing.B) {
	s, err := model.Decode([]byte(`{"id":"3fa2","name":"team/node:20","state":"active","regionIds":["us"],
		"buildInfo":{"dockerfileContent":"FROM node:20\n` + strings.Repeat(`RUN npm ci\n`, 50) + `","snapshotRef":"daytona-3fa2"}}`))
	if err != nil {
		b.Fatal(err)
	}
	request := model.RebuildRequest{Snapshot: s, Mode: model.InPlace, Now: time.Unix(0, 0), Regions: []model.Region{{ID: "us", Name: "us"}}}
	r := &rebuilder{journal: &openingJournal{}} // still being opened
	if plan := r.Plan(request); len(plan.Refusals) > 0 {
		b.Fatal(plan.Refusals)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Plan(request)
	}
}
