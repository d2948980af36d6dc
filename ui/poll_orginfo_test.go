package ui

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// The first list arrives before the names of the regions, and while polling is paused
// nothing else would filter the rows again.
func TestFilterByRegionWaitsForNoPoll(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.options.Query = "region:frankfurt"
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/api/regions" {
					status(http.StatusOK, `[{"id":"eu","name":"Frankfurt","regionType":"shared"}]`, "Content-Type", "application/json")(w, r)
					return
				}
				next.ServeHTTP(w, r)
			})
		}
	})
	want := 0
	for _, s := range h.app.state.Data.Store.All() {
		if s.InRegion("eu") {
			want++
		}
	}
	h.press("*")
	if got := h.app.table.MarkCount(); got != want || want == 0 {
		t.Fatalf("* marks %d, and %d are in the region", got, want)
	}
}

func TestFilterByTTLFollowsTheOrganization(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Query = "ttl:<3d" })
	before := h.app.table.Len()
	sooner := model.Organization{ID: h.app.state.OrganizationID(), DeactivationTimeout: 24 * time.Hour}
	h.send(orgInfoReadMsg{model.OrganizationInfo{Organizations: []model.Organization{sooner}}})
	if got := h.app.table.Len(); got <= before {
		t.Fatalf("%d snapshots match with a timeout of a day, %d with the default", got, before)
	}
}

// TestFilterByTTLFollowsTheConfiguration: an API key cannot read the organization's timeout.
func TestFilterByTTLFollowsTheConfiguration(t *testing.T) {
	t.Parallel()
	matches := func(configured time.Duration) int {
		h := newHarness(t, func(s *setup) {
			s.secret, s.options.Query, s.options.Deactivation = demo.Key, "ttl:<3d", configured
		})
		if configured == 0 {
			h.sees("☾ ~")
		} else {
			h.misses("☾ ~")
		}
		return h.app.table.Len()
	}
	if usual, late := matches(0), matches(100*24*time.Hour); late >= usual {
		t.Fatalf("%d snapshots match with a timeout of 100 days, %d with the default", late, usual)
	}
}

func TestRegionsTabFollowsANewName(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("enter", "4")
	renamed := slices.Clone(h.app.state.Regions)
	renamed[0].Name = "atlantis"
	h.send(orgInfoReadMsg{model.OrganizationInfo{Regions: renamed}})
	h.sees("atlantis")
}
