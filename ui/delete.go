package ui

import (
	"context"
	"errors"
	"path"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// callDeadline bounds one request as the dashboard sees it; the client has a
// shorter one of its own.
const callDeadline = time.Minute

// recentUse is how lately a snapshot must have been used for its deletion to
// want the name typed.
const recentUse = 24 * time.Hour

type (
	// deletedMsg: the server answered a DELETE.
	deletedMsg struct {
		id  string
		err error
	}
	// lookedMsg: the server answered a GET that follows an action.
	lookedMsg struct {
		id       string
		snapshot *model.Snapshot
		err      error
	}
)

// askDelete shows exactly what will be called and what will be lost. It is drawn
// from what was polled, without asking the server.
func (a *App) askDelete() tea.Cmd {
	s := a.selected()
	return a.ask(confirm{
		title: text.Join(
			text.Lit("Delete ").As(theme.Title), text.Styled(s.Name, theme.Title, nil),
			text.Sprintf("  %s", s.ShortID()).As(theme.Dim), text.Sprintf("  in %s", a.placeText()).As(theme.Dim),
		),
		lines: a.deleteLines(s),
		yes:   "delete",
		no:    "keep it",
		word:  a.typedWord(s),
		do:    func(a *App) tea.Cmd { return a.startDelete(s) },
	})
}

func (a *App) placeText() string {
	if name := a.organizationName(); name != "" {
		return name + " · " + a.options.Host
	}
	return a.options.Host
}

// deleteLines names the call, and what the snapshot's deletion takes away.
func (a *App) deleteLines(s *model.Snapshot) []text.Line {
	warn := func(t text.Safe) text.Line {
		return text.Join(text.Lit("! ").As(theme.Sleeps), t.As(theme.Text))
	}
	lines := []text.Line{
		text.Sprintf("DELETE /snapshots/%s", s.ID).As(theme.Text),
		text.Lit("then wait until the server says that it is gone, about 10 s").As(theme.Dim),
		nil,
	}
	if _, ok := s.Dockerfile(); ok {
		lines = append(lines, warn(text.Lit("its Dockerfile is lost: copy it first if nobody else has it")))
	}
	if used, ok := s.LastUsedAt.Get(); ok && a.now.Sub(used) < recentUse {
		lines = append(lines, warn(text.Sprintf("it was used %s", relative(used, a.now))))
	}
	if s.State.Starting() {
		lines = append(lines, warn(text.Sprintf("it is %s: a running job may take the delete back; snapdeck will say so", s.State.Label())))
	}
	if twins := a.known.deck.store.Twins(s); len(twins) > 0 {
		lines = append(lines, warn(text.Sprintf("%s of the same ref stays", plural(len(twins), "twin"))))
	}
	if n := len(s.RegionIDs.Value); n > 1 {
		lines = append(lines, warn(text.Sprintf("it goes from all its %d regions", n)))
	}
	return append(lines, warn(text.Lit("nothing brings it back, and no sandbox can start from it any more")))
}

// typedWord is what must be typed to delete the snapshot, "" where y is enough.
// A name that cannot be shown as it is could not be compared by eye, so the id
// is asked for instead.
func (a *App) typedWord(s *model.Snapshot) string {
	used, ok := s.LastUsedAt.Get()
	if !a.protected(s.Name) && (!ok || a.now.Sub(used) >= recentUse) {
		return ""
	}
	if text.Rewritten(s.Name) {
		return s.ShortID()
	}
	return s.Name
}

// protected reports whether a pattern of the configuration covers the name.
func (a *App) protected(name string) bool {
	for _, pattern := range a.options.Protect {
		if ok, err := path.Match(pattern, name); ok || err != nil {
			return true // a pattern that cannot be read protects everything
		}
	}
	return false
}

// startDelete sends the request. What was asked for may have changed while the
// question stood there, so the reasons against it are looked at again.
func (a *App) startDelete(s *model.Snapshot) tea.Cmd {
	current, ok := a.known.deck.store.Get(s.ID)
	switch {
	case !ok:
		a.toast.show(toastInfo, s.Name+" is gone already", a.now)
		return nil
	case current.State == model.StateRemoving || a.known.operations[s.ID] != nil:
		a.toast.show(toastInfo, s.Name+" is being removed already", a.now)
		return nil
	}
	a.known.operations[s.ID] = &operation{id: s.ID, name: s.Name, started: a.now}
	api, id := a.options.API, s.ID
	return a.work(callDeadline, func(ctx context.Context) tea.Msg {
		return deletedMsg{id: id, err: api.Delete(ctx, id)}
	})
}

// deleted takes the answer to a DELETE in. Success is not proof, and an answer
// that was lost is not failure: both are followed.
func (a *App) deleted(msg deletedMsg) tea.Cmd {
	op := a.known.operations[msg.id]
	if op == nil {
		return nil
	}
	var trouble *model.Error
	switch {
	case msg.err == nil:
	case errors.As(msg.err, &trouble) && trouble.Code == model.NotFound:
		return a.gone(msg.id)
	case errors.As(msg.err, &trouble) && trouble.Code == model.Network && trouble.Sent:
		a.toast.show(toastInfo, "no answer to the delete of "+op.name+": looking whether it was carried out", a.now)
	default:
		delete(a.known.operations, msg.id)
		a.toast.show(toastFailed, op.name+" was not deleted: "+msg.err.Error(), a.now)
		return nil
	}
	op.sent = a.now
	op.nextLook = a.now.Add(op.lookPause())
	return a.startPoll()
}

// lookIfDue asks the server for the snapshots whose actions are followed.
func (a *App) lookIfDue() tea.Cmd {
	if a.poller.silence(a.now) > 0 {
		return nil
	}
	var cmds []tea.Cmd
	for _, op := range a.known.operations {
		if !op.accepted() || op.looking || a.now.Before(op.nextLook) {
			continue
		}
		op.looking = true
		op.looks++
		api, id := a.options.API, op.id
		cmds = append(cmds, a.work(callDeadline, func(ctx context.Context) tea.Msg {
			s, err := api.Get(ctx, id)
			return lookedMsg{id: id, snapshot: s, err: err}
		}))
	}
	return tea.Batch(cmds...)
}

// looked takes the answer of a GET in: gone, still there, or taken back.
func (a *App) looked(msg lookedMsg) tea.Cmd {
	op := a.known.operations[msg.id]
	if op == nil {
		return nil
	}
	op.looking = false
	op.nextLook = a.now.Add(op.lookPause())
	var trouble *model.Error
	if errors.As(msg.err, &trouble) && trouble.Code == model.NotFound {
		return a.gone(msg.id)
	}
	if msg.err != nil {
		return nil // the header tells about the connection; the next look tries again
	}
	if msg.snapshot.State != model.StateRemoving {
		return a.takenBack(op, msg.snapshot)
	}
	if !op.warned && a.now.Sub(op.sent) > overdue {
		op.warned = true
		a.toast.show(toastInfo, op.name+" has been removing for over a minute: its clean-up keeps failing on the server", a.now)
	}
	return a.learnStore(a.known.deck.store.With(msg.snapshot))
}

// takenBack tells that the row came back: a running job overwrote the removal,
// or somebody deactivated it.
func (a *App) takenBack(op *operation, s *model.Snapshot) tea.Cmd {
	delete(a.known.operations, op.id)
	a.toast.show(toastFailed, op.name+" was not deleted: the server took it back, it is "+s.State.Label()+" · D tries again", a.now)
	return a.learnStore(a.known.deck.store.With(s))
}

// gone takes out a snapshot of which the server says that it does not exist.
func (a *App) gone(id string) tea.Cmd {
	a.deleteDone(id)
	return a.learnStore(a.known.deck.store.Without(id))
}

// deleteDone reports the end of a delete.
func (a *App) deleteDone(id string) {
	op := a.known.operations[id]
	if op == nil {
		return
	}
	delete(a.known.operations, id)
	a.toast.show(toastDone, "deleted "+op.name+" · gone after "+seconds(a.now.Sub(op.started)), a.now)
}
