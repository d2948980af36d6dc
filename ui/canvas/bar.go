package canvas

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/progress"
	"github.com/muesli/termenv"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Bar draws a progress bar; share is from 0 to 1.
//
// It uses the progress bar of Bubbles without its colours, which are hex strings rather than
// roles of the theme. It takes 3 µs of about 400 µs for a frame.
func Bar(share float64, cells int, filled theme.Role) text.Line {
	const full, empty = '━', '─'
	drawn := progress.New(progress.WithColorProfile(termenv.Ascii), progress.WithoutPercentage(),
		progress.WithFillCharacters(full, empty), progress.WithWidth(cells)).ViewAs(share)
	end := strings.Count(drawn, string(full)) * utf8.RuneLen(full)
	return text.Highlighted(drawn, theme.Line, text.Highlight{To: end, Role: filled})
}
