package terminal

import (
	"runtime/debug"

	tea "github.com/charmbracelet/bubbletea"
)

// Guard wraps cmd, and the commands of a batch it returns, so that a panic restores
// the terminal and writes a crash report. Run guards the commands of its model, so
// only commands that reach Bubble Tea another way need Guard.
func (s *Session) Guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer s.recoverPanic()
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

// recoverPanic turns a panic into the cause of the program's end. Everything that runs
// code of the program defers it.
func (s *Session) recoverPanic() {
	if value := recover(); value != nil {
		s.crashed.Store(true)
		s.end(s.writeReport(value, debug.Stack()))
	}
}

// guardedModel recovers the panics of a model. After one it does not call the model
// again, because the state may be inconsistent.
type guardedModel struct {
	model   tea.Model
	session *Session
}

// Init implements tea.Model.
func (g *guardedModel) Init() tea.Cmd {
	defer g.session.recoverPanic()
	g.session.wakeReader()
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
	defer g.session.recoverPanic()
	if size, ok := msg.(resizedMsg); ok {
		msg = tea.WindowSizeMsg(size)
	}
	g.model, cmd = g.model.Update(msg)
	return g.session.Guard(cmd)
}

// View implements tea.Model. The screen draws the frame, so Bubble Tea gets none.
func (g *guardedModel) View() string {
	if !g.session.crashed.Load() {
		g.draw()
	}
	return idleView
}

func (g *guardedModel) draw() {
	defer g.session.recoverPanic()
	g.session.screen.Draw(g.model.View())
}
