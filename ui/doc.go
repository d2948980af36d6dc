// Package ui is the dashboard: one Bubble Tea program that shows the snapshots
// of an organization and acts on them.
//
// One [App] owns all state. Its parts are plain structs with methods, not
// models of their own, and four seams keep them apart:
//
//   - The action table (actions.go). A key is a row of a table: where it works,
//     why it may be refused and what it runs. Dispatch, the help, the footer and
//     the key tables of docs/keys.md all read that table.
//   - The layer stack (layer.go). The table is at the bottom; details, regions,
//     menus and dialogs are above it. The top layer gets the keys, and esc
//     removes it.
//   - Layout and fit. Package layout computes the rectangles, and text.Block
//     fills them exactly. Screens are composed of [text.Line] values, and colour
//     is added once, at the end.
//   - The clock. Time comes in through [Clock] only, so tests set the time and
//     nothing waits.
//
// Data flows one way: a command does I/O off the loop and answers with one
// message in the past tense; Update applies it to the App; View only reads.
package ui
