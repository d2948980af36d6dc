package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// quotaServer answers the usage of the organization with a quota, 0 for the demo's, refuses
// activations, and counts the requests for the usage.
func quotaServer(s *setup, quota int) (asked *int) {
	asked = new(int)
	s.handler = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/usage"):
				*asked++
				if quota > 0 {
					status(http.StatusOK, fmt.Sprintf(`{"regionUsage":[],"totalSnapshotQuota":%d,"currentSnapshotUsage":1}`, quota))(w, r)
					return
				}
			case strings.HasSuffix(r.URL.Path, "/activate"):
				status(http.StatusBadRequest, `{"statusCode":400,"message":"Snapshot quota exceeded. Maximum allowed: 88"}`)(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	return asked
}

// TestQuotaOfOrganization reads the quota together with the organization, and not with polls.
func TestQuotaOfOrganization(t *testing.T) {
	t.Parallel()
	var asked *int
	h := newHarness(t, func(s *setup) { asked = quotaServer(s, 90) })
	used := h.app.state.Quota().Used
	if used < 81 || used > 90 {
		t.Fatalf("%d are in use: not within 10 %% of 90", used)
	}
	h.sees(fmt.Sprintf("%d/90 snapshots", used))
	if h.advance(time.Minute); *asked != 1 {
		t.Errorf("asked %d times in a minute", *asked)
	}
	if h.advance(orgInfoInterval); *asked != 2 {
		t.Errorf("asked %d times after the interval", *asked)
	}
}

// TestQuotaOfAPIKey never asks for the usage: the quota comes from the configuration, or
// from a refusal, and is unknown otherwise.
func TestQuotaOfAPIKey(t *testing.T) {
	t.Parallel()
	for _, configured := range []int{0, 91} {
		var asked *int
		h := newHarness(t, func(s *setup) {
			asked = quotaServer(s, 0)
			s.secret, s.options.Quota = demo.Key, configured
			s.options.Query = "state:inactive age:>1d"
		})
		used := h.app.state.Quota().Used
		if configured > 0 {
			h.sees(fmt.Sprintf("%d/91 snapshots", used))
		} else {
			h.misses(" snapshots · ", "/0")
		}
		h.press("A")
		h.misses("quota: 0")
		h.press("y")
		h.sees(fmt.Sprintf("%d/88 snapshots", h.app.state.Quota().Used))
		if *asked > 0 {
			t.Errorf("asked %d times", *asked)
		}
	}
}

// TestQuotaUnknownWithoutWholeList shows no quota where the server cut the list short.
func TestQuotaUnknownWithoutWholeList(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Quota = 50 })
	all := h.app.state.Data.Store.All()
	h.app.state.Data.Store, _ = model.NewStore().ApplyPartial(all[:10])
	if h.app.state.Quota().Known() {
		t.Error("known")
	}
}
