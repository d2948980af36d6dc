// Package layout computes where everything goes on the screen.
//
// [Compute] returns rectangles for the size of the terminal and what is open. Drawing
// code fills exactly its rectangle; the mouse handler finds the rectangle of a click. The
// rectangle of something that is not shown is empty. No other package does layout
// arithmetic.
//
// The size alone selects one of three modes:
//
//	Wide                      Medium            Small
//	┌───────────────────┐     ┌───────────┐     ┌───────┐   ┌───────┐
//	│ header            │     │ header    │     │ header│   │ header│
//	├───────────────────┤     │ table     │     │ table │   │ detail│
//	│ table     │ detail│     │           │     │       │   │       │
//	│           │       │     ├───────────┤     │       │   │       │
//	│           │       │     │ detail    │     │       │   │       │
//	├───────────────────┤     ├───────────┤     ├───────┤   ├───────┤
//	│ footer            │     │ footer    │     │ footer│   │ footer│
//	└───────────────────┘     └───────────┘     └───────┘   └───────┘
//
// The screen has only the inner rules, not the outer frames. Rules have rectangles too,
// so the rectangles tile the screen: they do not overlap and leave no cell out.
package layout
