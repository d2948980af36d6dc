// Package grid is a table that identifies rows by id and draws only what is visible.
//
// Rows from a server are sorted, filtered and removed between two polls, and a cursor
// index would then point to another row. A [Grid] remembers ids instead. After
// [Grid.SetRows] the cursor and the marks are on the same rows as before:
//
//	before        new rows          after
//	  a             c                 c
//	▌ b             b               ▌ b     still there: it keeps the cursor
//	  c             a                 a
//
//	  a             a                 a
//	▌ b             c               ▌ c     removed: the next row below that is
//	  c             d                 d     still there, else the next above
//
// Until the user moves the cursor it is on the first row instead, whichever row that is:
// an untouched screen shows what arrives at the top.
//
// The view scrolls as little as possible, and the cursor row keeps its line on the
// screen. Only a view that shows the top of the list stays at the top, because new
// rows appear there.
//
// Columns have a minimum and a maximum width and a priority by which they are dropped
// in a narrow grid. Cells are computed for visible rows only, so a frame costs the
// same for ten rows as for a million.
package grid
