package ui

import (
	"errors"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

// batchWidth is how many requests of one batch are under way at a time, or how many
// rebuilds. The server answered 8 workers without trouble; half of that leaves room
// for the other clients of the organization.
const batchWidth = 4

// batch is one action on many snapshots: a queue, what runs, and how it ended. The
// zero value is no batch.
type batch struct {
	name     text.Safe       // "Delete 12 snapshots"
	past     string          // "deleted"
	queue    []task          // not tried yet
	active   map[string]bool // ids that were begun and have not ended
	total    int
	done     int
	failures []failure
	stopped  bool
	resume   time.Time // the server wants silence until then
	started  time.Time
	took     time.Duration // once it has ended
}

// task is what a batch does with one snapshot.
type task struct {
	id, name string
	// begin starts it as an operation of that id, or says why it cannot be.
	begin func(*App) (tea.Cmd, string)
}

// failure is one snapshot of a batch and what went wrong with it.
type failure struct{ id, name, why string }

func (b *batch) running() bool { return b.total > 0 && b.took == 0 }

func (b *batch) owns(id string) bool { return b.active[id] }

// taskOf is a verb on one snapshot.
func taskOf(v *verb, s *model.Snapshot) task {
	return task{s.ID, s.Name, func(a *App) (tea.Cmd, string) { return a.begin(v, s) }}
}

// actOnMany runs a verb on each of the targets.
func (a *App) actOnMany(v *verb, targets []*model.Snapshot) tea.Cmd {
	tasks := make([]task, len(targets))
	for i, s := range targets {
		tasks[i] = taskOf(v, s)
	}
	return a.startBatch(text.Sprintf("%s %s", capital(v.name), plural(len(targets), "snapshot")), v.past, tasks)
}

// startBatch begins with the first few; the others follow as these end.
func (a *App) startBatch(name text.Safe, past string, tasks []task) tea.Cmd {
	a.batch = batch{name: name, past: past, queue: tasks, active: make(map[string]bool), total: len(tasks), started: a.now}
	a.push(&batchLayer{})
	return a.advanceBatch()
}

// advanceBatch sends as many as may be under way.
func (a *App) advanceBatch() tea.Cmd {
	b := &a.batch
	var cmds []tea.Cmd
	for b.running() && !b.stopped && len(b.queue) > 0 && a.inRequest() < batchWidth && !a.now.Before(b.resume) {
		next := b.queue[0]
		b.queue = b.queue[1:]
		cmd, why := next.begin(a)
		if why != "" {
			b.failures = append(b.failures, failure{next.id, next.name, why})
			continue
		}
		b.active[next.id] = true
		cmds = append(cmds, cmd)
	}
	if b.running() && len(b.active) == 0 && (len(b.queue) == 0 || b.stopped) {
		b.took = max(a.now.Sub(b.started), time.Millisecond)
	}
	return tea.Batch(cmds...)
}

// inRequest is how many requests of actions have no answer yet. A rebuild is many
// requests, and one of the batch counts until it has ended: else all would be deleted
// at once, and nothing would be left to stop. Those that were begun one by one hold no
// batch up, which might be for an hour.
func (a *App) inRequest() int {
	n := 0
	for id, op := range a.known.operations {
		switch {
		case id != op.id: // it is counted under its own id
		case op.workflow && a.batch.owns(id), !op.workflow && !op.accepted():
			n++
		}
	}
	return n
}

// batchEnded takes the end of one action of the batch in. What succeeded loses
// its mark; what failed keeps it, so that it can be tried again.
func (a *App) batchEnded(op *operation, wrong string) tea.Cmd {
	delete(a.batch.active, op.id)
	if wrong == "" {
		a.batch.done++
		a.table.Unmark(op.id)
	} else {
		a.batch.failures = append(a.batch.failures, failure{op.id, op.name, wrong})
	}
	return a.advanceBatch()
}

// heldBack puts an action back into the queue that the server did not look at,
// since the organization's rate limit is used up. It reports whether it was so.
func (a *App) heldBack(op *operation, err error) (tea.Cmd, bool) {
	trouble, isAPI := errors.AsType[*model.Error](err)
	if !a.batch.owns(op.id) || !isAPI || trouble.Code != model.RateLimited {
		return nil, false
	}
	wait := trouble.RetryAfter
	if wait <= 0 {
		wait = limitedPace
	}
	a.batch.resume = a.now.Add(wait)
	s, ok := a.known.deck.store.Get(op.id)
	if !ok {
		return a.gone(op), true // nothing is left to send it for
	}
	delete(a.known.operations, op.id)
	delete(a.batch.active, op.id)
	a.batch.queue = slices.Insert(a.batch.queue, 0, taskOf(op.verb, s))
	return nil, true // advanceBatch sends it again after the silence
}

// batchLayer shows how far a batch has come, and its report once it has ended.
type batchLayer struct{ noInput }

func (*batchLayer) scope() scope       { return onBatch }
func (*batchLayer) motion(*App) motion { return nil }

// leaveBatch stops a batch that runs; one that has ended is closed.
func (a *App) leaveBatch() tea.Cmd {
	if a.batch.running() && !a.batch.stopped {
		a.batch.stopped = true
		return a.advanceBatch()
	}
	if !a.batch.running() {
		a.pop()
	}
	return nil
}

func (*batchLayer) draw(a *App, c *canvas) {
	b := &a.batch
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
	c.box(r, inner)
}

// failureLines are what failed and why, in as many lines as the reasons need.
func (b *batch) failureLines(width, room int) []text.Line {
	var lines []text.Line
	for i, f := range b.failures {
		line := text.Join(text.Lit("✗ ").As(theme.Failed), text.Styled(f.name, theme.Text, nil).Cut(28, text.CutMiddle), text.Sprintf("  %s", f.why).As(theme.Dim))
		parts := wrapHanging(line, max(width, 1))
		if len(lines)+len(parts) >= room && (i > 0 || len(b.failures) > 1) {
			return append(lines, text.Sprintf("  and %d more failed; the activity has them all", len(b.failures)-i).As(theme.Dim))
		}
		for n, part := range parts {
			if n > 0 {
				part = text.Join(text.Repeat(text.Lit(" "), confirmHanging).As(theme.Dim), part)
			}
			lines = append(lines, part)
		}
	}
	return lines
}

func (b *batch) title(place string) text.Line {
	return text.Join(
		b.name.As(theme.Title),
		text.Sprintf("  in %s", place).As(theme.Dim))
}

func (b *batch) progress(width int) text.Line {
	ended := b.done + len(b.failures)
	filled := width * ended / max(b.total, 1)
	return text.Line{
		{Text: text.Repeat(text.Lit("━"), filled), Role: theme.Accent},
		{Text: text.Repeat(text.Lit("─"), width-filled), Role: theme.Line},
	}
}

func (b *batch) counts() []text.Line {
	line := text.Join(
		text.Sprintf("%d %s", b.done, b.past).As(theme.Text),
		text.Sprintf(" · %d failed · %d under way · %d not tried", len(b.failures), len(b.active), len(b.queue)).As(theme.Dim))
	return []text.Line{line, nil}
}

func (b *batch) hint(a *App) text.Line {
	key := text.Lit("esc ").As(theme.Key)
	switch {
	case !b.running():
		note := text.Sprintf("closes · took %s", seconds(b.took))
		if len(a.known.left) > 0 {
			note = text.Sprintf("closes · %s finishes what is saved", a.keyFor("rebuild.finish"))
		}
		if a.table.MarkCount() > 0 {
			note = text.Sprintf("%s · the rest is still marked", note)
		}
		return text.Join(key, note.As(theme.Dim))
	case b.stopped:
		return text.Lit("stopped: waiting for what is under way").As(theme.Dim)
	case a.now.Before(b.resume):
		return text.Join(key, text.Sprintf("stops · the server wants silence, goes on in %s", shortDuration(b.resume.Sub(a.now))).As(theme.Dim))
	default:
		return text.Join(key, text.Lit("stops after what is under way").As(theme.Dim))
	}
}
