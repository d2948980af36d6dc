package pager

import (
	"strconv"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const (
	// minNumber is the least number of cells for a line number: the numbers of a
	// file of some hundred lines stand as far left as those of a short one.
	minNumber = 4
	// minNumbered is the width below which the text gets the room of the numbers.
	minNumbered = 24
)

// View returns the visible rows, exactly as many lines and cells as [Pager.SetSize]
// said. Where a line that is not wrapped goes on, an ellipsis says so.
func (p *Pager) View() []text.Line {
	lines := make([]text.Line, 0, p.height)
	for at := p.top; len(lines) < p.height && at.line < p.length; {
		row := p.row(at)
		lines = append(lines, text.Join(p.gutter(at, row), p.clip(row)))
		at.row++
		if at.row == p.rowsOf(at.line) {
			at = place{line: at.line + 1}
		}
	}
	return text.Block(lines, p.width, p.height)
}

// clip returns what is visible of a row.
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

// gutter returns the line's number, if numbers are shown, in front of its first
// row. The row with the current match has a bar, which is seen without colour.
func (p *Pager) gutter(at place, row text.Line) text.Line {
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

// gutterWidth returns how many cells the numbers take, with the space behind.
func (p *Pager) gutterWidth() int {
	if !p.numbers || p.width < minNumbered {
		return 0
	}
	digits := len(strconv.Itoa(p.length))
	return max(minNumber, 1+digits) + 1
}

// textWidth returns how many cells a row of text has, at least one.
func (p *Pager) textWidth() int { return max(1, p.width-p.gutterWidth()) }
