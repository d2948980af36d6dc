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

// batchWidth is how many requests of one batch are under way at a time. The
// server answered 8 workers without trouble; half of that leaves room for the
// other clients of the organization.
const batchWidth = 4

// batch is a verb on many snapshots: a queue, what runs, and how it ended. The
// zero value is no batch.
type batch struct {
	verb     *verb
	queue    []*model.Snapshot // not tried yet
	active   map[string]bool   // ids that were sent and have not ended
	total    int
	done     int
	failures []failure
	stopped  bool
	resume   time.Time // the server wants silence until then
	started  time.Time
	took     time.Duration // once it has ended
}

// failure is one snapshot of a batch and what went wrong with it.
type failure struct{ id, name, why string }

func (b *batch) running() bool { return b.total > 0 && b.took == 0 }

func (b *batch) owns(id string) bool { return b.active[id] }

// startBatch begins with the first few; the others follow as these end.
func (a *App) startBatch(v *verb, targets []*model.Snapshot) tea.Cmd {
	a.batch = batch{
		verb: v, queue: slices.Clone(targets), active: make(map[string]bool),
		total: len(targets), started: a.now,
	}
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
		cmd, why := a.begin(b.verb, next)
		if why != "" {
			b.failures = append(b.failures, failure{next.ID, next.Name, why})
			continue
		}
		b.active[next.ID] = true
		cmds = append(cmds, cmd)
	}
	if b.running() && len(b.active) == 0 && (len(b.queue) == 0 || b.stopped) {
		b.took = max(a.now.Sub(b.started), time.Millisecond)
	}
	return tea.Batch(cmds...)
}

// inRequest is how many requests of actions have no answer yet. A rebuild is many
// requests, and counts until it has ended: else all would be deleted at once.
func (a *App) inRequest() int {
	n := 0
	for _, op := range a.known.running() {
		if op.workflow || !op.accepted() {
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
	var trouble *model.Error
	if !a.batch.owns(op.id) || !errors.As(err, &trouble) || trouble.Code != model.RateLimited {
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
	a.batch.queue = slices.Insert(a.batch.queue, 0, s)
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
		text.Sprintf("%s %s", capital(b.verb.name), plural(b.total, "snapshot")).As(theme.Title),
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
		text.Sprintf("%d %s", b.done, b.verb.past).As(theme.Text),
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
