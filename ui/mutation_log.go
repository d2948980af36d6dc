package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
)

// recordedMsg: an action was written to the log, or could not be.
type recordedMsg struct{ err error }

// recordOf returns a log record with the fields that all requests of an action share.
func (s *appState) recordOf(op *pendingAction, options *Options) activity.Record {
	r := activity.Record{
		Time: s.Now.UTC(), Host: options.Host, URL: options.APIURL, Organization: s.OrganizationID(),
		Action: op.mutation.Name, ID: op.ID, Name: op.Name,
	}
	if !op.Workflow {
		r.Request, r.Sent = op.mutation.Method+" "+op.mutation.Path(op.ID), op.Started.UTC()
	}
	return r
}

// sentRecord returns the record of a request that is about to be sent.
func (s *appState) sentRecord(op *pendingAction, options *Options) activity.Record {
	r := s.recordOf(op, options)
	r.Phase, r.Result = activity.Sent, "sent"
	return r
}

// callRecord returns the record of one request of a rebuild, to be written as soon as it is
// answered: the program may end before the rebuild does.
func (s *appState) callRecord(op *pendingAction, e model.RebuildEvent, options *Options) activity.Record {
	r := s.recordOf(op, options)
	r.Request, r.Seconds = e.Call, e.Duration.Seconds()
	if id := e.SnapshotID; id != "" {
		r.ID = id
		if s, ok := s.Data.Store.Get(id); ok {
			r.Name = s.Name // of a candidate, for example
		}
	}
	if e.Step == model.StepCreate {
		r = r.Replaced(e.Created, op.Placeholder)
	}
	return r.WithOutcome(activity.OutcomeOf(e.Err), e.Detail)
}

// logAction records how an action ended.
func (a *App) logAction(op *pendingAction, outcome activity.Outcome, result string) tea.Cmd {
	r := a.state.recordOf(op, &a.options)
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
