package canvas

import (
	"image"
	"strings"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func shown(c *Canvas) string {
	var lines []string
	for _, line := range c.Lines() {
		lines = append(lines, line.String())
	}
	return strings.Join(lines, "\n")
}

func lit(s text.Safe) text.Line { return s.As(theme.Text) }

func TestPutAndRule(t *testing.T) {
	c := New(image.Pt(6, 4))
	c.Put(image.Rect(1, 1, 4, 3), lit(text.Lit("one")), lit(text.Lit("too long")))
	c.Put(image.Rectangle{}, lit(text.Lit("nowhere")))
	c.Rule(image.Rect(0, 3, 6, 4))
	c.Rule(image.Rect(5, 0, 6, 3))
	if got, want := shown(c), "     │\n one │\n to… │\n──────"; got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
}

func TestBox(t *testing.T) {
	c := New(image.Pt(9, 5))
	c.Put(image.Rect(0, 0, 9, 5), lit(text.Lit("below")))
	c.Box(image.Rect(1, 1, 8, 4), []text.Line{lit(text.Lit("asked?")), lit(text.Lit("no room"))})
	if got, want := shown(c), "below    \n ╭─────╮ \n │aske…│ \n ╰─────╯ \n         "; got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
	if on := c.Lines()[0][0].On; on != theme.Dimmed {
		t.Errorf("what is below the box lies on %v", on)
	}
	for _, span := range c.Lines()[2] {
		if inside := span.Text.String() == "aske…"; inside && span.On != theme.Base {
			t.Errorf("the box lies on %v", span.On)
		}
	}
	c = New(image.Pt(4, 2))
	c.Box(image.Rect(0, 0, 4, 2), nil)
	if got := shown(c); got != "    \n    " {
		t.Errorf("a box without an inside is %q", got)
	}
}
