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

// layer is a screen or dialog that can have the focus. The table is the bottom layer and is
// never closed.
type layer interface {
	Scope() keys.Scope
	// Motion is what the movement keys move, nil for nothing.
	Motion() keys.Motion
	// Input is the text field that takes what is typed, nil if keys are
	// commands.
	Input() *textinput.Model
	// Draw puts the layer on the canvas, over what lies below.
	Draw(*canvas.Canvas)
}

// noInput is for layers in which keys are commands.
type noInput struct{}

func (noInput) Input() *textinput.Model { return nil }

// Optional interfaces of a layer.
type (
	// inputHandler is notified when the text of its field changes.
	inputHandler interface{ Typed() tea.Cmd }
	// pagerLayer shows a text in a pager.
	pagerLayer interface{ Pager() *pager.Pager }
	// arranger lays itself out for the size of the screen.
	arranger interface{ Arrange(size image.Point) }
	// closer is notified when it is closed.
	closer interface{ Closed() }
)

// layerStack holds the open layers, the top one last.
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
	if l, ok := removed.(closer); ok {
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

// find returns the open layer of type T, if there is one.
func find[T layer](s layerStack) (T, bool) {
	for _, open := range slices.Backward(s.layers) {
		if l, ok := open.(T); ok {
			return l, true
		}
	}
	var none T
	return none, false
}

// detailsOnTop reports whether the details are open, and not under the regions.
func (s *layerStack) detailsOnTop() bool {
	for _, open := range slices.Backward(s.layers) {
		switch open.(type) {
		case *detailLayer:
			return true
		case *regionsLayer:
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

// onTop returns an action that calls do with the top layer, if that is an L.
func onTop[L layer](do func(L) tea.Cmd) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if l, ok := a.top().(L); ok {
			return do(l)
		}
		return nil
	}
}

// refuseBack returns why esc does nothing on the first screen, so that the footer omits it.
func refuseBack(a *App) string {
	if len(a.layers) == 1 && a.filter.Value() == "" && a.table.MarkCount() == 0 {
		return "this is the first screen · " + a.keyFor("quit") + " quit"
	}
	return ""
}

// backName returns what back does, in two words.
func (a *App) backName() string {
	switch {
	case len(a.layers) > 1:
		return "back"
	case a.filter.Value() != "":
		return "clear filter"
	case a.table.MarkCount() > 0:
		return "clear marks"
	default:
		return "back"
	}
}

// back undoes one step: it closes a layer, clears the filter, or clears the marks.
func (a *App) back() tea.Cmd {
	if len(a.layers) > 1 {
		question, _ := a.top().(*dialog.Confirm)
		a.pop()
		return question.Left()
	}
	if a.filter.Value() != "" {
		return a.setFilter("")
	}
	a.table.ClearMarks()
	return nil
}
