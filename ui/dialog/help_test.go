package dialog

import (
	"image"
	"strings"
	"testing"

	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/uitest"
)

// helpOn draws the help of many actions on a screen.
func helpOn(size image.Point) (*Help, string) {
	table := []*keys.Action{
		{ID: "move.down", Group: keys.Move, Scope: keys.OnTable, Keys: keys.Bind("down", "j")},
		{ID: "move.up", Group: keys.Move, Scope: keys.OnTable, Keys: keys.Bind("up", "k")},
		{ID: "palette.open", Group: keys.Program, Scope: keys.OnTable, Keys: keys.Bind("all actions", ":")},
	}
	for letter := 'a'; letter < 'i'; letter++ {
		table = append(table, &keys.Action{ID: string(letter), Group: keys.Look, Scope: keys.OnTable, Keys: keys.Bind("look at "+string(letter), string(letter))})
	}
	h := NewHelp(table, keys.OnTable, func(*keys.Action) string { return "" })
	return h, uitest.Dialog(h, size)
}

func TestHelpSaysHowToScroll(t *testing.T) {
	t.Parallel()
	for size, more := range map[image.Point]bool{image.Pt(100, 40): false, image.Pt(100, 17): false, image.Pt(40, 14): true} {
		h, screen := helpOn(size)
		if got := strings.Contains(screen, "lines · j k scroll"); got != more {
			t.Errorf("at %v:\n%s", size, screen)
		}
		if more {
			h.Motion().Bottom()
			if last := strings.Split(uitest.Dialog(h, size), "\n"); !strings.Contains(last[h.box.Max.Y-3], "also lists") {
				t.Errorf("the end at %v is %q", size, last[h.box.Max.Y-3])
			}
		}
	}
}
