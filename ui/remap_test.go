package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"

	"daytona/snapdeck/theme"
)

func TestKeymapProblems(t *testing.T) {
	for name, tc := range map[string]struct {
		keys Keymap
		want []KeyProblem // without Names
	}{
		"nothing":                  {nil, nil},
		"another key":              {Keymap{"sort.menu": {"S"}}, nil},
		"several":                  {Keymap{"poll.now": {"f5", "ctrl+r", "alt+r", "u", "u"}}, nil},
		"the names of the help":    {Keymap{"move.page-down": {"pgdn"}, "mark.toggle": {"space"}, "move.down": {"↓"}}, nil},
		"a letter of any alphabet": {Keymap{"sort.menu": {"ж"}}, nil},
		"an upper-case letter for what is dangerous": {Keymap{"snapshot.delete": {"Q", "Ж"}}, nil},
		"none at all":                         {Keymap{"snapshot.delete": {}, "quit": nil}, nil},
		"two change places":                   {Keymap{"sort.menu": {"f"}, "state.menu": {"s"}}, nil},
		"one makes room":                      {Keymap{"sort.menu": {"f"}, "state.menu": {}}, nil},
		"free in another place":               {Keymap{"logs.follow": {"m"}}, nil},
		"a control key where a text is typed": {Keymap{"filter.keep": {"ctrl+s", "enter"}}, nil},

		"no such action":             {Keymap{"snapshot.remove": {"Q"}}, []KeyProblem{{Action: "snapshot.remove", Reason: `no action is called "snapshot.remove"`}}},
		"no such key":                {Keymap{"sort.menu": {"s", "C-s"}}, []KeyProblem{{Action: "sort.menu", Key: "C-s", Reason: `no key is called "C-s"`}}},
		"no key":                     {Keymap{"sort.menu": {""}}, []KeyProblem{{Action: "sort.menu", Reason: `no key is called ""`}}},
		"two characters":             {Keymap{"sort.menu": {"gg"}}, []KeyProblem{{Action: "sort.menu", Key: "gg", Reason: `no key is called "gg"`}}},
		"what cannot be seen":        {Keymap{"sort.menu": {"\u200b"}}, []KeyProblem{{Action: "sort.menu", Key: "\u200b", Reason: `no key is called "\u200b"`}}},
		"a control character":        {Keymap{"sort.menu": {"\x1b"}}, []KeyProblem{{Action: "sort.menu", Key: "\x1b", Reason: `no key is called "\x1b"`}}},
		"a byte":                     {Keymap{"sort.menu": {"\xff"}}, []KeyProblem{{Action: "sort.menu", Key: "\xff", Reason: `no key is called "\xff"`}}},
		"what terminals do not send": {Keymap{"sort.menu": {"ctrl+i"}}, []KeyProblem{{Action: "sort.menu", Key: "ctrl+i", Reason: `no key is called "ctrl+i"`}}},

		"a lower-case letter for what is dangerous": {Keymap{"snapshot.delete": {"d"}}, []KeyProblem{{
			Action: "snapshot.delete", Key: "d",
			Reason: `snapshot.delete changes something on the server: want an upper-case letter other than G and N, not "d"`,
		}}},
		"other keys for what is dangerous": {Keymap{"snapshot.rebuild": {"ctrl+x", "enter", "G", "N", "alt+R", "1", "f8"}}, func() (want []KeyProblem) {
			for _, key := range []string{"ctrl+x", "enter", "G", "N", "alt+R", "1", "f8"} {
				want = append(want, KeyProblem{Action: "snapshot.rebuild", Key: key, Reason: "snapshot.rebuild changes something on the server: want an upper-case letter other than G and N, not \"" + key + "\""})
			}
			return want
		}()},
		"no way out": {Keymap{"quit.now": {}, "back": {}, "layer.close": {}, "palette.close": {}, "batch.leave": {}}, []KeyProblem{
			{Action: "back", Reason: "back is or shows the way out, so it must have a key"},
			{Action: "batch.leave", Reason: "batch.leave is or shows the way out, so it must have a key"},
			{Action: "palette.close", Reason: "palette.close is or shows the way out, so it must have a key"},
			{Action: "quit.now", Reason: "quit.now is or shows the way out, so it must have a key"},
		}},
		"another way out": {Keymap{"back": {"backspace"}, "quit.now": {"ctrl+q"}}, nil},
		"an answer": {Keymap{"confirm.yes": {"Y"}, "confirm.no": {}}, []KeyProblem{
			{Action: "confirm.no", Reason: "a confirmation is always answered with y, enter and esc"},
			{Action: "confirm.yes", Reason: "a confirmation is always answered with y, enter and esc"},
		}},
		"a letter where a text is typed": {Keymap{"filter.keep": {"x"}}, []KeyProblem{{
			Action: "filter.keep", Key: "x", Reason: `filter.keep works while a text is typed: want a key that types nothing, not "x"`,
		}}},
		"a space where a text is typed": {Keymap{"palette.run": {"space"}}, []KeyProblem{{
			Action: "palette.run", Key: "space", Reason: `palette.run works while a text is typed: want a key that types nothing, not "space"`,
		}}},

		"taken": {Keymap{"sort.menu": {"x", "m"}}, []KeyProblem{{
			Action: "sort.menu", Key: "m", Reason: "m would do both sort.menu and matrix.open: give one of them another key, or [] for none",
		}}},
		"taken, by another name": {Keymap{"sort.menu": {"space"}}, []KeyProblem{{
			Action: "sort.menu", Key: "space", Reason: "space would do both sort.menu and mark.toggle: give one of them another key, or [] for none",
		}}},
		"taken by another entry": {Keymap{"sort.menu": {"x"}, "view.menu": {"x"}}, []KeyProblem{{
			Action: "view.menu", Key: "x", Reason: "x would do both sort.menu and view.menu: give one of them another key, or [] for none",
		}}},
		"taken in one place of many": {Keymap{"quit.now": {"y"}}, []KeyProblem{
			{Action: "quit.now", Key: "y", Reason: "y would do both copy.name and quit.now: give one of them another key, or [] for none"},
			{Action: "quit.now", Key: "y", Reason: "y would do both quit.now and confirm.yes: give one of them another key, or [] for none"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := tc.keys.Problems()
			for i := range got {
				unknown := strings.HasPrefix(got[i].Reason, "no ")
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

// TestEveryActionCanHaveItsOwnKeys proves that what stands in the table is also
// what a user may write.
func TestEveryActionCanHaveItsOwnKeys(t *testing.T) {
	keys := Keymap{}
	for _, act := range actionTable() {
		if slices.Contains(ActionIDs(), act.id) {
			keys[act.id] = act.keys.Keys()
		}
	}
	if problems := keys.Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	for i, act := range keyed(actionTable(), keys) {
		if !slices.Equal(act.keys.Keys(), actionTable()[i].keys.Keys()) {
			t.Errorf("%s has the keys %q", act.id, act.keys.Keys())
		}
	}
	for _, name := range keyNames() {
		if _, known := keyCalled(name); !known {
			t.Errorf("no key is called %s", name)
		}
	}
}

func withKeys(keys Keymap) func(*setup) { return func(s *setup) { s.options.Keys = keys } }

func TestOtherKeysShowEverywhere(t *testing.T) {
	h := newHarness(t, sized(200, 60), withKeys(Keymap{
		"filter.open": {"ctrl+f", "Z"}, "move.page-down": {"pgdn"}, "sort.menu": {}, "poll.now": {"f5"}, "snapshot.delete": {"Q"},
	}))
	h.sees("ctrl+f filter", "Q delete")
	h.misses("/ filter", "D delete")
	h.press("/", "s")
	if len(h.app.layers) != 1 {
		t.Fatal("a key still does what it did")
	}
	h.press("Z")
	h.typ("node")
	h.press("enter")
	h.sees("16 of 120")
	h.press("?")
	h.sees("ctrl+f Z      filter", "f5            poll now")
	h.misses("   sort  ")
	h.press("esc", "esc", ":")
	h.typ("sort")
	h.press("enter")
	h.sees("Sort by")
	h.press("esc")
	h.serve(hangUpHandler{})
	h.advance(time.Minute)
	h.sees(" · f5 retry")
	h.onOldSnapshot()
	h.press("D")
	h.misses("DELETE /snapshots/")
	h.press("Q")
	h.sees("DELETE /snapshots/", "y delete", "esc keep it")
}

// TestAKeymapThatIsWrongChangesNothing: whoever starts the dashboard has told the
// user; what protects must hold all the same.
func TestAKeymapThatIsWrongChangesNothing(t *testing.T) {
	h := newHarness(t, withKeys(Keymap{"snapshot.delete": {"x"}, "sort.menu": {"S"}}))
	h.onOldSnapshot()
	h.press("x")
	h.misses("DELETE /snapshots/")
	h.press("s")
	h.sees("Sort by")
}

func TestNoticeIsShownOnce(t *testing.T) {
	h := newHarness(t, func(s *setup) {
		s.options.Notices = []string{"config.yaml:1:1: unknown\x1b key", "config.yaml:2:1: another one"}
	})
	h.sees("! config.yaml:1:1: unknown^[ key · a shows 1 more")
	h.advance(20 * time.Second)
	h.misses("config.yaml")
	h.press("a")
	h.sees("config.yaml:1:1: unknown^[ key", "config.yaml:2:1: another one")
	h.press("G", "enter")
	h.sees("this is about no snapshot")
}

// TestTheProfileIsSeenEvenBehindADialog: a production that looks like any other
// is where accidents happen.
func TestTheProfileIsSeenEvenBehindADialog(t *testing.T) {
	h := newHarness(t, func(s *setup) { s.options.Profile = "prod\x1b[0m" })
	marked := func() bool {
		return strings.Contains(h.app.View(), h.app.theme.SGR(theme.Profile, theme.Base).Paint(" prod^[[0m "))
	}
	h.sees("snapdeck   prod^[[0m   ")
	if !marked() {
		t.Fatalf("the profile is not marked: %q", strings.Split(h.app.View(), "\n")[0])
	}
	h.onOldSnapshot()
	h.press("D")
	h.sees("in prod^[[0m · ")
	if !marked() {
		t.Fatal("the dialog dims the profile")
	}
	plain := newHarness(t, func(s *setup) { s.options.Profile, s.profile = "prod", termenv.Ascii })
	plain.sees("snapdeck   prod   ")
	if view := plain.app.View(); view != ansi.Strip(view) {
		t.Fatal("there is colour without colour")
	}
}

func TestAViewCanBeReversed(t *testing.T) {
	h := newHarness(t, func(s *setup) { s.options.Views = []View{{Name: "old", Sort: "age:reverse"}} })
	h.press("v", "G", "enter")
	if want := (order{column: ColumnAge, reversed: true}); h.app.order != want {
		t.Fatalf("the order is %v, want %v", h.app.order, want)
	}
}
