package row

import (
	"slices"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

func TestAReplacedSnapshotKeepsItsPlace(t *testing.T) {
	t.Parallel()
	v := NewViewState(start)
	old := &model.Snapshot{ID: "1", Name: "a-3fa2bc5", CreatedAt: model.SomeTime(start.AddDate(0, -1, 0))}
	newer := &model.Snapshot{ID: "2", Name: "a-4fa2bc5", CreatedAt: model.SomeTime(start.AddDate(0, 0, -1))}
	rebuilt := &model.Snapshot{ID: "3", Name: "a-3fa2bc5", CreatedAt: model.SomeTime(start)}
	store, _ := v.Data.Store.Apply([]*model.Snapshot{newer, rebuilt})
	v.Data = v.Data.With(store)
	newest := func() string {
		found, err := v.Data.Index.Search(t.Context(), query.Parse("newest:1"), v.QueryContext())
		if err != nil || len(found.Snapshots) != 1 {
			t.Fatalf("%d found, %v", len(found.Snapshots), err)
		}
		return found.Snapshots[0].ID
	}
	if newest() != "3" {
		t.Error("the last one that was created is not the newest")
	}
	v.Replaced("3", old)
	v.Replaced("4", &model.Snapshot{ID: "x"}) // of unknown age
	if newest() != "2" {
		t.Error("the rebuilt one is the newest")
	}
	v.Replaced("5", rebuilt)
	if at, _ := v.Families.Created(&model.Snapshot{ID: "5"}); !at.Equal(start.AddDate(0, -1, 0)) {
		t.Errorf("rebuilt again it is of %v", at)
	}
}

func TestCompletionKnowsFamilies(t *testing.T) {
	t.Parallel()
	v := NewViewState(start)
	var all []*model.Snapshot
	for _, name := range []string{"b", "a-1.0.0", "a-1.1.0", "a"} {
		all = append(all, &model.Snapshot{ID: name, Name: name})
	}
	store, _ := v.Data.Store.Apply(all)
	v.Data = v.Data.With(store)
	if got := v.CompletionContext().FamilyNames; !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q", got)
	}
	many := make([]*model.Snapshot, maxInlineSort+1)
	for i := range many {
		many[i] = &model.Snapshot{ID: time.Duration(i).String(), Name: "a-1.0.0"}
	}
	store, _ = model.NewStore().Apply(many)
	v.Data = v.Data.With(store)
	if got := v.CompletionContext().FamilyNames; got != nil {
		t.Errorf("it finds families of many: %q", got)
	}
	v.Query = query.Parse("newest:1")
	filter := v.Filter(Sort{}, query.Result{}, Order{})
	if filter.Cheap() {
		t.Error("a filter that finds families is cheap")
	}
	if _, err := filter.Apply(t.Context()); err != nil || !v.Data.Index.HasFamilies(nil) || len(v.CompletionContext().FamilyNames) != 1 {
		t.Errorf("the families are not kept: %v", err)
	}
}
