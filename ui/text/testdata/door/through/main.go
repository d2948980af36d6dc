// Command through shows untrusted text in the ways that are meant for it.
package main

import (
	"os"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func main() {
	raw := os.Args[0]
	_ = []text.Line{
		text.Lit("constant").As(theme.Dim),
		text.Cell(raw).As(theme.Text),
		text.Sprintf("%s of %d", raw, 3).As(theme.Text),
		text.Styled(raw, theme.Text, nil),
	}
}
