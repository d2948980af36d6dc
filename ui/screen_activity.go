package ui

import (
	"fmt"
	"image"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// activityLayer lists what happened in this session, the newest first.
type activityLayer struct {
	noInput
	app       *App
	grid      *grid.Grid[activity.Entry]
	shown     int             // how many entries the grid has seen
	entryArea image.Rectangle // for the whole entry under the cursor, which may be cut in its row
}

const (
	// minEntryLines is the least number of lines for the whole entry, with the rule above
	// them.
	minEntryLines = 4
	// minListLines is how many lines the list keeps, with its heading.
	minListLines = 4
)

func (*activityLayer) Scope() keys.Scope     { return keys.OnActivity }
func (l *activityLayer) Motion() keys.Motion { return l.grid }

func (a *App) openActivity() tea.Cmd {
	l := &activityLayer{app: a, grid: grid.New(func(e activity.Entry) string { return strconv.Itoa(e.Number) })}
	l.grid.SetColumns([]grid.Column[activity.Entry]{
		{ID: "time", Title: text.Lit("TIME"), Min: 9, Max: 9, Cell: func(e activity.Entry) text.Line {
			return text.Cell(e.Time.UTC().Format("15:04:05Z")).As(theme.Dim)
		}},
		{ID: "what", Title: text.Sprintf("ACTIVITY since %s", a.activity.Started().UTC().Format("15:04")), Min: 20, Cell: func(e activity.Entry) text.Line { return e.Line }},
	})
	return a.push(l)
}

func (l *activityLayer) Arrange(image.Point) {
	a := l.app
	body := a.screen.Body
	l.entryArea = image.Rectangle{}
	wanted := minEntryLines
	if e, ok := l.grid.Cursor(); ok {
		wanted = max(wanted, len(e.Line.Wrap(max(body.Dx()-2, 1)))+1)
	}
	if height := min(wanted, body.Dy()-minListLines); height > 1 {
		l.entryArea = body
		l.entryArea.Min.Y = body.Max.Y - height
		body.Max.Y = l.entryArea.Min.Y
	}
	l.grid.SetSize(body.Dx(), body.Dy())
	if added := a.activity.Added(); l.shown != added {
		l.shown = added
		l.grid.SetRows(a.activity.Newest())
	}
}

func (l *activityLayer) Draw(c *canvas.Canvas) {
	a := l.app
	c.Put(a.screen.Body, l.grid.View(true)...)
	if e, ok := l.grid.Cursor(); ok && !l.entryArea.Empty() {
		scope := l.entryArea
		scope.Max.Y = scope.Min.Y + 1
		c.Rule(scope)
		scope.Min.Y, scope.Max.Y = scope.Max.Y, l.entryArea.Max.Y
		scope.Min.X++
		c.Put(scope, e.Line.Wrap(max(scope.Dx()-1, 1))...)
	}
	if l.grid.Len() == 0 && a.screen.Body.Dy() > 2 {
		r := a.screen.Body
		r.Min = r.Min.Add(image.Pt(min(3, r.Dx()), 2))
		c.Put(r, text.Lit("no changes yet").As(theme.Dim).Wrap(max(r.Dx(), 1))...)
	}
}

func refuseGoToEntry(a *App) string {
	if a.activity.Added() == 0 {
		return "no changes yet"
	}
	return ""
}

// goToEntry closes the list and puts the cursor on the snapshot of the entry.
func (l *activityLayer) goToEntry() tea.Cmd {
	a := l.app
	e, ok := l.grid.Cursor()
	if !ok {
		return nil
	}
	s := a.state.subject(e)
	switch {
	case e.SnapshotID == "":
		a.toast.Show(dialog.Refused, "this entry is not about a snapshot", a.now)
		return nil
	case s == nil:
		a.toast.Show(dialog.Refused, "that snapshot was deleted", a.now)
		return nil
	case s.ID != e.SnapshotID:
		a.toast.Show(dialog.Info, s.Name+" was created again: it has another id now, "+s.ShortID(), a.now)
	}
	a.pop()
	return a.goTo(s)
}

// subject returns the snapshot of an entry: the one with its id, else the one that has
// its name now, else the row of its rebuild. It returns nil where there is none.
func (state *appState) subject(e activity.Entry) *model.Snapshot {
	if s, ok := state.Data.Store.Get(e.SnapshotID); ok {
		return s
	}
	if s, ok := state.Data.Store.Named(e.Name); ok {
		return s
	}
	if op := state.Pending[e.SnapshotID]; op != nil {
		return op.Placeholder
	}
	return nil
}

// showNotices shows the first of some notices and adds all to the activity.
func (a *App) showNotices(notices []string) {
	for _, notice := range notices {
		a.activity.Add(a.now, "", text.Cell(notice).As(theme.Warning))
	}
	switch len(notices) {
	case 0:
	case 1:
		a.toast.Show(dialog.Warned, notices[0], a.now)
	default:
		a.toast.Show(dialog.Warned, fmt.Sprintf("%s · %s shows %d more", notices[0], a.keyFor("activity.open"), len(notices)-1), a.now)
	}
}
