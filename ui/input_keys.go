package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// key routes a key to the text field of the top layer, or to the action table. Keys
// that arrived in one read come as one message of several runes; if no text field has
// the focus, each is a key of its own. If one of them opens a field, the field takes
// the rest. If one opens a confirmation, the rest is dropped: it was not on the screen
// yet.
func (a *App) key(pressed tea.KeyMsg) tea.Cmd {
	if confirm, ok := a.top().(*dialog.Confirm); ok {
		return a.answer(confirm, pressed)
	}
	if a.top().Input() != nil {
		return a.typed(pressed)
	}
	if pressed.Paste {
		return nil
	}
	if pressed.Type != tea.KeyRunes || len(pressed.Runes) < 2 {
		return a.command(pressed)
	}
	var cmds []tea.Cmd
	for i, r := range pressed.Runes {
		cmds = append(cmds, a.command(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: pressed.Alt}))
		if _, asked := a.top().(*dialog.Confirm); asked {
			break
		}
		if rest := pressed.Runes[i+1:]; len(rest) > 0 && a.top().Input() != nil {
			cmds = append(cmds, a.typed(tea.KeyMsg{Type: tea.KeyRunes, Runes: rest}))
			break
		}
	}
	return tea.Batch(cmds...)
}

func (a *App) command(pressed tea.KeyMsg) tea.Cmd {
	cmd, known := a.dispatch(pressed)
	if !known {
		a.unbound(pressed)
	}
	return cmd
}

// unbound answers a key without an action here, so that users of other tools learn
// which key has one: the same letter in the other case, or the help. Dialogs ignore
// such a key.
func (a *App) unbound(pressed tea.KeyMsg) {
	scope := a.top().Scope()
	help := a.actions.byID("help")
	if scope&(help.Scope|keys.OnHelp) == 0 {
		return
	}
	hint := a.keyFor("back") + " back"
	if scope&help.Scope != 0 {
		hint = a.keyFor("help") + " help"
	}
	if letter, act := keys.OtherCase(keyActions(a.actions), scope, pressed); act != nil {
		hint = letter + " " + act.Name()
	}
	a.toast.Show(dialog.Refused, keys.DisplayName(pressed.String())+" is not bound here · "+hint, a.now)
}

// typed routes a key while a text field has the focus: characters go into the field,
// other keys to the action table first.
func (a *App) typed(pressed tea.KeyMsg) tea.Cmd {
	if pressed.Type != tea.KeyRunes && pressed.Type != tea.KeySpace {
		if cmd, ok := a.dispatch(pressed); ok {
			return cmd
		}
	}
	if isPasteKey(pressed) {
		a.toast.Show(dialog.Refused, keys.DisplayName(pressed.String())+" is not bound here · paste with the key of your terminal", a.now)
		return nil
	}
	return a.edit(pressed)
}

// isPasteKey reports whether the key makes a text field read the clipboard.
func isPasteKey(pressed tea.KeyMsg) bool {
	return slices.Contains(textinput.DefaultKeyMap.Paste.Keys(), pressed.String())
}

// edit changes the text field of the top layer.
func (a *App) edit(pressed tea.KeyMsg) tea.Cmd {
	field := a.top().Input()
	before := field.Value()
	changed, cmd := *field, tea.Cmd(nil)
	for _, one := range keys.Runes(pressed) {
		changed, cmd = changed.Update(one)
	}
	*field = changed
	if l, ok := a.top().(inputHandler); ok && changed.Value() != before {
		return tea.Batch(cmd, l.Typed())
	}
	return cmd
}
