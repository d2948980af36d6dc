package ui

import (
	"errors"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/text"
)

// batchWidth is how many requests of one bulk action are under way at a time, or how many
// rebuilds. The server answered 8 workers without trouble; half of that leaves room
// for the other clients of the organization.
const bulkConcurrency = 4

// bulk action is one action on many snapshots: a queue, what runs, and how it ended. The
// zero value is no bulk action.
type bulk struct {
	name     text.Safe       // "Delete 12 snapshots"
	past     string          // "deleted"
	queue    []task          // not tried yet
	active   map[string]bool // ids that were begun and have not ended
	total    int
	done     int
	failures []bulkFailure
	stopped  bool
	resume   time.Time // the server wants silence until then
	started  time.Time
	elapsed  time.Duration // once it has ended
}

// task is what a bulk action does with one snapshot.
type task struct {
	id, name string
	// begin starts it as an action of that id, or says why it cannot be.
	begin func(*App) (tea.Cmd, string)
}

// failure is one snapshot of a bulk action and what went wrong with it.
type bulkFailure struct{ id, name, reason string }

func (b *bulk) running() bool { return b.total > 0 && b.elapsed == 0 }

func (b *bulk) owns(id string) bool { return b.active[id] }

// taskOf is a mutation on one snapshot.
func taskOf(v *mutation, s *model.Snapshot) task {
	return task{s.ID, s.Name, func(a *App) (tea.Cmd, string) { return a.begin(v, s) }}
}

// actOnMany runs a mutation on each of the targets.
func (a *App) runBulk(v *mutation, targets []*model.Snapshot) tea.Cmd {
	tasks := make([]task, len(targets))
	for i, s := range targets {
		tasks[i] = taskOf(v, s)
	}
	return a.startBulk(text.Sprintf("%s %s", capital(v.name), format.Plural(len(targets), "snapshot")), v.past, tasks)
}

// startBatch begins with the first few; the others follow as these end.
func (a *App) startBulk(name text.Safe, past string, tasks []task) tea.Cmd {
	a.bulk = bulk{name: name, past: past, queue: tasks, active: make(map[string]bool), total: len(tasks), started: a.now}
	a.push(&bulkLayer{app: a})
	return a.advanceBulk()
}

// advanceBatch sends as many as may be under way.
func (a *App) advanceBulk() tea.Cmd {
	b := &a.bulk
	var cmds []tea.Cmd
	for b.running() && !b.stopped && len(b.queue) > 0 && a.inRequest() < bulkConcurrency && !a.now.Before(b.resume) {
		next := b.queue[0]
		b.queue = b.queue[1:]
		cmd, reason := next.begin(a)
		if reason != "" {
			b.failures = append(b.failures, bulkFailure{next.id, next.name, reason})
			continue
		}
		b.active[next.id] = true
		cmds = append(cmds, cmd)
	}
	if b.running() && len(b.active) == 0 && (len(b.queue) == 0 || b.stopped) {
		b.elapsed = max(a.now.Sub(b.started), time.Millisecond)
	}
	return tea.Batch(cmds...)
}

// inRequest is how many requests of actions have no answer yet. A rebuild is many
// requests, and one of the bulk action counts until it has ended: else all would be deleted
// at once, and nothing would be left to stop. Those that were begun one by one hold no
// bulk action up, which might be for an hour.
func (a *App) inRequest() int {
	n := 0
	for _, op := range a.state.actions {
		if op.Workflow && a.bulk.owns(op.ID) || !op.Workflow && !op.Accepted() {
			n++
		}
	}
	return n
}

// batchEnded takes the end of one action of the bulk action in. What succeeded loses
// its mark; what failed keeps it, so that it can be tried again.
func (a *App) bulkItemEnded(op *pendingAction, wrong string) tea.Cmd {
	delete(a.bulk.active, op.ID)
	if wrong == "" {
		a.bulk.done++
		a.table.Unmark(op.ID)
	} else {
		a.bulk.failures = append(a.bulk.failures, bulkFailure{op.ID, op.Name, wrong})
	}
	return a.advanceBulk()
}

