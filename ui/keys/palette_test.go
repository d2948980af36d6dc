package keys

import (
	"slices"
	"testing"
)

func TestNamed(t *testing.T) {
	t.Parallel()
	rows := append(table(),
		&Action{ID: "palette.open", Group: Program, Scope: NonModal, Keys: Bind("all actions", ":")},
		&Action{ID: "logs.search", Group: Find, Scope: OnLogs, Keys: Bind("sort", "/")})
	var got []string
	for _, act := range ForPalette(rows, OnTable) {
		got = append(got, act.ID)
	}
	want := []string{
		"sort.menu", "view.menu", "state.menu", "regions.open", "copy.name", "snapshot.rebuild", "snapshot.delete", "mark.toggle", "refresh", "help", "back", "quit", "quit.now",
		"move.down", "move.page-down", // moving comes after the rest
		"logs.follow", "close", // elsewhere; logs.search has the name of sort.menu
	}
	if !slices.Equal(got, want) {
		t.Errorf("the actions are\n%q, want\n%q", got, want)
	}
}
