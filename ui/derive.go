package ui

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// Up to so many snapshots the visible rows are worked out inside Update, which
// takes less than a quarter of a frame (4 ms); beyond, it is a command. Sorting
// costs about 1 µs a row, finding words about 50 ns.
const (
	inlineSorted = 3000
	inlineFound  = 40_000
)

const deriveDeadline = 10 * time.Second

// order is how the rows are sorted.
type order struct {
	column   string
	reversed bool
}

// derivation is which rows are shown. The latest one wins: a slower, older
// answer is dropped.
type derivation struct {
	generation   int
	cancel       context.CancelFunc // of the one under way, nil for none
	again        bool               // another one is due after it
	toTop        bool               // the cursor goes to the best match, since the filter was typed
	data         Dataset            // what the latest answer was worked out from
	result       query.Result       // and that answer
	hidden       []query.TermEffect
	placeholders int // rows that the list does not have; see between
}

// derivedMsg: the rows to show have been worked out.
type derivedMsg struct {
	generation int
	late       bool // it took too long, and the rows stay what they are
	data       Dataset
	rows       []*model.Snapshot
	result     query.Result
	hidden     []query.TermEffect // what hides everything, where nothing is left
}

// question is everything that the visible rows depend on.
type question struct {
	data    Dataset
	last    query.Result // of the same snapshots, which typing mostly narrows
	query   query.Query
	about   query.Context
	compare func(a, b *model.Snapshot) int
}

// answer works out the visible rows: the best match first while words are
// typed, else in the order of the sort column.
func (q question) answer(ctx context.Context, generation int) derivedMsg {
	d := q.data.Current()
	result, err := d.Index.Refine(ctx, q.last, q.query, q.about)
	if err != nil {
		return derivedMsg{generation: generation, late: true}
	}
	rows := result.Snapshots
	if !q.query.HasWords() {
		rows = slices.Clone(rows)
		slices.SortFunc(rows, q.compare)
	}
	msg := derivedMsg{generation: generation, data: d, rows: rows, result: result}
	if len(rows) == 0 {
		msg.hidden, _ = d.Index.Explain(ctx, q.query, q.about) // cancelled: nothing is explained
	}
	return msg
}

// cheap reports whether the answer is there within a quarter of a frame.
func (q question) cheap() bool {
	if q.query.HasWords() && !q.data.Behind() {
		return q.data.Store.Len() <= inlineFound
	}
	return q.data.Store.Len() <= inlineSorted
}

// derive works out which rows are shown, and in which order, after the
// snapshots, the filter or the order changed.
func (a *App) derive() tea.Cmd {
	if a.shown.cancel != nil {
		a.shown.cancel()
	}
	a.shown.cancel, a.shown.again = nil, false
	a.showOrder()
	a.shown.generation++
	generation := a.shown.generation
	q := question{data: a.state.Data, last: a.shown.narrowed(a.state.Data), query: a.state.Query, about: a.state.QueryContext(), compare: a.state.Comparator(a.order)}
	if q.cheap() {
		q.answer(context.Background(), generation).show(a)
		return nil
	}
	ctx, cancel := context.WithTimeout(a.options.Context, deriveDeadline)
	a.shown.cancel = cancel
	return func() tea.Msg {
		defer cancel()
		return q.answer(ctx, generation)
	}
}

// deriveNext is derive for an answer of the server, which is in less of a hurry than
// a key: what is under way comes to its end first. Answers that come faster than the
// rows are worked out would keep them from ever being shown.
func (a *App) deriveNext() tea.Cmd {
	if a.shown.cancel == nil {
		return a.derive()
	}
	a.shown.again = true
	return nil
}

// showOrder puts the arrow into the heading of the column that the rows are sorted
// by; where the best match comes first there is none.
func (a *App) showOrder() {
	by := a.order
	if a.state.Query.HasWords() {
		by = order{}
	}
	a.table.SetSort(by.column, by.reversed)
}

// narrowed is the latest answer, if it is about the same snapshots.
func (d *derivation) narrowed(now Dataset) query.Result {
	if d.data.Index != now.Index {
		return query.Result{}
	}
	return d.result
}

func (msg derivedMsg) apply(a *App) tea.Cmd {
	if msg.generation != a.shown.generation {
		return nil
	}
	a.shown.cancel = nil
	if !msg.late {
		msg.show(a)
	}
	if a.shown.again {
		return a.derive()
	}
	return nil
}

// show puts the rows on the screen, and what was worked out with them.
func (msg derivedMsg) show(a *App) {
	a.shown.data, a.shown.result, a.shown.hidden = msg.data, msg.result, msg.hidden
	if known := &a.state.Data; known.Behind() {
		known.Index, known.Totals = msg.data.Index, msg.data.Totals
	}
	if m, ok := find[*matrixLayer](a); ok {
		m.columns(a)
	}
	before := a.selected()
	a.table.SetRows(a.insertPlaceholders(msg.rows))
	if a.shown.toTop {
		a.shown.toTop = false
		a.table.Top()
	}
	a.followRebuilt(before)
}
