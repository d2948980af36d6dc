package row

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// TestQuota counts what counts against the quota, also while the totals lag behind.
func TestQuota(t *testing.T) {
	t.Parallel()
	own, other := model.Some("own"), model.Some("other")
	var list []*model.Snapshot
	for i, state := range model.States() {
		list = append(list, &model.Snapshot{ID: string(rune('a' + i)), Name: "n", State: state, OrganizationID: own})
	}
	list = append(list,
		&model.Snapshot{ID: "1", Name: "general", General: true, State: model.StateActive, OrganizationID: other},
		&model.Snapshot{ID: "2", Name: "own general", General: true, State: model.StateActive, OrganizationID: own})
	const want = 5 // active, pending, pulling, building, and an own general one
	v := NewViewState(time.Now())
	v.Limit = model.ConfiguredLimit(10)
	if v.Quota().Known() {
		t.Error("known before the first list")
	}
	store, _ := v.Data.Store.Apply(list)
	v.Data.Store = store // the totals lag behind
	if got := v.Quota().Used; got != want {
		t.Errorf("behind: %d, want %d", got, want)
	}
	v.Data = v.Data.current()
	if got := v.Quota().Used; got != want {
		t.Errorf("%d, want %d", got, want)
	}
	v.Data.Store, _ = store.Apply(list[1:])
	if got := v.Quota().Used; got != want {
		t.Errorf("without one that failed: %d", got)
	}
	v.SetQuota(model.ReportedQuota{Limit: 10, Used: model.Some(want + 1)})
	if got := v.Quota(); !got.Differs || got.Counted != want+1 {
		t.Errorf("the server counts one more: %+v", got)
	}
	none, _ := store.ApplyPartial(nil)
	v.SetData(v.Data.With(none), nil) // cut short: nothing to compare
	v.SetData(v.Data.With(v.Data.Store), nil)
	next, _ := store.Apply(append(list[1:], &model.Snapshot{ID: "late", State: model.StateActive}))
	v.SetData(v.Data.With(next), nil)
	v.SetData(v.Data.With(store), nil)
	if got := v.Quota(); got.Differs {
		t.Errorf("a later list had it: %+v", got)
	}
	v.Data.Store, _ = store.ApplyPartial(list[:3])
	if v.Quota().Known() {
		t.Error("known of a list that was cut short")
	}
}
