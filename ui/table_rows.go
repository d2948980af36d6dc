package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/row"
)

// deriveDeadline bounds the filtering of 100,000 snapshots.
const deriveDeadline = 10 * time.Second

// derivation is the filtered rows and the running filter. A slower, older result is
// dropped.
type derivation struct {
	row.Filtered // the latest result
	generation   int
	cancel       context.CancelFunc // of the running filter, nil for none
	again        bool               // filter again after the running one
	moveToTop    bool               // move the cursor to the best match: the filter was typed
	restore      *grid.Position     // return to where the table was; nil to stay
	goTo         string             // move the cursor to this snapshot with the next rows
	placeholders int                // rows of rebuilds without a snapshot
}

// derivedMsg: the rows are filtered and sorted.
type derivedMsg struct {
	row.Filtered
	generation int
	failed     bool // cancelled or too slow: the rows stay
}

// derive filters and sorts the rows after a change of the snapshots, the filter or the
// order.
func (a *App) derive() tea.Cmd {
	if a.shown.cancel != nil {
		a.shown.cancel()
	}
	a.shown.cancel, a.shown.again = nil, false
	a.showOrder()
	a.shown.generation++
	generation := a.shown.generation
	filter := a.state.Filter(a.order, a.shown.narrowed(a.state.Data), a.shown.Order)
	if filter.Cheap() {
		applyFilter(context.Background(), filter, generation).show(a)
		return nil
	}
	ctx, cancel := context.WithTimeout(a.options.Context, deriveDeadline)
	a.shown.cancel = cancel
	return func() tea.Msg {
		defer cancel()
		return applyFilter(ctx, filter, generation)
	}
}

func applyFilter(ctx context.Context, f row.Filter, generation int) derivedMsg {
	found, err := f.Apply(ctx)
	return derivedMsg{Filtered: found, generation: generation, failed: err != nil}
}

// deriveNext is like derive, but lets a running filter finish first: if each response of the
// server restarted it, frequent responses could prevent any result.
func (a *App) deriveNext() tea.Cmd {
	if a.shown.cancel == nil {
		return a.derive()
	}
	a.shown.again = true
	return nil
}

// showOrder draws the arrow in the heading of the sort column. There is none while the best
// match comes first.
func (a *App) showOrder() {
	by := a.order
	if a.state.Query.HasWords() {
		by = row.Sort{}
	}
	a.table.SetSort(by.Column, by.Reversed)
}

// narrowed returns the latest result if it is for the same snapshots, else the zero Result.
func (d *derivation) narrowed(now row.Dataset) query.Result {
	if d.Data.Index != now.Index {
		return query.Result{}
	}
	return d.Result
}

func (msg derivedMsg) apply(a *App) tea.Cmd {
	if msg.generation != a.shown.generation {
		return nil
	}
	a.shown.cancel = nil
	if !msg.failed {
		msg.show(a)
	}
	if a.shown.again {
		return a.derive()
	}
	return nil
}

// show puts the rows into the table, and keeps the index and totals of the filter.
func (msg derivedMsg) show(a *App) {
	a.shown.Filtered = msg.Filtered
	if data := &a.state.Data; data.Behind() {
		data.Index, data.Totals = msg.Data.Index, msg.Data.Totals
	}
	if m, ok := find[*regionsLayer](a.layerStack); ok {
		m.setColumns()
	}
	before := a.selected()
	rows, placeholders := a.state.InsertPlaceholders(msg.Rows, a.order)
	a.shown.placeholders = placeholders
	a.table.SetRows(rows)
	if a.shown.moveToTop {
		a.shown.moveToTop = false
		a.table.FollowTop()
		if !a.isTyping() {
			a.table.Pin() // the filter was kept before its rows were there
		}
	}
	if a.shown.restore != nil {
		a.table.Restore(*a.shown.restore)
		a.shown.restore = nil
	}
	if a.shown.goTo != "" {
		a.table.Select(a.shown.goTo)
		a.shown.goTo = ""
	}
	a.followRebuilt(before)
	visible := a.table.Visible()
	if a.screen.Table.Empty() || a.tableCovered() {
		visible = nil
	}
	a.failures.Announce(a.state.Data.Store, visible)
}
