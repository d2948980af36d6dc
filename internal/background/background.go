// Package background prevents Bubble Tea from querying the terminal's background colour
// during initialization.
//
// Importing Bubble Tea v1 calls lipgloss.HasDarkBackground in an init function. On a
// terminal that writes two queries and waits up to five seconds for a reply before main
// runs, even for "version" and "list". Lip Gloss does not query if the value is already
// set, so this package sets one in its own init function, which has to run first. Go
// initializes packages in the order of their import paths, dependencies before their
// users: "daytona/..." precedes "github.com/charmbracelet/bubbletea" as long as this
// package imports only Lip Gloss, which Bubble Tea imports as well.
//
// The value is a placeholder. Package terminal queries the terminal before the dashboard
// starts, with a short timeout.
package background

import "github.com/charmbracelet/lipgloss"

func init() {
	lipgloss.SetHasDarkBackground(true)
}
