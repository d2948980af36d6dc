package dialog

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
	"daytona/snapdeck/ui/uitest"
)

var opened = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)

func body(n int) []text.Line {
	var lines []text.Line
	for i := range n {
		lines = append(lines, text.Cell(fmt.Sprintf("line %d of %s", i+1, strings.Repeat("a long question ", i%9))).As(theme.Text))
	}
	return lines
}

// questions are short and long, with and without a word and modes.
func questions() map[string]Question {
	title := text.Lit("Delete node-20-agents").As(theme.Title)
	do := func() tea.Cmd { return tea.Quit }
	return map[string]Question{
		"short":       {Title: title, Lines: body(2), Verb: "delete", Do: do},
		"long":        {Title: title, Lines: body(40), Verb: "delete", Do: do},
		"long, typed": {Title: title, Lines: body(40), Verb: "delete", Word: "node-20-agents", Do: do},
		"modes": {Title: title, Verb: "delete", Modes: []Mode{
			{Name: text.Lit("at once"), Lines: body(20), Do: do}, {Name: text.Lit("later"), Lines: body(3), Do: do},
		}},
	}
}

// Whatever the size of the terminal, all of a question can be read, and no answer is
// taken before that.
func TestQuestionsAreReadToTheEnd(t *testing.T) {
	for name, question := range questions() {
		for _, size := range []image.Point{{X: 120, Y: 50}, {X: 80, Y: 24}, {X: 60, Y: 14}, {X: 40, Y: 10}} {
			t.Run(name+" on "+size.String(), func(t *testing.T) {
				c := NewConfirm(question, opened)
				seen := map[string]bool{}
				for n := 0; ; n++ {
					screen := uitest.Dialog(c, size)
					shown := c.layout.body[c.scroll : c.scroll+c.layout.room]
					for _, line := range shown {
						seen[line.String()] = true
						if !strings.Contains(screen, strings.TrimSpace(line.String())) {
							t.Fatalf("%q is not on the screen:\n%s", line, screen)
						}
					}
					below := len(c.layout.body) - c.scroll - c.layout.room
					if more := fmt.Sprintf("↓ %d line", below); strings.Contains(screen, more) != (below > 0) {
						t.Fatalf("%d lines are below:\n%s", below, screen)
					}
					if !strings.Contains(screen, "esc cancel") || strings.Contains(screen, "↓ scroll down") == c.endSeen {
						t.Fatalf("the answers are wrong:\n%s", screen)
					}
					if c.endSeen {
						break
					}
					if n > 150 {
						t.Fatal("the end never comes")
					}
					c.Scroll(1)
				}
				for _, line := range c.layout.body {
					if !seen[line.String()] {
						t.Errorf("never seen: %q", line)
					}
				}
				end := c.scroll
				c.Scroll(1)
				uitest.Dialog(c, size)
				if c.scroll != end || !c.endSeen {
					t.Errorf("it scrolls on from %d to %d", end, c.scroll)
				}
			})
		}
	}
}

// Up scrolls back, by as much as down scrolled, and not beyond the first line.
func TestScrollingBack(t *testing.T) {
	c, size := NewConfirm(questions()["long"], opened), image.Pt(60, 14)
	first := uitest.Dialog(c, size)
	c.Scroll(1)
	second := uitest.Dialog(c, size)
	c.Scroll(1)
	uitest.Dialog(c, size)
	c.Scroll(-1)
	if again := uitest.Dialog(c, size); again != second || second == first {
		t.Errorf("up shows\n%s\nwant\n%s", again, second)
	}
	c.Scroll(-1)
	c.Scroll(-1)
	if again := uitest.Dialog(c, size); again != first {
		t.Errorf("at the top is\n%s", again)
	}
}

func TestAQuestionArmsOnceTheKeyboardIsQuiet(t *testing.T) {
	c := NewConfirm(questions()["short"], opened)
	if c.Armed(opened.Add(ArmAfter - 1)) {
		t.Error("it is armed too early")
	}
	c.RestartWait(opened.Add(ArmAfter - 1))
	if c.Armed(opened.Add(2*ArmAfter - 2)) {
		t.Error("a key does not start the wait again")
	}
	if !c.Armed(opened.Add(2*ArmAfter - 1)) {
		t.Error("it is not armed")
	}
	c.RestartWait(opened.Add(2 * ArmAfter))
	if !c.Armed(opened.Add(2 * ArmAfter)) {
		t.Error("it does not stay armed")
	}
}

func TestTheWordIsTyped(t *testing.T) {
	c := NewConfirm(questions()["long, typed"], opened)
	if c.Scope() != keys.OnTyped || c.Input() == nil || !c.WrongWord() {
		t.Fatal("no word is asked for")
	}
	c.Input().SetValue("node-20-agent")
	if !c.WrongWord() {
		t.Error("a part of the word is enough")
	}
	c.Input().SetValue("node-20-agents")
	if c.WrongWord() {
		t.Error("the word is not taken")
	}
	if plain := NewConfirm(questions()["short"], opened); plain.Scope() != keys.OnConfirm || plain.Input() != nil || plain.WrongWord() {
		t.Error("a word is asked for where y is enough")
	}
}

