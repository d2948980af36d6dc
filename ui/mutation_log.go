package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
)

// recordedMsg: an action was written to the log, or could not be.
type recordedMsg struct{ err error }

// logAction records an action that has ended, with its result or the reason why it
// failed.
func (a *App) logAction(op *pendingAction, outcome, reason string) tea.Cmd {
	record := op.record(a.now, a.options.Host, a.state.OrganizationID())
	record.Result, record.Seconds = outcome, a.now.Sub(op.Started).Seconds()
	if !op.Workflow {
		record.Request = op.mutation.Method + " " + op.mutation.Path(op.ID)
	}
	if reason != "" {
		record.Result, record.Failed = reason, true
	}
	return a.record(record)
}

// logCall records one request of a rebuild as soon as it is answered: the program may
// end before the rebuild does.
func (a *App) logCall(op *pendingAction, e model.RebuildEvent) tea.Cmd {
	record := op.record(a.now, a.options.Host, a.state.OrganizationID())
	record.Request, record.Result, record.Failed = e.Call, e.Detail, e.Err != nil
	record.Seconds = e.Duration.Seconds()
	if id := e.SnapshotID; id != "" {
		record.ID = id
		if s, ok := a.state.Data.Store.Get(id); ok {
			record.Name = s.Name // of a candidate, for example
		}
	}
	return a.record(record)
}

// record returns a log record with the fields that all requests of an action share.
func (o *pendingAction) record(now time.Time, host, organization string) activity.Record {
	return activity.Record{
		Time: now.UTC(), Host: host, Organization: organization,
		Action: o.mutation.Name, ID: o.ID, Name: o.Name,
	}
}

// record adds what was sent to the activity and to the log of actions.
func (a *App) record(record activity.Record) tea.Cmd {
	a.activity.AddRecord(a.now, record)
	if a.options.Record == nil {
		return nil
	}
	write := a.options.Record
	return a.work(callDeadline, func(context.Context) tea.Msg { return recordedMsg{err: write(record)} })
}

// apply warns once that the log of actions cannot be written.
func (msg recordedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil && !a.logBroken {
		a.logBroken = true
		a.toast.Append(dialog.Failed, "the log of actions cannot be written: "+msg.err.Error(), a.now)
	}
	return nil
}
