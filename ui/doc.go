// Package ui is the dashboard: one Bubble Tea program that shows the snapshots
// of an organization and acts on them.
//
// One [App] owns all state. Its parts are plain structs with methods, not
// models of their own, and four seams keep them apart:
//
//   - The action table (actions.go). A key is a row in a table that names where
//     it works, why it may be refused and what it runs. Dispatch, the help, the
//     footer and the key tables of docs/keys.md all read that table.
//   - The layer stack (layer.go). The table lies at the bottom; details, the
//     regions matrix, menus and dialogs lie on top. The top layer takes the
//     keys, and esc takes it away.
//   - Layout and fit. Package layout says which rectangle belongs to what, and
//     text.Block fills it exactly. Screens are composed of [text.Line] values,
//     and colour is added once, at the very end.
//   - The clock. Time comes in through [Clock] only, so tests decide what time
//     it is and nothing waits.
//
// Data flows one way: a command does I/O off the loop and answers with one
// message in the past tense; Update puts it into the App; View only reads.
package ui
