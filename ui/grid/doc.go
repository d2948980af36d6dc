// Package grid is a table that knows its rows by identity and draws only what
// is visible.
//
// Most tables keep a cursor as an index. Rows that come from a server change
// under it: they are sorted anew, filtered, removed, and an index then means
// another row each time. A [Grid] remembers ids instead. Whatever [Grid.SetRows]
// brings, in whatever order, the cursor and the marks stay on the rows they were
// put on:
//
//	before        the poll brings   after
//	  a             c                 c
//	▌ b             b               ▌ b     still there: it keeps the cursor
//	  c             a                 a
//
//	  a             a                 a
//	▌ b             c               ▌ c     gone: the next one below that is
//	  c             d                 d     still there, else the next above
//
// The view scrolls as little as it can. A cursor row keeps its line on the
// screen, so that the row the eye is on does not jump. Only a view that shows the
// top of the list stays at the top: what comes first there is what should be seen.
//
// Columns have a least and a greatest width and an order in which they give way
// as room shrinks. Their cells are functions, and no function is called for a row
// that is not on the screen: a frame costs the same for ten rows as for a million.
package grid
