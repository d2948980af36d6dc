package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Clock is the only source of time in the dashboard.
type Clock interface {
	Now() time.Time
	// After is a command that answers with msg once d has passed.
	After(d time.Duration, msg tea.Msg) tea.Cmd
}
