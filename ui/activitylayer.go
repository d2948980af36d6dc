package ui

import (
	"image"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// activityLayer is the stream of all that happened in this session, the newest
// first.
type activityLayer struct {
	noInput
	app   *App
	grid  *grid.Grid[activityEntry]
	shown int             // how many events the grid has seen
	whole image.Rectangle // for all of the event under the cursor, which may be cut in its row
}

const (
	// activityWhole is how many lines that gets, with the rule above them, where one
	// does not need more.
	activityWhole = 4
	// activityRows is how many lines the list keeps, with its heading.
	activityRows = 4
)

func (*activityLayer) Scope() keys.Scope     { return keys.OnActivity }
func (l *activityLayer) Motion() keys.Motion { return l.grid }

func (a *App) openActivity() tea.Cmd {
	l := &activityLayer{app: a, grid: grid.New(func(e activityEntry) string { return strconv.Itoa(e.number) })}
	l.grid.SetColumns([]grid.Column[activityEntry]{
		{ID: "time", Title: text.Lit("TIME"), Min: 9, Max: 9, Cell: func(e activityEntry) text.Line {
			return text.Cell(e.at.UTC().Format("15:04:05Z")).As(theme.Dim)
		}},
		{ID: "what", Title: text.Lit("WHAT HAPPENED SINCE SNAPDECK STARTED"), Min: 20, Cell: func(e activityEntry) text.Line { return e.line }},
	})
	return a.push(l)
}

func (l *activityLayer) Arrange(image.Point) {
	a := l.app
	body := a.screen.Body
	l.whole = image.Rectangle{}
	wanted := activityWhole
	if e, ok := l.grid.Cursor(); ok {
		wanted = max(wanted, len(e.line.Wrap(max(body.Dx()-2, 1)))+1)
	}
	if height := min(wanted, body.Dy()-activityRows); height > 1 {
		l.whole = body
		l.whole.Min.Y = body.Max.Y - height
		body.Max.Y = l.whole.Min.Y
	}
	l.grid.SetSize(body.Dx(), body.Dy())
	if l.shown != a.eventCount {
		l.shown = a.eventCount
		rows := slices.Clone(a.events)
		slices.Reverse(rows)
		l.grid.SetRows(rows)
	}
}

func (l *activityLayer) Draw(c *canvas.Canvas) {
	a := l.app
	c.Put(a.screen.Body, l.grid.View(true)...)
	if e, ok := l.grid.Cursor(); ok && !l.whole.Empty() {
		place := l.whole
		place.Max.Y = place.Min.Y + 1
		c.Rule(place)
		place.Min.Y, place.Max.Y = place.Max.Y, l.whole.Max.Y
		place.Min.X++
		c.Put(place, e.line.Wrap(max(place.Dx()-1, 1))...)
	}
	if l.grid.Len() == 0 && a.screen.Body.Dy() > 2 {
		r := a.screen.Body
		r.Min = r.Min.Add(image.Pt(min(3, r.Dx()), 2))
		c.Put(r, text.Lit("nothing happened yet; what is built, changed, deleted or done from here appears by itself").As(theme.Dim).Wrap(max(r.Dx(), 1))...)
	}
}

func refuseGoToEvent(a *App) string {
	if len(a.events) == 0 {
		return "nothing happened yet"
	}
	return ""
}

// goToEvent closes the stream and puts the cursor on the snapshot of the event.
func (a *App) goToEvent() tea.Cmd {
	l, ok := a.top().(*activityLayer)
	if !ok {
		return nil
	}
	e, ok := l.grid.Cursor()
	if !ok {
		return nil
	}
	s, exists := a.state.Data.Store.Get(e.id)
	switch {
	case e.id == "":
		a.toast.Show(dialog.Refused, "this is about no snapshot", a.now)
		return nil
	case !exists:
		a.toast.Show(dialog.Refused, "that snapshot is gone", a.now)
		return nil
	}
	a.pop()
	return a.goTo(s)
}
