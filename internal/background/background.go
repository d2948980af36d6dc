// Package background keeps Bubble Tea from asking the terminal for its
// background colour while the program is still being loaded.
//
// Importing Bubble Tea v1 runs lipgloss.HasDarkBackground in an init function:
// on a terminal it writes two queries and waits up to five seconds for an
// answer, before main, even for "version" and "list". Lip Gloss does not ask
// when the answer was set by hand, so this package sets one in an init of its
// own, which has to run first. Go initialises packages in the order of their
// import paths, dependencies before their users: "daytona/..." is before
// "github.com/charmbracelet/bubbletea", as long as this package needs nothing
// but Lip Gloss, which Bubble Tea needs too.
//
// The answer set here is only a placeholder. The real question is asked by
// internal/terminal, once, before the dashboard runs and with a short deadline.
package background

import "github.com/charmbracelet/lipgloss"

func init() {
	lipgloss.SetHasDarkBackground(true)
}