// Each mode has its own lines and is read to its own end.
func TestModes(t *testing.T) {
	var did []string
	q := Question{Title: text.Lit("Rebuild").As(theme.Title), Verb: "rebuild"}
	for _, name := range []text.Safe{text.Lit("at once"), text.Lit("later")} {
		q.Modes = append(q.Modes, Mode{Name: name, Lines: []text.Line{text.Sprintf("%s it is", name).As(theme.Text)}, Do: func() tea.Cmd {
			did = append(did, name.String())
			return nil
		}})
	}
	c, size := NewConfirm(q, opened), image.Pt(60, 20)
	for _, want := range []string{"at once", "later", "at once"} {
		if screen := uitest.Dialog(c, size); !strings.Contains(screen, "["+want+"]") || !strings.Contains(screen, want+" it is") {
			t.Errorf("it is not %s:\n%s", want, screen)
		}
		c.Chosen()()
		c.NextMode()
		if c.endSeen {
			t.Error("the next mode counts as read")
		}
	}
	if !slices.Equal(did, []string{"at once", "later", "at once"}) {
		t.Errorf("it did %q", did)
	}
}

// TestModesWithAWord: each mode may want another word, and one may be refused.
func TestModesWithAWord(t *testing.T) {
	c := NewConfirm(Question{Title: text.Lit("Delete").As(theme.Title), Verb: "delete", Modes: []Mode{
		{Name: text.Lit("none"), Lines: body(1), Refusal: "nothing is left"},
		{Name: text.Lit("some"), Title: text.Lit("Delete 2").As(theme.Title), Lines: body(1), Word: "2"},
		{Name: text.Lit("also some"), Lines: body(1), Word: "2"},
		{Name: text.Lit("all"), Lines: body(1), Word: "5"},
	}}, opened)
	size := image.Pt(60, 20)
	if screen := uitest.Dialog(c, size); c.RefuseAnswer() != "nothing is left" || c.Input() != nil || strings.Contains(screen, "y delete") || !strings.Contains(screen, "esc cancel") {
		t.Errorf("refused with %q:\n%s", c.RefuseAnswer(), screen)
	}
	c.NextMode()
	if screen := uitest.Dialog(c, size); c.RefuseAnswer() != "" || !strings.Contains(screen, "Delete 2") || !strings.Contains(screen, "type 2 to delete") {
		t.Errorf("refused with %q:\n%s", c.RefuseAnswer(), screen)
	}
	c.Input().SetValue("2")
	c.NextMode()
	if c.WrongWord() {
		t.Error("the same word is to be typed again")
	}
	c.NextMode()
	if c.Input().Value() != "" || !c.WrongWord() {
		t.Errorf("%q was typed for another word", c.Input().Value())
	}
	c.NextMode()
	if c.Scope() != keys.OnConfirm || c.WrongWord() {
		t.Error("the refused mode wants a word")
	}
}

func TestAQuestionThatWaitsIsReplaced(t *testing.T) {
	ask := questions()
	c := NewConfirm(ask["short"], opened)
	c.Wait()
	if c.Armed(opened.Add(time.Hour)) {
		t.Error("it is armed while it waits")
	}
	replaced := opened.Add(time.Hour)
	c.Replace(ask["long, typed"], replaced)
	if c.Input() == nil || c.Armed(replaced.Add(ArmAfter-1)) || !c.Armed(replaced.Add(ArmAfter)) {
		t.Error("it is not armed again after the question was replaced")
	}
	uitest.Dialog(c, image.Pt(60, 14))
	c.ScrollTo(1)
	uitest.Dialog(c, image.Pt(60, 14))
	c.Input().SetValue("node-20-agents")
	if c.WrongWord() || c.RefuseAnswer() != "" {
		t.Fatal("the word is not taken")
	}

	c.Reword(Question{Lines: body(1)})
	if c.Input().Value() != "node-20-agents" || c.WrongWord() || !c.Armed(replaced) || len(c.Lines) != 1 {
		t.Error("other lines drop more than the lines")
	}

	c.Replace(ask["long, typed"], replaced.Add(time.Hour))
	uitest.Dialog(c, image.Pt(60, 14))
	if c.Input().Value() != "" || c.Armed(replaced.Add(time.Hour)) {
		t.Error("what was typed confirms another question")
	}
}

// TestOtherLinesKeepTheMode: another number of modes, or another one in its place, is another
// question.
func TestOtherLinesKeepTheMode(t *testing.T) {
	mode := func(line text.Safe) Mode { return Mode{Name: line, Lines: []text.Line{line.As(theme.Text)}} }
	c := NewConfirm(Question{Modes: []Mode{mode(text.Lit("a")), mode(text.Lit("b"))}}, opened)
	c.NextMode()
	c.Reword(Question{Modes: []Mode{mode(text.Lit("c")), mode(text.Lit("d"))}})
	if got := c.Lines[0].String(); got != "d" {
		t.Errorf("the lines are %q", got)
	}
	c.Reword(Question{Lines: body(1)})
	if got := c.Lines[0].String(); got != "d" {
		t.Errorf("the lines are %q", got)
	}
	same := mode(text.Lit("f"))
	same.Name = text.Lit("b")
	c.Replace(Question{Modes: []Mode{mode(text.Lit("e")), same}}, opened)
	if got := c.Lines[0].String(); got != "f" {
		t.Errorf("the mode is %q", got)
	}
	c.Replace(Question{Modes: []Mode{mode(text.Lit("e")), mode(text.Lit("f"))}}, opened)
	if got := c.Lines[0].String(); got != "e" {
		t.Errorf("the mode is %q", got)
	}
	c.NextMode()
	c.Replace(Question{Modes: []Mode{mode(text.Lit("g"))}}, opened)
	if got := c.Lines[0].String(); got != "g" {
		t.Errorf("the mode is %q", got)
	}
}
