package ui

import (
	"image"
	"slices"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/pager"
)

// layer is one thing that can lie on the screen and take keys. The table is the
// bottom one and never goes away.
type layer interface {
	Scope() keys.Scope
	// Motion is what the movement keys move, nil for nothing.
	Motion() keys.Motion
	// Input is the text field that takes what is typed, nil where keys are
	// commands.
	Input() *textinput.Model
	// Draw puts the layer on the canvas, over what lies below.
	Draw(*canvas.Canvas)
}

// noInput is for layers in which keys are commands.
type noInput struct{}

func (noInput) Input() *textinput.Model { return nil }

// What a layer can do in addition.
type (
	// inputHandler follows what is typed into its text field.
	inputHandler interface{ Typed() tea.Cmd }
	// paged shows a text in a pager.
	paged interface{ Pager() *pager.Pager }
	// arranged depends on the size of the screen.
	arranged interface{ Arrange(size image.Point) }
	// closing has something to end when it is closed.
	closing interface{ Closed() }
)

// layerStack is what lies on the screen, the top layer last.
type layerStack struct{ layers []layer }

func (s *layerStack) top() layer { return s.layers[len(s.layers)-1] }

func (s *layerStack) push(l layer) tea.Cmd {
	s.layers = append(s.layers, l)
	return nil
}

// pop removes the top layer and lets it clean up. The table stays.
func (s *layerStack) pop() {
	if len(s.layers) == 1 {
		return
	}
	removed := s.top()
	s.layers = s.layers[:len(s.layers)-1]
	if l, ok := removed.(closing); ok {
		l.Closed()
	}
}

// refusedOnTop refuses a key for the reason of a layer that is a T.
func refusedOnTop[T any](reason func(T) string) func(*App) string {
	return func(a *App) string {
		if l, ok := a.top().(T); ok {
			return reason(l)
		}
		return ""
	}
}

// find returns the layer of type T, where one lies on the screen.
func find[T layer](s layerStack) (T, bool) {
	for _, open := range slices.Backward(s.layers) {
		if l, ok := open.(T); ok {
			return l, true
		}
	}
	var none T
	return none, false
}

// detailsOnTop reports whether the details were opened, and after the regions where
// these are open too.
func (s *layerStack) detailsOnTop() bool {
	for _, open := range slices.Backward(s.layers) {
		switch open.(type) {
		case *detailLayer:
			return true
		case *matrixLayer:
			return false
		}
	}
	return false
}

// isTyping reports whether the filter has the keys.
func (s *layerStack) isTyping() bool {
	_, typing := s.top().(filterLayer)
	return typing
}

// onTop makes an action of what a layer can do: it runs while such a layer is on top.
func onTop[L layer](do func(L) tea.Cmd) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if l, ok := a.top().(L); ok {
			return do(l)
		}
		return nil
	}
}

// refuseBack keeps esc out of the footer where there is no step back.
func refuseBack(a *App) string {
	if len(a.layers) == 1 && a.filter.Value() == "" && a.table.MarkCount() == 0 {
		return "this is the first screen · " + a.keyFor("quit") + " quit"
	}
	return ""
}

// back is what esc does: always one step. At the table it clears the filter, then
// the marks.
func (a *App) back() tea.Cmd {
	if len(a.layers) > 1 {
		a.pop()
		return nil
	}
	if a.filter.Value() != "" {
		return a.setFilter("")
	}
	a.table.ClearMarks()
	return nil
}

// key routes what was pressed: to the text field of the top layer, or to the
// action table. Keys that arrived in one read come as one message of several
// runes; where no text field has the focus each is a key of its own. A field that
// one of them opens takes the rest, a dialog that one of them opens takes none:
// they were pressed before anybody could read it.
func (a *App) key(pressed tea.KeyMsg) tea.Cmd {
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
		if _, asking := a.top().(*dialog.Confirm); asking {
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
	if asking, ok := a.top().(*dialog.Confirm); ok && asking.TooSoon(a.now, a.lastKey) {
		return nil
	}
	cmd, known := a.dispatch(pressed)
	if !known {
		a.unbound(pressed)
	}
	return cmd
}

// strange answers a key that does nothing here, so that a hand trained on another
// tool learns which key does: the same letter in the other case, or the help. In
// dialogs a strange key is ignored.
func (a *App) unbound(pressed tea.KeyMsg) {
	place := a.top().Scope()
	help := a.actionOf("help")
	if place&(help.Scope|keys.OnHelp) == 0 {
		return
	}
	hint := a.keyFor("back") + " back"
	if place&help.Scope != 0 {
		hint = a.keyFor("help") + " help"
	}
	if letter, act := keys.InOtherCase(rows(a.actions), place, pressed); act != nil {
		hint = letter + " " + act.Name()
	}
	a.toast.Show(dialog.Refused, keys.Shown(pressed.String())+" is not bound here · "+hint, a.now)
}

// typed routes a key where a text field has the focus: what prints goes into
// the field, the rest to the action table first.
func (a *App) typed(pressed tea.KeyMsg) tea.Cmd {
	pastes := slices.Contains(textinput.DefaultKeyMap.Paste.Keys(), pressed.String())
	if asking, ok := a.top().(*dialog.Confirm); ok {
		if pressed.Paste || pastes {
			a.toast.Show(dialog.Refused, "pasted text is not accepted: type it", a.now)
			return nil
		}
		if asking.TooSoon(a.now, a.lastKey) {
			return nil
		}
	}
	if pressed.Type != tea.KeyRunes && pressed.Type != tea.KeySpace {
		if cmd, ok := a.dispatch(pressed); ok {
			return cmd
		}
	}
	if pastes {
		a.toast.Show(dialog.Refused, keys.Shown(pressed.String())+" is not bound here · paste with the key of your terminal", a.now)
		return nil
	}
	field := a.top().Input()
	before := field.Value()
	changed, cmd := *field, tea.Cmd(nil)
	for _, one := range runes(pressed) {
		changed, cmd = changed.Update(one)
	}
	*field = changed
	if l, ok := a.top().(inputHandler); ok && changed.Value() != before {
		return tea.Batch(cmd, l.Typed())
	}
	return cmd
}

// runes are the runes of a message one by one. The text field knows its keys by
// their names, so letters that came in one read would be the key "end" or "delete".
func runes(pressed tea.KeyMsg) []tea.KeyMsg {
	if pressed.Type != tea.KeyRunes || pressed.Paste {
		return []tea.KeyMsg{pressed}
	}
	var all []tea.KeyMsg
	for _, r := range pressed.Runes {
		all = append(all, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: pressed.Alt})
	}
	return all
}
