package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/header"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// tableLayer is the bottom layer: the table, and next to or below it the details of
// the snapshot under the cursor.
type tableLayer struct {
	noInput
	app *App
}

func (tableLayer) Scope() keys.Scope     { return keys.OnTable }
func (l tableLayer) Motion() keys.Motion { return l.app.table }

func (l tableLayer) Draw(c *canvas.Canvas) {
	a := l.app
	if _, covered := find[*regionsLayer](a.layerStack); covered {
		return
	}
	if !a.screen.Table.Empty() {
		_, elsewhere := a.top().(*detailLayer)
		c.Put(a.screen.Table, a.table.View(!elsewhere)...)
		a.drawEmpty(c)
	}
	if !a.screen.Detail.Empty() {
		a.drawDetail(c)
	}
}

// drawEmpty explains an empty table in its middle.
func (a *App) drawEmpty(c *canvas.Canvas) {
	if a.table.Len() > 0 {
		return
	}
	r := a.screen.Table
	r.Min.Y = a.screen.Heading.Max.Y
	c.Centre(r, a.emptyLines()...)
}

// emptyLines explains an empty table and names the key that shows more.
func (a *App) emptyLines() []text.Line {
	if a.state.Data.Store.Len() > 0 {
		return a.summary().NoMatches(a.filterExit())
	}
	return header.NoSnapshots(a.poller.Status(), a.options.Host, a.now, a.retryKey())
}

// nextTheme changes to the next theme.
func (a *App) nextTheme() tea.Cmd {
	a.themeIndex = (a.themeIndex + 1) % len(a.options.Themes)
	chosen := a.options.Themes[a.themeIndex]
	a.theme = chosen.Theme
	a.toast.Show(dialog.Info, "theme: "+chosen.Name, a.now)
	return nil
}

func (o *Options) refuseTheme() string {
	if len(o.Themes) < 2 {
		return "there is only one theme without colours"
	}
	return ""
}