// heldBack puts an action back into the queue that the server did not look at,
// since the organization's rate limit is used up. It reports whether it was so.
func (a *App) heldBack(op *pendingAction, err error) (tea.Cmd, bool) {
	trouble, isAPI := errors.AsType[*model.Error](err)
	if !a.bulk.owns(op.ID) || !isAPI || trouble.Code != model.RateLimited {
		return nil, false
	}
	a.bulk.resume = a.now.Add(poller.RetryAfter(trouble))
	s, ok := a.state.Data.Store.Get(op.ID)
	if !ok {
		return a.notFound(op), true // nothing is left to send it for
	}
	a.state.remove(op)
	delete(a.bulk.active, op.ID)
	a.bulk.queue = slices.Insert(a.bulk.queue, 0, taskOf(op.mutation, s))
	return nil, true // advanceBatch sends it again after the silence
}

// batchLayer shows how far a bulk action has come, and its report once it has ended.
type bulkLayer struct {
	noInput
	app *App
}

func (*bulkLayer) Scope() keys.Scope   { return keys.OnBulk }
func (*bulkLayer) Motion() keys.Motion { return nil }

// leaveBatch stops a bulk action that runs; one that has ended is closed.
func (a *App) leaveBulk() tea.Cmd {
	if a.bulk.running() && !a.bulk.stopped {
		a.bulk.stopped = true
		return a.advanceBulk()
	}
	if !a.bulk.running() {
		a.pop()
	}
	return nil
}

func (l *bulkLayer) Draw(c *canvas.Canvas) {
	a := l.app
	b := &a.bulk
	const width = 76
	lines := []text.Line{nil, b.title(a.placeText()), nil, b.progress(width - 6), nil}
	lines = append(lines, b.counts()...)
	lines = append(lines, b.failureLines(min(width, a.size.X)-6, max(a.size.Y-len(lines)-6, 1))...)
	lines = append(lines, nil, b.hint(a))
	r := layout.Dialog(a.size, width, len(lines)+2)
	inner := make([]text.Line, len(lines))
	for i, line := range lines {
		inner[i] = text.Join(text.Lit("  ").As(theme.Text), line.Cut(max(r.Dx()-6, 1), text.CutEnd))
	}
	c.Box(r, inner)
}

// failureLines are what failed and why, in as many lines as the reasons need.
func (b *bulk) failureLines(width, room int) []text.Line {
	var lines []text.Line
	for i, f := range b.failures {
		line := text.Join(text.Lit("✗ ").As(theme.Failed), text.Styled(f.name, theme.Text, nil).Cut(28, text.CutMiddle), text.Sprintf("  %s", f.reason).As(theme.Dim))
		parts := line.WrapHanging(max(width, 1), 3)
		if len(lines)+len(parts) >= room && (i > 0 || len(b.failures) > 1) {
			return append(lines, text.Sprintf("  and %d more failed; the activity has them all", len(b.failures)-i).As(theme.Dim))
		}
		lines = append(lines, parts...)
	}
	return lines
}

func (b *bulk) title(place string) text.Line {
	return text.Join(
		b.name.As(theme.Title),
		text.Sprintf("  in %s", place).As(theme.Dim))
}

func (b *bulk) progress(width int) text.Line {
	ended := b.done + len(b.failures)
	filled := width * ended / max(b.total, 1)
	return text.Line{
		{Text: text.Repeat(text.Lit("━"), filled), Role: theme.Accent},
		{Text: text.Repeat(text.Lit("─"), width-filled), Role: theme.Line},
	}
}

func (b *bulk) counts() []text.Line {
	line := text.Join(
		text.Sprintf("%d %s", b.done, b.past).As(theme.Text),
		text.Sprintf(" · %d failed · %d under way · %d not tried", len(b.failures), len(b.active), len(b.queue)).As(theme.Dim))
	return []text.Line{line, nil}
}

func (b *bulk) hint(a *App) text.Line {
	key := text.Lit("esc ").As(theme.Key)
	switch {
	case !b.running():
		note := text.Sprintf("closes · took %s", format.Seconds(b.elapsed))
		if len(a.state.unfinished) > 0 {
			note = text.Sprintf("closes · %s finishes what is saved", a.keyFor("rebuild.finish"))
		}
		if a.table.MarkCount() > 0 {
			note = text.Sprintf("%s · the rest is still marked", note)
		}
		return text.Join(key, note.As(theme.Dim))
	case b.stopped:
		return text.Lit("stopped: waiting for what is under way").As(theme.Dim)
	case a.now.Before(b.resume):
		return text.Join(key, text.Sprintf("stops · the server wants silence, goes on in %s", format.Wait(b.resume.Sub(a.now))).As(theme.Dim))
	default:
		return text.Join(key, text.Lit("stops after what is under way").As(theme.Dim))
	}
}
