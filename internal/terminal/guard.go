package terminal

import (
	"runtime/debug"

	tea "github.com/charmbracelet/bubbletea"
)

// Guard returns cmd as a command whose panic ends the program properly: the
// terminal is given back and a crash report is written. The commands of a
// batch are guarded too. Run guards all commands of its model by itself, so
// only those need Guard that reach Bubble Tea by another way.
func (s *Session) Guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer s.caught()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			guarded := make(tea.BatchMsg, len(batch))
			for i, cmd := range batch {
				guarded[i] = s.Guard(cmd)
			}
			return guarded
		}
		return msg
	}
}

// Go runs f in a goroutine of its own whose panic ends the program properly.
// Without it a panic there would end the process at once and leave the
// terminal in raw mode.
func (s *Session) Go(f func()) {
	go func() {
		defer s.caught()
		f()
	}()
}

// caught is deferred by everything that runs the program's code. It turns a
// panic into the cause of the end.
func (s *Session) caught() {
	if value := recover(); value != nil {
		s.crashed.Store(true)
		s.end(s.report(value, debug.Stack()))
	}
}

// guardedModel is the program's model behind a net. After a panic the model is
// never called again: its state may be torn.
type guardedModel struct {
	model   tea.Model
	session *Session
}

// Init implements tea.Model.
func (g *guardedModel) Init() tea.Cmd {
	defer g.session.caught()
	g.session.nudge()
	return g.session.Guard(g.model.Init())
}

// Update implements tea.Model.
func (g *guardedModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if g.session.crashed.Load() {
		return g, nil
	}
	return g, g.update(msg)
}

func (g *guardedModel) update(msg tea.Msg) (cmd tea.Cmd) {
	defer g.session.caught()
	g.model, cmd = g.model.Update(msg)
	return g.session.Guard(cmd)
}

// View implements tea.Model.
func (g *guardedModel) View() (view string) {
	if g.session.crashed.Load() {
		return ""
	}
	defer g.session.caught()
	return g.model.View()
}
