package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
)

// TestEveryActionCanHaveItsOwnKeys proves that what stands in the table is also
// what a user may write.
func TestEveryActionCanHaveItsOwnKeys(t *testing.T) {
	t.Parallel()
	m := keys.Map{}
	for _, act := range actionTable() {
		if !act.Fixed() {
			m[act.ID] = act.Keys.Keys()
		}
	}
	changed := actionTable()
	if problems := m.Apply(keyActions(changed)); len(problems) > 0 {
		t.Fatal(problems)
	}
	for i, act := range changed {
		if !slices.Equal(act.Keys.Keys(), actionTable()[i].Keys.Keys()) {
			t.Errorf("%s has the keys %q", act.ID, act.Keys.Keys())
		}
	}
}

func withKeys(m keys.Map) func(*setup) { return func(s *setup) { s.options.Keys = m } }

func TestOtherKeysShowEverywhere(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(200, 60), withKeys(keys.Map{
		"filter.open": {"ctrl+f", "Z"}, "move.page-down": {"pgdn"}, "sort.menu": {}, "refresh": {"f5"}, "snapshot.delete": {"Q"},
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
	h.sees("14 of 120")
	h.press("?")
	h.sees("ctrl+f Z      filter", "f5            refresh")
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
	h.sees("DELETE /snapshots/", "use not known", "enter delete", "esc cancel")
}

// TestAKeymapThatIsWrongChangesNothing: whoever starts the dashboard has told the
// user; what protects must hold all the same.
func TestAKeymapThatIsWrongChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withKeys(keys.Map{"snapshot.delete": {"x"}, "sort.menu": {"S"}}))
	h.onOldSnapshot()
	h.press("x")
	h.misses("DELETE /snapshots/")
	h.press("s")
	h.sees("Sort by")
}

func TestNoticeIsShownOnce(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.options.Notices = []string{"config.yaml:1:1: unknown\x1b key", "config.yaml:2:1: another one"}
	})
	h.sees("! config.yaml:1:1: unknown^[ key · a shows 1 more")
	h.advance(20 * time.Second)
	h.misses("config.yaml")
	h.press("a")
	h.sees("config.yaml:1:1: unknown^[ key", "config.yaml:2:1: another one")
	h.press("G", "enter")
	h.sees("this entry is not about a snapshot")
}

// TestTheProfileIsSeenEvenBehindADialog: a production that looks like any other
// is where accidents happen.
func TestTheProfileIsSeenEvenBehindADialog(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Profile = "prod\x1b[0m" })
	sgr := h.app.theme.SGR(theme.Profile, theme.Base)
	marked := func() bool {
		return strings.Contains(h.app.View(), sgr.Open()+" prod^[[0m "+sgr.Close())
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
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Views = []row.View{{Name: "old", Sort: "age:reverse"}} })
	h.press("v", "G", "enter")
	if want := (row.Sort{Column: row.ColumnAge, Reversed: true}); h.app.order != want {
		t.Fatalf("the order is %v, want %v", h.app.order, want)
	}
}
