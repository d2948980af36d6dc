package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/running"
)

// recordedMsg: an action was written to the log, or the write failed.
type recordedMsg struct{ err error }

// origin is where requests are sent.
func (s *appState) origin(o *Options) running.Origin {
	return running.Origin{Host: o.Host, URL: o.APIURL, Organization: s.OrganizationID()}
}

// logAction records how an action ended.
func (a *App) logAction(op *running.Action, outcome activity.Outcome, result string) tea.Cmd {
	r := op.Record(a.state.Now, a.state.origin(&a.options))
	r.Seconds = a.now.Sub(op.Started).Seconds()
	return a.record(r.WithOutcome(outcome, result))
}

// record adds what was sent to the activity and to the log of actions.
func (a *App) record(record activity.Record) tea.Cmd {
	a.activity.AddRecord(a.now, record)
	if a.options.Record == nil {
		return nil
	}
	write := a.options.Record
	return a.options.work(callDeadline, func(context.Context) tea.Msg { return recordedMsg{err: write(record)} })
}

// apply warns once that the log of actions cannot be written.
func (msg recordedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil && !a.logBroken {
		a.logBroken = true
		a.toast.Append(dialog.Failed, "the log of actions cannot be written: "+msg.err.Error(), a.now)
	}
	return nil
}
