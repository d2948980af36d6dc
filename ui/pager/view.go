package pager

import (
	"strconv"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const (
	// minNumberWidth is the minimum width of a line number, so that text starts at the
	// same column in files of up to 999 lines.
	minNumberWidth = 4
	// minWidthWithNumbers is the minimum width of a pager that shows line numbers.
	minWidthWithNumbers = 24
)

// View returns the visible rows in exactly the size of [Pager.SetSize]. An ellipsis
// marks the sides where a line that is not wrapped continues.
func (p *Pager) View() []text.Line {
	lines := make([]text.Line, 0, p.height)
	for at := p.top; len(lines) < p.height && at.line < p.length; {
		row := p.row(at)
		lines = append(lines, text.Join(p.gutter(at, row), p.clip(row)))
		at.row++
		if at.row == p.rowsOf(at.line) {
			at = position{line: at.line + 1}
		}
	}
	return text.Block(lines, p.width, p.height)
}

// clip returns the visible columns of a row.
func (p *Pager) clip(row text.Line) text.Line {
	w := p.textWidth()
	if p.x == 0 {
		return row.Slice(0, w+1).Cut(w, text.CutEnd)
	}
	if len(row) == 0 {
		return nil
	}
	left := text.Lit("…")
	return text.Join(left.As(theme.Dim), row.Slice(p.x+left.Width(), p.x+w+1).Cut(w-left.Width(), text.CutEnd))
}

// gutter returns the gutter of a row if line numbers are on. The first row of a line has
// the number; the row of the current match has a bar, which is visible without colour.
func (p *Pager) gutter(at position, row text.Line) text.Line {
	width := p.gutterWidth()
	if width == 0 {
		return nil
	}
	bar := text.Lit(" ")
	if _, _, ok := currentMatch(row); ok {
		bar = text.Lit("▌")
	}
	number := text.Safe{}
	if at.row == 0 {
		number = text.Sprintf("%d", at.line+1)
	}
	return text.Join(
		bar.As(theme.Accent),
		number.As(theme.Dim).Right(width-2),
		text.Lit(" ").As(theme.Dim),
	)
}

// gutterWidth returns the width of the gutter in cells, 0 without line numbers.
func (p *Pager) gutterWidth() int {
	if !p.numbers || p.width < minWidthWithNumbers {
		return 0
	}
	digits := len(strconv.Itoa(p.length))
	return max(minNumberWidth, 1+digits) + 1
}

// textWidth returns the width of the text in cells, at least 1.
func (p *Pager) textWidth() int { return max(1, p.width-p.gutterWidth()) }
