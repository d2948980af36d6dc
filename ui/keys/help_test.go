package keys

import (
	"image"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// refuseDelete is a place in which everything can be done but that.
func refuseDelete(act *Action) string {
	if act.ID == "snapshot.delete" {
		return "no"
	}
	return ""
}

func TestHelp(t *testing.T) {
	rows := table()
	if problems := (Map{"quit": {}}).Apply(rows); problems != nil {
		t.Fatal(problems)
	}
	list := []string{
		"FIND", "s             sort", "v             views", "f             filter by state", "",
		"LOOK", "m             regions", "y             copy name", "",
		"ACT", "R             rebuild", "space         mark", "",
		"PROGRAM", "r ctrl+r      refresh", "?             help", "esc           back", "ctrl+c        quit at once", "",
		"MOVE", "j ↓           down", "pgdn ctrl+f   a page down",
	}
	columns := []string{
		"FIND                PROGRAM",
		"s sort              r ctrl+r refresh",
		"v views             ?        help",
		"f filter by state   esc      back",
		"                    ctrl+c   quit at once",
		"LOOK",
		"m regions           MOVE",
		"y copy name         j ↓         down",
		"                    pgdn ctrl+f a page down",
		"ACT",
		"R     rebuild",
		"space mark",
	}
	narrow := []string{ // no group is in two columns while another height avoids it
		"FIND                ACT                     MOVE",
		"s sort              R     rebuild           j ↓         down",
		"v views             space mark              pgdn ctrl+f a page down",
		"f filter by state",
		"                    PROGRAM",
		"LOOK                r ctrl+r refresh",
		"m regions           ?        help",
		"y copy name         esc      back",
		"                    ctrl+c   quit at once",
	}
	for _, tc := range []struct {
		room image.Point
		want []string
	}{
		{image.Pt(30, 22), list}, {image.Pt(80, 21), columns}, {image.Pt(80, 11), narrow}, {image.Pt(30, 21), list}, {image.Pt(80, 3), list},
	} {
		var got []string
		for _, line := range Help(rows, OnTable, refuseDelete, tc.room) {
			got = append(got, strings.TrimRight(line.String(), " "))
		}
		if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
			t.Errorf("in %v the help is\n%s", tc.room, strings.Join(got, "\n"))
		}
	}
}

func TestFooter(t *testing.T) {
	for width, want := range map[int]string{
		70: " m regions  R rebuild  space mark  esc back  ? help          12 shown ",
		40: " m regions  R rebuild  ? help  12 shown ",
		24: " ? help        12 shown ",
	} {
		if got := Footer(table(), OnTable, refuseDelete, text.Lit("12 shown").As(theme.Dim), width).String(); got != want {
			t.Errorf("in %d cells it is\n%q, want\n%q", width, got, want)
		}
	}
}

func TestInOtherCase(t *testing.T) {
	letter := func(r rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}} }
	for pressed, want := range map[rune]string{'d': "snapshot.delete", 'M': "regions.open", 'x': "", '!': ""} {
		got, shown := "", ""
		if key, act := OtherCase(table(), OnTable, letter(pressed)); act != nil {
			shown, got = key, act.ID
		}
		if got != want || (want != "") == (shown == "") {
			t.Errorf("%c is %q by the key %q, want %q", pressed, got, shown, want)
		}
	}
	for _, pressed := range []tea.KeyMsg{{Type: tea.KeyEnter}, {Type: tea.KeyRunes, Runes: []rune{'d'}, Alt: true}, {Type: tea.KeyRunes, Runes: []rune("dd")}} {
		if _, act := OtherCase(table(), OnTable, pressed); act != nil {
			t.Errorf("%s is %s in another case", pressed, act.ID)
		}
	}
	if _, act := OtherCase(table(), OnHelp, letter('d')); act != nil {
		t.Errorf("%s works in the help", act.ID)
	}
}
