package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/header"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// frame draws the screen, from the bottom layer up.
func (a *App) frame() *canvas.Canvas {
	c := &a.canvas
	c.Reset(a.size)
	if a.screen.TooSmall {
		c.Put(a.screen.Body, tooSmall(a.size.X)...)
		return c
	}
	c.Put(a.screen.Header, a.header().Lines(a.screen.Header.Dx())...)
	c.Rule(a.screen.HeaderRule)
	c.Rule(a.screen.Divider)
	c.Rule(a.screen.FooterRule)
	if !a.screen.Filter.Empty() {
		c.Put(a.screen.Filter, a.summary().Filter(&a.filter, a.isTyping(), a.filterExit(), a.screen.Filter.Dx()))
	}
	for _, l := range a.layers {
		l.Draw(c)
	}
	c.Put(a.screen.Alert, a.failures.Line(a.keyFor("failure.next")))
	dialog.DrawNote(c, a.screen.Toast, a.note(), a.screen.Body.Dy()-2)
	c.Put(a.screen.Footer, a.footer(a.screen.Footer.Dx()))
	return c
}

func tooSmall(width int) []text.Line {
	return text.Line{{Text: text.Sprintf("snapdeck needs %d x %d cells", layout.MinWidth, layout.MinHeight), Role: theme.Dim}}.Wrap(max(width, 1))
}

// header returns what the two lines at the top of the screen show.
func (a *App) header() header.Values {
	v := header.Values{
		Now: a.now,
		Connection: header.Connection{
			Profile:      a.options.Profile,
			Organization: a.state.OrganizationName(),
			Host:         a.options.Host,
			ReadOnly:     a.options.ReadOnly,
			Insecure:     a.options.Insecure,
		},
		Poll:           a.poller.Status(),
		Rebuilds:       a.unlistedRebuilds(),
		Quota:          a.state.Quota(),
		Deactivating:   a.state.DeactivatingSoon(),
		DefaultTimeout: a.state.Timeout() == 0,
		Words:          a.theme.Plain(),
	}
	if !a.beforeFirstList() {
		v.Store = a.state.Data.Store
	}
	return v
}

// unlistedRebuilds returns the running rebuilds without a row, and the unfinished ones.
func (a *App) unlistedRebuilds() header.Rebuilds {
	found := header.Rebuilds{Unfinished: len(a.state.unfinished), Action: mutation.UnfinishedAction(a.state.unfinished)}
	for _, op := range a.state.UnlistedRebuilds() {
		found.Running = append(found.Running, header.Rebuild{Name: op.Name, Action: op.Action, Progress: op.Progress(a.now)})
	}
	if found.Unfinished > 0 && a.refusal(a.actions.byID("rebuild.resume")) == "" {
		found.ResumeKey = a.keyFor("rebuild.resume")
	}
	return found
}

// beforeFirstList reports whether the number of snapshots is not known yet, which is not
// the same as none.
func (a *App) beforeFirstList() bool {
	return a.poller.Status().Updated.IsZero() && a.state.Data.Store.Len() == 0
}

// footer shows the most useful keys here, and on the right what the table shows.
func (a *App) footer(width int) text.Line {
	var right text.Line
	scope := a.top().Scope()
	if scope&keys.OnScreens != 0 {
		right = a.summary().Line(width).As(theme.Dim)
	}
	if l, ok := a.top().(pagerLayer); ok && l.Pager().SearchedText() != "" {
		right = l.Pager().SearchStatus(a.keyFor("text.next") + " " + a.keyFor("text.previous"))
	}
	return keys.Footer(keyActions(a.actions), scope, a.refusalOf, right, width)
}

// toastMsg is the result of a command that is only shown.
type toastMsg struct {
	kind dialog.ToastKind
	line string
}

func (msg toastMsg) apply(a *App) tea.Cmd {
	a.toast.Show(msg.kind, msg.line, a.now)
	return nil
}

// note returns the line above the footer: the toast, the error of the latest poll while
// old data is shown, or a problem of the filter. While the filter is typed its problem
// comes before the error.
func (a *App) note() text.Line {
	toast, problem := a.toast.Line(), a.summary().Problem()
	switch {
	case toast != nil:
		return toast
	case problem != nil && a.isTyping():
		return problem
	case a.poller.Status().Err != nil && a.state.Data.Store.Len() > 0:
		return header.StaleNote(a.poller.Status(), a.retryKey())
	default:
		return problem
	}
}
