package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// armMsg: the open question may be armed by now. Update arms and draws it after each message.
type armMsg struct{}

func (o *Options) armLater() tea.Cmd { return o.Clock.After(dialog.ArmAfter, armMsg{}) }

// arm arms the open question if the keyboard has been quiet long enough.
func (a *App) arm() {
	if confirm, ok := a.top().(*dialog.Confirm); ok {
		confirm.Armed(a.now)
	}
}

// answer routes a key while a question is open. Until the question is armed, every key
// restarts the wait. Keys that scroll, choose a mode or cancel work at once; answers and
// letters are dropped, so that a word typed into the table does not confirm. Once it is
// armed, any other key cancels.
func (a *App) answer(confirm *dialog.Confirm, pressed tea.KeyMsg) tea.Cmd {
	if pressed.Paste || isPasteKey(pressed) {
		a.toast.Show(dialog.Refused, "pasted text is not accepted: type it", a.now)
		return nil
	}
	armed := confirm.Armed(a.now)
	var wait tea.Cmd
	if !armed {
		confirm.RestartWait(a.now)
		wait = a.options.armLater()
	}
	field, first := confirm.Input(), keys.Runes(pressed)[0]
	var act *action
	if field == nil || pressed.Type != tea.KeyRunes && pressed.Type != tea.KeySpace {
		act = a.actions.bound(a.top().Scope(), first)
	}
	switch {
	case act != nil && (armed || !isAnswer(act)):
		return tea.Batch(wait, a.perform(act))
	case !armed:
		return wait
	case field != nil:
		return a.edit(pressed)
	default:
		return a.cancelFor(first)
	}
}

// isAnswer reports whether an action confirms a question.
func isAnswer(act *action) bool { return act.ID == "confirm.yes" || act.ID == "confirm.typed" }

// cancelFor cancels the question because of a key that is not an answer. The keys that
// follow are dropped: they may belong to the same word.
func (a *App) cancelFor(pressed tea.KeyMsg) tea.Cmd {
	a.pop()
	a.toast.Show(dialog.Refused, "cancelled: "+keys.DisplayName(pressed.String())+" is not an answer", a.now)
	a.dropping = keys.DropFrom(a.now)
	return nil
}
