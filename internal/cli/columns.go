package cli

import (
	"fmt"
	"io"
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// writeColumns writes a table. Each column is as wide as its widest cell.
func writeColumns(w io.Writer, rows [][]text.Safe) error {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], cell.Width())
		}
	}
	for _, row := range rows {
		var line text.Line
		for i, cell := range row {
			line = text.Join(line, cell.As(theme.Text).Fit(widths[i]), text.Lit("  ").As(theme.Text))
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(line.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}
