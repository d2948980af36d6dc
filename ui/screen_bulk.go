package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/running"
	"daytona/snapdeck/ui/text"
)

// startFunc starts the action on one snapshot of a bulk action, or says why it cannot.
type startFunc func(*App) (tea.Cmd, string)

// bulkItem returns the item for a mutation on one snapshot.
func bulkItem(m *mutation.Mutation, s *model.Snapshot) bulk.Item[startFunc] {
	return bulk.Item[startFunc]{ID: s.ID, Name: s.Name, Start: func(a *App) (tea.Cmd, string) { return a.start(m, s) }}
}

// runBulk runs a mutation on each of the targets.
func (a *App) runBulk(m *mutation.Mutation, targets []*model.Snapshot) tea.Cmd {
	items := make([]bulk.Item[startFunc], len(targets))
	for i, s := range targets {
		items[i] = bulkItem(m, s)
	}
	return a.startBulk(mutation.BulkTitle(m, len(targets)), m.Past, items)
}

// startBulk starts the first few items; the others follow as these end.
func (a *App) startBulk(title text.Safe, past string, items []bulk.Item[startFunc]) tea.Cmd {
	a.bulk = bulk.New(title, past, items, a.now)
	a.push(&bulkLayer{app: a})
	return a.advanceBulk()
}

// advanceBulk starts as many items as may run.
func (a *App) advanceBulk() tea.Cmd {
	var cmds []tea.Cmd
	for {
		item, ok := a.bulk.Next(a.now, a.state.running.InFlight(a.bulk.Owns))
		if !ok {
			break
		}
		cmd, reason := item.Start(a)
		if reason != "" {
			a.bulk.Failed(item.ID, item.Name, reason)
			continue
		}
		a.bulk.Started(item.ID)
		cmds = append(cmds, cmd)
	}
	a.bulk.Settle(a.now)
	return tea.Batch(cmds...)
}

// bulkItemEnded notes how one item of the bulk action ended. A success loses its mark; a
// failure keeps it for a retry.
func (a *App) bulkItemEnded(op *running.Action, reason string) tea.Cmd {
	if reason == "" {
		a.bulk.Done(op.ID)
		a.table.Unmark(op.ID)
	} else {
		a.bulk.Failed(op.ID, op.Name, reason)
	}
	return a.advanceBulk()
}

// bulkLayer shows the progress of a bulk action, and its report once it has ended.
type bulkLayer struct {
	noInput
	app *App
}

func (*bulkLayer) Scope() keys.Scope   { return keys.OnBulk }
func (*bulkLayer) Motion() keys.Motion { return nil }

// stopOrClose stops a running bulk action, and closes the report of one that has ended.
func (l *bulkLayer) stopOrClose() tea.Cmd {
	switch a := l.app; {
	case !a.bulk.Active():
		a.pop()
	case !a.bulk.Stopping():
		a.bulk.Stop()
		return a.advanceBulk()
	}
	return nil
}

func (l *bulkLayer) Draw(c *canvas.Canvas) {
	const dialog, margin = 76, 6
	a := l.app
	report := a.bulk.Report(a.connectionText(), min(dialog, a.size.X)-margin, a.size.Y-7)
	resume := ""
	if len(a.state.unfinished) > 0 {
		resume = a.keyFor("rebuild.resume")
	}
	lines := append(append([]text.Line{nil}, report...), nil, a.bulk.Hint(a.now, resume, a.table.MarkCount()))
	r := layout.Dialog(a.size, dialog, len(lines)+2)
	for i, line := range lines {
		lines[i] = text.Join(text.Lit("  ").As(theme.Text), line.Cut(max(r.Dx()-margin, 1), text.CutEnd))
	}
	c.Box(r, lines)
}
