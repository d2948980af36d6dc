package ui

import (
	"image"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

func TestHelpShowsWhatWorksHereAndNow(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(120, 60))
	h.onBuild(model.StateBuilding)
	h.press("?")
	h.sees("l open log", "D delete", ": also lists what cannot run now, and why.")
	h.misses("A             activate", "scroll left", "not now")
	h.press("esc", "l", "?")
	h.sees("f toggle follow", "z toggle wrap")
	h.misses("delete")
	h.press("esc", "esc", "a", "?")
	h.sees("page down")
	h.misses("go to snapshot")
	h.app.activity.Add(start, "", text.Cell("something").As(theme.Text))
	h.press("esc", "?")
	h.sees("enter go to snapshot")
	h.press("esc", "esc", "s", "?")
	h.sees("enter choose")
	h.press("esc")
	h.sees("Sort by")
}

func TestHelpSaysThatThereIsMore(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(80, 24))
	h.press("?")
	h.sees("1 to ", " lines · j k scroll")
	h.press("G")
	h.sees("Lower case looks")
	h.send(tea.WindowSizeMsg{Width: 80, Height: 80})
	h.misses(" lines · j k scroll")
}

// A hand that is trained on another tool learns from each strange key, on every
// screen, which key does.
func TestStrangeKeysAreAnswered(t *testing.T) {
	t.Parallel()
	ctrlK, del := tea.KeyMsg{Type: tea.KeyCtrlK}, tea.KeyMsg{Type: tea.KeyDelete}
	for scope, open := range map[string][]string{"table": nil, "details": {"enter"}, "regions": {"m"}, "log": {"l"}, "activity": {"a"}, "menu": {"s"}} {
		t.Run(scope, func(t *testing.T) {
			h := newHarness(t)
			h.onBuild(model.StateBuilding)
			h.press(open...)
			free := h.freeKey()
			altFree := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(free), Alt: true}
			for want, key := range map[string]tea.KeyMsg{"ctrl+k": ctrlK, "delete": del, "alt+" + free: altFree, free: keyNamed(free)} {
				if h.runs(want) != nil {
					continue
				}
				h.send(key)
				h.sees(key.String() + " is not bound here · ? help")
			}
		})
	}
	h := newHarness(t)
	h.press("?")
	free := h.freeKey()
	h.press(free)
	h.sees(free + " is not bound here · esc back")
}

// Letters that come in one read are letters, even if a key is called so.
func TestLettersInOneReadAreNoKey(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"delete", "home", "end", "backspace", "ctrl+u", "enter"} {
		h := newHarness(t)
		h.press("/")
		h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)})
		if got := h.app.filter.Value(); got != name {
			t.Errorf("of %q in one read came %q", name, got)
		}
	}
}

// From 100x30 on all keys of a screen are visible at once, even those that cannot run now.
func TestHelpFitsOnOneScreen(t *testing.T) {
	t.Parallel()
	anything := func(*keys.Action) string { return "" }
	room := image.Pt(94, 22) // a screen of 100x30 without the frame, the rules and the footer
	for _, scope := range []keys.Scope{keys.OnTable, keys.OnDetail, keys.OnRegions, keys.OnLogs, keys.OnActivity, keys.OnMenu} {
		lines := keys.Help(keyActions(actionTable()), scope, anything, room)
		if len(lines) > room.Y || lines[0].Width() > room.X {
			t.Errorf("in %v the help has %d lines of %d cells", scope.Names(), len(lines), lines[0].Width())
		}
	}
	h := newHarness(t, sized(100, 30))
	h.press("?")
	h.sees("FIND", "LOOK", "ACT", "PROGRAM", "MOVE", "quit now", "Lower case looks")
	h.misses(" lines · j k scroll")
}
