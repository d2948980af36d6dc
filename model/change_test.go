package model_test

import (
	"testing"

	"daytona/snapdeck/model"
)

func TestUsageOnly(t *testing.T) {
	base := []string{"lastUsedAt=2026-11-24T12:00:00Z", "updatedAt=2026-11-24T12:00:00Z"}
	for name, test := range map[string]struct {
		properties []string
		want       bool
	}{
		"used":              {[]string{"lastUsedAt=2026-11-24T13:00:00Z", "updatedAt=2026-11-24T13:00:00Z"}, true},
		"used and renamed":  {[]string{"lastUsedAt=2026-11-24T13:00:00Z", "updatedAt=2026-11-24T13:00:00Z", "name=n"}, false},
		"used and inactive": {[]string{"lastUsedAt=2026-11-24T13:00:00Z", "updatedAt=2026-11-24T12:00:00Z", "state=inactive"}, false},
		"never used now":    {[]string{"lastUsedAt=null", "updatedAt=2026-11-24T12:00:00Z"}, true},
		"one property less": {base[:1], true},
	} {
		store, _ := model.NewStore().Apply([]*model.Snapshot{snapshot(t, "a", base...)})
		_, changes := store.With(snapshot(t, "a", test.properties...))
		if len(changes) != 1 || changes[0].UsageOnly() != test.want {
			t.Errorf("%s: %s, want UsageOnly %t", name, describe(changes), test.want)
		}
	}
	added := model.Change{Kind: model.Added, After: snapshot(t, "a")}
	deleted := model.Change{Kind: model.Deleted, Before: snapshot(t, "a")}
	if added.UsageOnly() || deleted.UsageOnly() {
		t.Error("UsageOnly of an added or deleted snapshot = true")
	}
}
