package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// activityKept bounds how many events of the session are kept.
const maxActivity = 2000

// ActionRecord is one action as it is written to the log of actions: what was
// sent, on what, and what came of it. It holds no secret.
type ActionRecord struct {
	Time         time.Time `json:"time"` // when it ended, UTC
	Host         string    `json:"host"`
	Organization string    `json:"organization,omitempty"`
	Action       string    `json:"action"`
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Request      string    `json:"request,omitempty"` // "DELETE /snapshots/3fa2…"; "" for the end of a rebuild, which is several
	Result       string    `json:"result"`
	Failed       bool      `json:"failed"`
	Seconds      float64   `json:"seconds"` // from the beginning of the action to its end; of one request of a rebuild, to its answer
}

// recordedMsg: an action was written to the log, or could not be.
type recordedMsg struct{ err error }

// event is one thing that happened in this session: a change that a poll saw, or
// an action of ours.
type activityEntry struct {
	number int // counts up
	at     time.Time
	id     string // of its snapshot, "" where it is about none
	line   text.Line
}

// logAction keeps what was sent and what came of it, and writes it to the log.
func (a *App) logAction(op *pendingAction, outcome, wrong string) tea.Cmd {
	record := a.recordOf(op)
	record.Result, record.Seconds = outcome, a.now.Sub(op.Started).Seconds()
	if !op.Workflow {
		record.Request = op.mutation.method + " " + op.mutation.path(op.ID)
	}
	if wrong != "" {
		record.Result, record.Failed = wrong, true
	}
	return a.record(record)
}

// logCall does the same with one request of a rebuild as soon as it is answered: the
// program may end before the rebuild does.
func (a *App) logCall(op *pendingAction, e model.RebuildEvent) tea.Cmd {
	record := a.recordOf(op)
	record.Request, record.Result, record.Failed = e.Call, e.Detail, e.Err != nil
	record.Seconds = e.Took.Seconds()
	if id := e.SnapshotID; id != "" {
		record.ID = id
		if s, ok := a.state.Data.Store.Get(id); ok {
			record.Name = s.Name // the candidate's, for one
		}
	}
	return a.record(record)
}

func (a *App) recordOf(op *pendingAction) ActionRecord {
	return ActionRecord{
		Time: a.now.UTC(), Host: a.options.Host, Organization: a.organizationID(),
		Action: op.mutation.name, ID: op.ID, Name: op.Name,
	}
}

// record puts what was done among the events, and into the log.
func (a *App) record(record ActionRecord) tea.Cmd {
	role := theme.Text
	if record.Failed {
		role = theme.Failed
	}
	a.addActivity(activityEntry{at: a.now, id: record.ID, line: text.Join(
		text.Styled(record.Name, theme.Title, nil), text.Sprintf("  %s → ", cmp.Or(record.Request, record.Action)).As(theme.Dim), text.Cell(record.Result).As(role),
	)})
	if a.options.Record == nil {
		return nil
	}
	write := a.options.Record
	return a.work(callDeadline, func(context.Context) tea.Msg { return recordedMsg{err: write(record)} })
}

// apply tells once that the log of actions cannot be written.
func (msg recordedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil && !a.logBroken {
		a.logBroken = true
		a.toast.Append(dialog.Failed, "the log of actions cannot be written: "+msg.err.Error(), a.now)
	}
	return nil
}

// changed adds what a poll saw to the stream.
func (a *App) recordChanges(changes []model.Change) {
	for _, change := range changes {
		if !change.UsageOnly() {
			a.addActivity(activityEntry{at: a.now, id: change.Snapshot().ID, line: changeLine(change)})
		}
	}
}

func (a *App) addActivity(e activityEntry) {
	a.eventCount++
	e.number = a.eventCount
	a.events = append(a.events, e)
	if len(a.events) > maxActivity {
		a.events = slices.Delete(a.events, 0, len(a.events)-maxActivity)
	}
}

// tell shows the first of some notices and keeps them all.
func (a *App) showNotices(notices []string) {
	for _, notice := range notices {
		a.addActivity(activityEntry{at: a.now, line: text.Cell(notice).As(theme.Warning)})
	}
	switch len(notices) {
	case 0:
	case 1:
		a.toast.Show(dialog.Warned, notices[0], a.now)
	default:
		a.toast.Show(dialog.Warned, fmt.Sprintf("%s · %s shows %d more", notices[0], a.keyFor("activity.open"), len(notices)-1), a.now)
	}
}

func changeLine(change model.Change) text.Line {
	line := text.Styled(change.Snapshot().Name, theme.Title, nil)
	arrow := text.Lit("  →  ").As(theme.Dim)
	switch change.Kind {
	case model.Added:
		return text.Join(line, text.Lit("  appeared  ").As(theme.Dim), row.StateLine(change.After.State))
	case model.Deleted:
		return text.Join(line, text.Lit("  ").As(theme.Dim), row.StateLine(change.Before.State), arrow, text.Lit("gone").As(theme.Dim))
	case model.StateChanged:
		return text.Join(line, text.Lit("  ").As(theme.Dim), row.StateLine(change.Before.State), arrow, row.StateLine(change.After.State))
	default:
		return text.Join(line, text.Sprintf("  changed: %v", change.Fields).As(theme.Dim))
	}
}
