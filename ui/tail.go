package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const (
	// tailRows is how much of the log of a running build the details show at least.
	tailRows = 6
	// tailRest is how long the cursor must have rested on a build before its log is
	// asked for: who runs down the table asks for none.
	tailRest = 500 * time.Millisecond
)

// readTailIfDue follows the log of the build in the details, and of no other.
func (a *App) readTailIfDue() tea.Cmd {
	d := a.detail
	s := a.state.Building(a.selected())
	if _, whole := find[*logLayer](a); whole || a.screen.DetailBody.Empty() || !d.tabs[d.open].log {
		s = nil
	}
	if d.tail != nil && (s == nil || s.ID != d.tail.ID()) {
		d.tail.cancel()
		d.tail = nil
	}
	switch {
	case s == nil || a.now.Sub(a.lastKey) < tailRest:
		return nil
	case d.tail == nil:
		d.tail = newLogStream(s.ID)
		return d.tail.read(a)
	default:
		return d.tail.readIfDue(a)
	}
}

// tailLines shows the end of the log of the build that is under way, in as many rows
// whatever came of it, so that nothing below them jumps.
func (d *detail) tailLines(k *ViewState, o *fieldList, s *model.Snapshot, rows int) {
	built := k.Building(s)
	if built == nil {
		return
	}
	rows = max(rows, tailRows)
	note := text.Lit("waiting for the log").As(theme.Dim)
	lines := make([]text.Line, rows)
	if d.tail != nil && d.tail.ID() == built.ID {
		d.tail.Pager().SetSize(max(o.width-2, 1), rows)
		lines, note = d.tail.Pager().View(), d.tail.Note()
	}
	if built.Name != s.Name {
		note = text.Join(text.Styled(built.Name, theme.Dim, nil), text.Lit(" · ").As(theme.Dim), note)
	}
	if len(o.lines) > 0 {
		o.gap()
	}
	key := text.Join(text.Lit(" · ").As(theme.Dim), text.Cell(d.logKey).As(theme.Key), text.Lit(" open log").As(theme.Dim))
	head := text.Join(text.Lit("BUILD LOG  ").As(theme.Dim), note)
	o.lines = append(o.lines, text.Join(head.Cut(max(o.width-key.Width(), 1), text.CutEnd), key))
	for _, line := range lines {
		o.lines = append(o.lines, text.Join(text.Lit("  ").As(theme.Text), line))
	}
}
