package keys

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// table has an action of each kind.
func table() []*Action {
	return []*Action{
		{ID: "move.down", Group: Move, Scope: OnLists, Keys: Bind("down", "j", "down")},
		{ID: "move.page-down", Group: Move, Scope: OnLists, Keys: Bind("a page down", "pgdown", "ctrl+f")},
		{ID: "filter.keep", Group: Find, Scope: OnFilter, Hint: 1, Keys: Bind("keep filter", "enter")},
		{ID: "sort.menu", Group: Find, Scope: OnTable, Keys: Bind("sort", "s")},
		{ID: "view.menu", Group: Find, Scope: OnTable | OnRegions, Keys: Bind("views", "v")},
		{ID: "state.menu", Group: Find, Scope: OnTable | OnRegions, Keys: Bind("filter by state", "f")},
		{ID: "regions.open", Group: Look, Scope: OnTable | OnDetail, Hint: 3, Aliases: "matrix availability", Keys: Bind("regions", "m")},
		{ID: "logs.follow", Group: Look, Scope: OnLogs, Hint: 2, Keys: Bind("toggle follow", "f")},
		{ID: "copy.name", Group: Look, Scope: OnScreens, Keys: Bind("copy name", "y")},
		{ID: "snapshot.rebuild", Group: Act, Scope: OnScreens, Hint: 5, Danger: true, Keys: Bind("rebuild", "R")},
		{ID: "snapshot.delete", Group: Act, Scope: OnScreens, Hint: 5, Danger: true, Keys: Bind("delete", "D")},
		{ID: "mark.toggle", Group: Act, Scope: OnTable | OnRegions, Hint: 7, Keys: Bind("mark", " ")},
		{ID: "refresh", Group: Program, Scope: NonModal, Keys: Bind("refresh", "r", "ctrl+r")},
		{ID: "help", Group: Program, Exit: true, Scope: OnScreens | OnActivity | OnLogs | OnMenu, Hint: 9, Keys: Bind("help", "?")},
		{ID: "back", Group: Program, Exit: true, Scope: OnDetail | OnRegions | OnHelp | OnMenu | OnActivity | OnLogs | OnTable, Hint: 8, Keys: Bind("back", "esc")},
		{ID: "quit", Group: Program, Scope: OnTable, Keys: Bind("quit", "q")},
		{ID: "close", Group: Program, Scope: OnDetail | OnRegions | OnMenu | OnHelp | OnActivity | OnLogs, Keys: Bind("close", "q")},
		{ID: "quit.now", Group: Program, Exit: true, Scope: Anywhere, Keys: Bind("quit at once", "ctrl+c")},
		{ID: "palette.run", Group: Program, Scope: OnPalette, Hint: 1, Keys: Bind("run", "enter")},
		{ID: "palette.close", Group: Program, Exit: true, Scope: OnPalette, Hint: 3, Keys: Bind("close", "esc")},
		{ID: "bulk.leave", Group: Program, Exit: true, Scope: OnBulk, Hint: 1, Keys: Bind("stop or close", "esc")},
		{ID: "confirm.yes", Group: Program, Scope: OnConfirm, Hint: 1, Keys: Bind("yes", "y")},
		{ID: "confirm.cancel", Group: Program, Scope: OnConfirm | OnTyped, Hint: 2, Keys: Bind("cancel", "esc")},
	}
}

