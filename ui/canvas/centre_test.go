package canvas

import (
	"image"
	"strings"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func TestCentre(t *testing.T) {
	for size, want := range map[image.Point]string{
		{12, 5}: "............|...abc......|...de.fg....|............|............",
		{9, 3}:  "..abc....|..de.fg..|.........",
		{8, 3}:  "..abc...|..de....|..fg....",
		{8, 2}:  "..abc...|..de....",
		{3, 2}:  ".a.|.b.",
	} {
		c := blank(size)
		c.Centre(image.Rectangle{Max: size}, text.Lit("abc").As(theme.Text), text.Lit("de fg").As(theme.Dim))
		var got []string
		for _, line := range c.Lines() {
			got = append(got, strings.ReplaceAll(line.String(), " ", "."))
		}
		if joined := strings.Join(got, "|"); joined != want {
			t.Errorf("in %v\n got %s\nwant %s", size, joined, want)
		}
	}
}
