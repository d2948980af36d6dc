package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/buildlog"
	"daytona/snapdeck/ui/use"
)

// tickMsg: a second has passed.
type tickMsg struct{}

// Update applies a message. It never blocks: I/O runs in commands.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.now = a.options.Clock.Now()
	a.state.Now = a.now.Add(a.state.Skew)
	cmd := a.route(msg)
	if s := a.selected(); s != nil && !a.tableCovered() {
		a.failures.Remove(s.ID)
	}
	a.arm()
	a.arrange()
	return a, tea.Batch(cmd, a.refreshDetail())
}

func (a *App) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if a.dropping.Drops(msg, a.now) {
			return nil
		}
		a.toast.KeyPressed()
		cmd := a.key(msg)
		a.lastKey = a.now
		return cmd
	case tea.WindowSizeMsg:
		a.size = image.Pt(msg.Width, msg.Height)
	case tea.MouseMsg:
		return a.mouseEvent(msg)
	case tea.FocusMsg:
		return a.focused()
	case tea.ResumeMsg:
		return tea.Batch(a.focused(), a.mouse.reenable())
	case tea.BlurMsg:
		a.poller.Focus(false)
	case buildlog.ChunkMsg:
		if l := a.detail.log(a.layerStack, msg.Generation); l != nil {
			l.Receive(msg.Chunk)
		}
	case buildlog.EndedMsg:
		a.logEnded(msg)
	case buildlog.StepReadMsg:
		a.steps.Received(a.now, msg)
	case use.Msg:
		return tea.Batch(a.uses.Receive(msg, a.now), a.options.armLater())
	case event:
		return msg.apply(a)
	}
	return nil
}

// event is a message that applies itself to the dashboard.
type event interface{ apply(*App) tea.Cmd }

// apply does what is due this second.
func (tickMsg) apply(a *App) tea.Cmd {
	a.toast.Expire(a.now)
	a.state.ExpireHighlights(a.state.Now)
	a.failures.Expire(a.now)
	var unfinished, deleted tea.Cmd
	if a.state.unfinishedDue(a.now) {
		unfinished = a.options.findUnfinished(false)
	}
	// While the organization is not known, the read would ask the server.
	if l, ok := find[*listLayer](a.layerStack); ok && a.state.OrganizationID() != "" && a.recipes.ReadDue(l.list, a.now) {
		deleted = a.options.readDeleted(func(*App, []model.DeletedSnapshot, error) tea.Cmd { return nil }) // no toast every ten seconds
	}
	return tea.Batch(a.options.tick(), a.computeList(), a.pollIfDue(), a.checkIfDue(), a.fetchIfDue(), a.readOrgInfoIfDue(), a.advanceBulk(), a.readLogIfDue(), a.readStepIfDue(), unfinished, deleted)
}

// focused handles that the terminal has the focus again.
func (a *App) focused() tea.Cmd {
	a.poller.Focus(true)
	return a.pollIfDue()
}