func TestProblems(t *testing.T) {
	for name, tc := range map[string]struct {
		keys Map
		want []Problem // without Names
	}{
		"nothing":                  {nil, nil},
		"another key":              {Map{"sort.menu": {"S"}}, nil},
		"several":                  {Map{"refresh": {"f5", "ctrl+r", "alt+r", "u", "u"}}, nil},
		"the names of the help":    {Map{"move.page-down": {"pgdn"}, "mark.toggle": {"space"}, "move.down": {"↓"}}, nil},
		"a letter of any alphabet": {Map{"sort.menu": {"ж"}}, nil},
		"an upper-case letter for what is dangerous": {Map{"snapshot.delete": {"Q", "Ж"}}, nil},
		"none at all":                         {Map{"snapshot.delete": {}, "quit": nil}, nil},
		"two change places":                   {Map{"sort.menu": {"f"}, "state.menu": {"s"}}, nil},
		"one makes room":                      {Map{"sort.menu": {"f"}, "state.menu": {}}, nil},
		"free in another place":               {Map{"logs.follow": {"m"}}, nil},
		"a control key where a text is typed": {Map{"filter.keep": {"ctrl+s", "enter"}}, nil},

		"no such action":             {Map{"snapshot.remove": {"Q"}}, []Problem{{Action: "snapshot.remove", Reason: `unknown action "snapshot.remove"`}}},
		"no such key":                {Map{"sort.menu": {"s", "C-s"}}, []Problem{{Action: "sort.menu", Key: "C-s", Reason: `unknown key "C-s"`}}},
		"no key":                     {Map{"sort.menu": {""}}, []Problem{{Action: "sort.menu", Reason: `unknown key ""`}}},
		"two characters":             {Map{"sort.menu": {"gg"}}, []Problem{{Action: "sort.menu", Key: "gg", Reason: `unknown key "gg"`}}},
		"what cannot be seen":        {Map{"sort.menu": {"\u200b"}}, []Problem{{Action: "sort.menu", Key: "\u200b", Reason: `unknown key "\u200b"`}}},
		"a control character":        {Map{"sort.menu": {"\x1b"}}, []Problem{{Action: "sort.menu", Key: "\x1b", Reason: `unknown key "\x1b"`}}},
		"a byte":                     {Map{"sort.menu": {"\xff"}}, []Problem{{Action: "sort.menu", Key: "\xff", Reason: `unknown key "\xff"`}}},
		"what terminals do not send": {Map{"sort.menu": {"ctrl+i"}}, []Problem{{Action: "sort.menu", Key: "ctrl+i", Reason: `unknown key "ctrl+i"`}}},

		"a lower-case letter for what is dangerous": {Map{"snapshot.delete": {"d"}}, []Problem{{
			Action: "snapshot.delete", Key: "d",
			Reason: `snapshot.delete changes the server: use an upper-case letter other than G and N, not "d"`,
		}}},
		"other keys for what is dangerous": {Map{"snapshot.rebuild": {"ctrl+x", "enter", "G", "N", "alt+R", "1", "f8"}}, func() (want []Problem) {
			for _, key := range []string{"ctrl+x", "enter", "G", "N", "alt+R", "1", "f8"} {
				want = append(want, Problem{Action: "snapshot.rebuild", Key: key, Reason: "snapshot.rebuild changes the server: use an upper-case letter other than G and N, not \"" + key + "\""})
			}
			return want
		}()},
		"no way out": {Map{"quit.now": {}, "back": {}, "close": {}, "palette.close": {}, "bulk.leave": {}}, []Problem{
			{Action: "back", Reason: "back leads out of a screen: it must have a key"},
			{Action: "bulk.leave", Reason: "bulk.leave leads out of a screen: it must have a key"},
			{Action: "palette.close", Reason: "palette.close leads out of a screen: it must have a key"},
			{Action: "quit.now", Reason: "quit.now leads out of a screen: it must have a key"},
		}},
		"another way out": {Map{"back": {"backspace"}, "quit.now": {"ctrl+q"}}, nil},
		"an answer": {Map{"confirm.yes": {"Y"}, "confirm.cancel": {}}, []Problem{
			{Action: "confirm.cancel", Reason: "the keys of a confirmation are fixed"},
			{Action: "confirm.yes", Reason: "the keys of a confirmation are fixed"},
		}},
		"a letter where a text is typed": {Map{"filter.keep": {"x"}}, []Problem{{
			Action: "filter.keep", Key: "x", Reason: `filter.keep works in a text field: use a key that types nothing, not "x"`,
		}}},
		"a space where a text is typed": {Map{"palette.run": {"space"}}, []Problem{{
			Action: "palette.run", Key: "space", Reason: `palette.run works in a text field: use a key that types nothing, not "space"`,
		}}},

		"taken": {Map{"sort.menu": {"x", "m"}}, []Problem{{
			Action: "sort.menu", Key: "m", Reason: "m is bound to both sort.menu and regions.open: give one of them another key, or [] for none",
		}}},
		"taken, by another name": {Map{"sort.menu": {"space"}}, []Problem{{
			Action: "sort.menu", Key: "space", Reason: "space is bound to both sort.menu and mark.toggle: give one of them another key, or [] for none",
		}}},
		"taken by another entry": {Map{"sort.menu": {"x"}, "view.menu": {"x"}}, []Problem{{
			Action: "view.menu", Key: "x", Reason: "x is bound to both sort.menu and view.menu: give one of them another key, or [] for none",
		}}},
		"taken in one place of many": {Map{"quit.now": {"y"}}, []Problem{
			{Action: "quit.now", Key: "y", Reason: "y is bound to both copy.name and quit.now: give one of them another key, or [] for none"},
			{Action: "quit.now", Key: "y", Reason: "y is bound to both quit.now and confirm.yes: give one of them another key, or [] for none"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := tc.keys.Apply(table())
			for i := range got {
				unknown := strings.HasPrefix(got[i].Reason, "unknown ")
				if unknown != (len(got[i].Names) > 0) {
					t.Errorf("%q has %d names to choose from", got[i].Reason, len(got[i].Names))
				}
				got[i].Names = nil
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A map with a problem changes nothing, and one without changes its own entries.
func TestApply(t *testing.T) {
	rows := table()
	wrong := Map{"sort.menu": {"S"}, "snapshot.delete": {"x"}}
	if wrong.Apply(rows) == nil {
		t.Fatal("there is no problem")
	}
	for i, act := range table() {
		if !slices.Equal(act.Keys.Keys(), rows[i].Keys.Keys()) {
			t.Errorf("%s has the keys %q", act.ID, rows[i].Keys.Keys())
		}
	}
	if problems := (Map{"sort.menu": {"S"}, "quit": {}}).Apply(rows); problems != nil {
		t.Fatal(problems)
	}
	for i, act := range table() {
		want, key := act.Keys.Keys(), act.Key()
		switch act.ID {
		case "sort.menu":
			want, key = []string{"S"}, "S"
		case "quit":
			want, key = nil, "“quit”"
		}
		if !slices.Equal(rows[i].Keys.Keys(), want) || rows[i].Key() != key {
			t.Errorf("%s has the keys %q and is called %s", act.ID, rows[i].Keys.Keys(), rows[i].Key())
		}
	}
}

func TestEveryKeyHasAName(t *testing.T) {
	for _, name := range keyNames() {
		if _, known := parseKey(name); !known {
			t.Errorf("%s is unknown", name)
		}
	}
}

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
