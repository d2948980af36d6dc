package listing

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

// lister serves a list in parts.
type lister struct {
	parts      []int // number of snapshots of each part
	incomplete *model.IncompleteList
	err        error
}

func (l lister) List(_ context.Context, progress func(model.ListProgress)) (model.Listing, error) {
	var all []*model.Snapshot
	for _, n := range l.parts {
		for len(all) < n {
			all = append(all, &model.Snapshot{ID: fmt.Sprint(len(all)), Name: fmt.Sprint("name-", len(all)), State: model.StateActive})
		}
		progress(model.ListProgress{Snapshots: all, Total: l.parts[len(l.parts)-1]})
	}
	return model.Listing{Snapshots: all, Incomplete: l.incomplete}, l.err
}

// empty returns what is known before the first list.
func empty() row.Dataset {
	v := row.NewViewState(time.Unix(0, 0))
	return v.Data
}

func TestPartsOfTheFirstListDouble(t *testing.T) {
	t.Parallel()
	var loaded, partial []int
	report := func(p Progress) {
		loaded = append(loaded, p.Loaded)
		if p.Partial.Store != nil {
			partial = append(partial, p.Partial.Store.Len())
		}
	}
	api := lister{parts: []int{100, 150, 200, 300, 400}}
	first := Read(t.Context(), api, empty(), report)
	if fmt.Sprint(loaded) != "[100 150 200 300 400]" || fmt.Sprint(partial) != "[100 200 400]" {
		t.Errorf("loaded %v, drawn %v", loaded, partial)
	}
	if first.Err != nil || !first.Next.Store.Complete() || first.Next.Store.Len() != 400 {
		t.Errorf("%v, %d rows", first.Err, first.Next.Store.Len())
	}
	loaded = nil
	if again := Read(t.Context(), api, first.Next, report); len(loaded) > 0 || len(again.Changes) > 0 || again.Next.Store != first.Next.Store {
		t.Errorf("an unchanged list reports %v and changes %v", loaded, again.Changes)
	}
}

func TestAShortListIsNotWhole(t *testing.T) {
	t.Parallel()
	whole := Read(t.Context(), lister{parts: []int{10}}, empty(), func(Progress) {}).Next
	short := Read(t.Context(), lister{parts: []int{4}, incomplete: &model.IncompleteList{}}, whole, func(Progress) {})
	if short.Err != nil || short.Next.Store.Len() != 10 || short.Listing.Incomplete == nil {
		t.Errorf("%v, %d rows", short.Err, short.Next.Store.Len())
	}
}

func TestAnErrorHasNoRows(t *testing.T) {
	t.Parallel()
	if r := Read(t.Context(), lister{parts: []int{1}, err: errors.New("no answer")}, empty(), func(Progress) {}); r.Err == nil || r.Next.Store != nil {
		t.Errorf("%+v", r)
	}
}
