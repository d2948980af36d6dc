package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"
)

// tickedMsg: a second has passed.
type tickedMsg struct{}

// Update takes a message in. It only routes: whatever waits runs in a command.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.now = a.options.Clock.Now()
	a.known.now = a.now
	cmd := a.route(msg)
	a.known.countSleepers()
	a.arrange()
	a.refreshDetail()
	return a, cmd
}

func (a *App) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		cmd := a.key(msg)
		a.lastKey = a.now
		return cmd
	case tea.WindowSizeMsg:
		a.resize(image.Pt(msg.Width, msg.Height))
	case tea.FocusMsg:
		return a.focused()
	case tea.BlurMsg:
		a.poller.blurred = true
	case tickedMsg:
		return a.ticked()
	case progressedMsg:
		return a.progressed(msg)
	case polledMsg:
		return a.polled(msg)
	case derivedMsg:
		a.derived(msg)
	case surroundingsReadMsg:
		a.surroundingsRead(msg)
	case actedMsg:
		return a.acted(msg)
	case loggedMsg:
		a.logged(msg)
	case logEndedMsg:
		a.logEnded(msg)
	case savedMsg:
		a.saved(msg)
	case copiedMsg:
		a.copied(msg)
	case openedMsg:
		a.opened(msg)
	case rebuildSteppedMsg:
		return a.rebuildStepped(msg)
	case rebuildEndedMsg:
		return a.rebuildEnded(msg)
	case unfinishedFoundMsg:
		return a.unfinishedFound(msg)
	case editPreparedMsg:
		return a.editPrepared(msg)
	case editorEndedMsg:
		return a.editorEnded(msg)
	case editedMsg:
		return a.edited(msg)
	case recordedMsg:
		a.recorded(msg)
	case lookedMsg:
		return a.looked(msg)
	case tea.ResumeMsg:
		return a.focused()
	}
	return nil
}

// ticked does what is due this second.
func (a *App) ticked() tea.Cmd {
	a.toast.expire(a.now)
	a.known.forgetNews(a.now)
	return tea.Batch(a.beat(), a.pollIfDue(), a.lookIfDue(), a.readSurroundingsIfDue(), a.advanceBatch(), a.readLogIfDue())
}

// focused is called when somebody looks at the terminal again.
func (a *App) focused() tea.Cmd {
	a.poller.blurred = false
	return a.pollIfDue()
}
