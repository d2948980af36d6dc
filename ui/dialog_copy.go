package ui

import (
	"context"
	"net/url"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/text"
)

// openCopyMenu offers the values of the snapshot. On the Dockerfile tab the line at the
// top of the screen is one of them: scroll to a line, or search it, to copy it alone.
func (a *App) openCopyMenu() tea.Cmd {
	line := 0
	if a.detail.Tab().Name == inspect.TabDockerfile {
		line, _, _ = a.detail.Pager().Position()
	}
	m := dialog.NewMenu(text.Lit("Copy"))
	for _, v := range inspect.Values(&a.state.ViewState, a.selected(), a.options.APIURL, line) {
		m.Add(dialog.Choice{
			Label:  text.Cell(v.Name).As(theme.Text),
			Note:   text.Cell(v.Text).As(theme.Text).Cut(26, text.CutMiddle).Plain(),
			Choose: func() tea.Cmd { return a.options.copyValue(v) },
		}, false)
	}
	return a.push(m)
}

func refuseCopy(a *App) string {
	if a.options.Copy == nil {
		return "no clipboard available"
	}
	return refuseWithoutSnapshot(a)
}

func (o *Options) copyValue(v inspect.Value) tea.Cmd {
	write := o.Copy
	return o.work(callDeadline, func(context.Context) tea.Msg {
		what := v.Name + v.Warning()
		how, err := write(v.Text)
		if err != nil {
			return toastMsg{dialog.Failed, "the " + what + " was not copied: " + err.Error()}
		}
		return toastMsg{dialog.Info, "copied the " + what + " · " + how}
	})
}

// refuseOpen returns why the snapshot cannot be shown in a browser.
func refuseOpen(a *App) string {
	switch {
	case a.options.Open == nil:
		return "no browser available"
	case a.state.server.DashboardURL == "":
		return "the server does not report the URL of its dashboard"
	default:
		return refuseWithoutSnapshot(a)
	}
}

// openInBrowser shows the snapshot in the Daytona dashboard.
func (a *App) openInBrowser() tea.Cmd {
	address := strings.TrimSuffix(a.state.server.DashboardURL, "/") + "/snapshots?snapshotId=" + url.QueryEscape(a.selected().ID)
	open := a.options.Open
	return a.options.work(callDeadline, func(context.Context) tea.Msg {
		if err := open(address); err != nil {
			return toastMsg{dialog.Failed, "could not open " + address + ": " + err.Error()}
		}
		return toastMsg{dialog.Info, "opened " + address}
	})
}
