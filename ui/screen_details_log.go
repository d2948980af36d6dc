package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/text"
)

// tailDelay is how long the cursor must rest on a build before its log is read. Moving
// through the table reads no logs.
const tailDelay = 500 * time.Millisecond

// readLogIfDue follows the log on the screen: the open one, or else that of the build in
// the details.
func (a *App) readLogIfDue() tea.Cmd {
	d := a.detail
	s := a.state.Building(a.selected())
	screen, open := find[*logLayer](a.layerStack)
	if open || a.screen.DetailBody.Empty() || d.Tab().LogRows == nil {
		s = nil
	}
	if d.tail != nil && (s == nil || s.ID != d.tail.ID()) {
		d.tail.Cancel()
		d.tail = nil
	}
	switch {
	case open:
		return screen.follow()
	case s == nil || a.now.Sub(a.lastKey) < tailDelay:
		return nil
	case d.tail == nil:
		log, read := a.logs.Open(s.ID)
		d.tail = log
		return read
	default:
		return a.logs.ReadIfDue(d.tail, a.now)
	}
}

// readStepIfDue reads which step the builds in the table are at: the selected one and a few
// others. It sends nothing without focus or while polls fail.
func (a *App) readStepIfDue() tea.Cmd {
	var builds []string
	if a.poller.Steady() && !a.tableCovered() {
		builds = a.state.Builds(a.selected(), a.table.Visible())
	}
	a.steps.Want(a.now, builds)
	if a.detail.tail != nil {
		a.steps.Observe(a.now, a.detail.tail.Log)
	}
	if a.now.Sub(a.lastKey) < tailDelay {
		return nil
	}
	return a.steps.ReadIfDue(a.now)
}

// logTail returns the end of the log of the running build, as the open tab shows it.
func (a *App) logTail(s *model.Snapshot, width int) inspect.Log {
	d := a.detail
	built := a.state.Building(s)
	if built == nil || d.Tab().LogRows == nil {
		return inspect.Log{}
	}
	rows := d.Tab().LogRows(a.screen.DetailBody.Dy())
	if d.tail == nil || d.tail.ID() != built.ID {
		return inspect.Log{Lines: make([]text.Line, rows), Note: text.Lit("waiting for the log").As(theme.Dim)}
	}
	d.tail.Pager().SetSize(max(width-2, 1), rows)
	return inspect.Log{Lines: d.tail.Pager().View(), Note: d.tail.Note()}
}
