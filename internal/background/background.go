// Package background prevents Bubble Tea from querying the terminal's background colour
// during initialization.
//
// Importing Bubble Tea v1 calls lipgloss.HasDarkBackground in an init function. On a
// terminal that writes two queries and waits up to five seconds for a reply before main
// runs, even for "version" and "list". A terminal of type "dumb" is not queried, so this
// package sets TERM to that in its own init function, and main restores the value with
// RestoreTerm before anything else reads it.
//
// The init function has to run first. Go initializes packages in the order of their
// import paths, dependencies before their users. This package imports only os. Bubble Tea
// has to wait for golang.org/x/sys, so every module path that sorts before that works:
// "daytona/...", "github.com/...".
//
// Package terminal queries the terminal before the dashboard starts, with a short timeout.
package background
