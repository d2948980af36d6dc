package dialog

import (
	"image"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
	"daytona/snapdeck/ui/uitest"
)

func TestMenu(t *testing.T) {
	chosen := ""
	m := NewMenu(text.Lit("Sort by"))
	if m.Chosen() != nil {
		t.Fatal("an empty menu has a choice")
	}
	for i, name := range []text.Safe{text.Lit("name"), text.Lit("age"), text.Lit("size")} {
		m.Add(Choice{Label: name.As(theme.Text), Note: text.Lit("a note"), Choose: func() tea.Cmd { chosen = name.String(); return nil }}, i == 1)
	}
	screen := uitest.Dialog(m, image.Pt(60, 12))
	if !strings.Contains(screen, "Sort by") || !strings.Contains(screen, "▌ age") || strings.Count(screen, "a note") != 3 {
		t.Fatalf("it is\n%s", screen)
	}
	m.Chosen()()
	lines := strings.Split(screen, "\n")
	y := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, "size") })
	if m.Point(image.Pt(30, y+1)) || !m.Point(image.Pt(30, y)) {
		t.Fatal("a click hits another entry")
	}
	if got := chosen; got != "age" {
		t.Errorf("it chose %q", got)
	}
	if m.Chosen()(); chosen != "size" {
		t.Errorf("it chose %q", chosen)
	}
}

// A list that is too long for its place shows the part around the cursor.
func TestAListScrollsWithItsCursor(t *testing.T) {
	m := NewMenu(text.Lit("Views"))
	for range 30 {
		m.Add(Choice{Label: text.Lit("view").As(theme.Text)}, false)
	}
	size := image.Pt(60, 14)
	positions := func() string {
		title := strings.Split(uitest.Dialog(m, size), "\n")
		i := slices.IndexFunc(title, func(line string) bool { return strings.Contains(line, "Views") })
		_, position, _ := strings.Cut(title[i], "Views")
		return strings.Trim(position, " │")
	}
	if got := positions(); got != "1 to 9 of 30" {
		t.Errorf("at the top: %s", got)
	}
	for _, step := range []struct {
		move func()
		at   int
		want string
	}{
		{func() { m.Move(10) }, 10, "7 to 15 of 30"},
		{m.Bottom, 29, "22 to 30 of 30"},
		{func() { m.Move(1) }, 29, "22 to 30 of 30"},
		{func() { m.Page(-1) }, 20, "17 to 25 of 30"},
		{func() { m.Page(0.01) }, 21, "18 to 26 of 30"},
		{m.Top, 0, "1 to 9 of 30"},
	} {
		if step.move(); m.at != step.at {
			t.Errorf("the cursor is at %d, want %d", m.at, step.at)
		}
		if got := positions(); got != step.want {
			t.Errorf("it shows %s, want %s", got, step.want)
		}
	}
}

func entries() []Entry {
	entry := func(name, key, reason string, words ...string) Entry {
		return Entry{Name: name, Key: key, Keys: []string{key}, Aliases: words, Reason: reason, Run: func() tea.Cmd { return nil }}
	}
	return []Entry{
		entry("activate", "A", "only an inactive snapshot can be activated", "snapshot.activate"),
		entry("build log", "l", "", "logs", "tail"),
		entry("details", "d", "", "describe", "inspect"),
		entry("delete", "D", "", "rm", "remove"),
		entry("refresh", "r", "", "reload"),
	}
}

func found(p *Palette) []string {
	var names []string
	for _, m := range p.found {
		names = append(names, m.Name)
	}
	return names
}

func TestPaletteRanks(t *testing.T) {
	for typed, want := range map[string][]string{
		"":     {"build log", "details", "delete", "refresh", "activate"}, // what can run first
		"de":   {"delete", "details"},                                     // the shorter name is matched better; "describe" adds nothing
		"D":    {"delete", "details", "build log"},                        // the key, then the names
		"rm":   {"delete"},
		"rel":  {"refresh"}, // the beginning of another name
		"logs": {"build log"},
		"log":  {"build log"},
		"zzz":  nil,
	} {
		p := NewPalette(entries)
		p.Input().SetValue(typed)
		p.Typed()
		if got := found(p); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
		if (p.Chosen() == nil) != (want == nil) {
			t.Errorf("%q has a choice: %v", typed, p.Chosen() != nil)
		}
	}
}

func TestPaletteShowsReasonsAndMatches(t *testing.T) {
	p, size := NewPalette(entries), image.Pt(80, 24)
	if screen := uitest.Dialog(p, size); !strings.Contains(screen, "▌ build log") || strings.Contains(screen, "not now") {
		t.Errorf("it is\n%s", screen)
	}
	p.Step(-1)
	if screen := uitest.Dialog(p, size); !strings.Contains(screen, "▌ activate") || !strings.Contains(screen, "not now: only an inactive snapshot can be activated") {
		t.Errorf("it is\n%s", screen)
	}
	p.Step(1)
	if p.at != 0 {
		t.Errorf("the cursor is at %d behind the last entry", p.at)
	}
	p.Input().SetValue("dl")
	p.Typed()
	uitest.Dialog(p, size)
	var lit string
	for _, span := range p.line(0) {
		if span.Role == theme.Match {
			lit += span.Text.String()
		}
	}
	if got := found(p); len(got) != 3 || lit != "dl" {
		t.Errorf("%q, with %q highlighted", got, lit)
	}
	p.Input().SetValue("zzz")
	p.Typed()
	p.Step(1)
	if screen := uitest.Dialog(p, size); !strings.Contains(screen, "no matching action") {
		t.Errorf("it is\n%s", screen)
	}
}
