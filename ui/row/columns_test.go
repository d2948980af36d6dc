package row

import (
	"testing"
	"time"

	"daytona/snapdeck/model/query"
)

// TestTTLMarksTheDefaultTimeout: the cell says when the time is computed with the default.
func TestTTLMarksTheDefaultTimeout(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, tc := range []struct {
		used, server, configured time.Duration
		want                     string
		soon                     bool // less than 3 days are left
	}{
		{4 * day, 0, 0, "~10d", false},
		{13 * day, 0, 0, "☾ ~1d", true},
		{13*day + time.Hour, 0, 0, "☾ ~23h", true},
		{15 * day, 0, 0, "☾ ~due", true},
		{4 * day, 0, 21 * day, "17d", false},
		{15 * day, 0, 21 * day, "6d", false},
		{20 * day, 0, 21 * day, "☾ 1d", true},
		{21 * day, 0, 21 * day, "☾ due", true},
		{4 * day, 7 * day, 0, "3d", false},
		{5 * day, 7 * day, 21 * day, "☾ 2d", true},
	} {
		s := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active", "lastUsedAt": start.Add(-tc.used).Format(time.RFC3339)})
		v := viewOf(s)
		v.Organization.DeactivationTimeout, v.Deactivation = tc.server, tc.configured
		if got := v.ttlCell(s).String(); got != tc.want {
			t.Errorf("used %v ago, timeout %v, configured %v: got %q, want %q", tc.used, tc.server, tc.configured, got, tc.want)
		}
		v.Query = query.Parse("ttl:<3d")
		found, err := v.Data.Index.Search(t.Context(), v.Query, v.QueryContext())
		if err != nil || (len(found.Snapshots) == 1) != tc.soon {
			t.Errorf("used %v ago, timeout %v, configured %v: ttl:<3d finds %d (%v)", tc.used, tc.server, tc.configured, len(found.Snapshots), err)
		}
	}
}

func TestRegionsTitle(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		room  int
		named bool
		want  string
	}{
		{72, false, " Regions  where each snapshot can be used · ● in the colour of its state"},
		{71, false, " Regions  where each snapshot can be used"},
		{200, true, " Regions  where each snapshot can be used"},
		{41, false, " Regions  where each snapshot can be used"},
		{40, false, " Regions"},
		{3, true, " Regions"},
	} {
		if got := RegionsTitle(tc.room, tc.named).String(); got != tc.want {
			t.Errorf("in %d cells: %q, want %q", tc.room, got, tc.want)
		}
	}
}
