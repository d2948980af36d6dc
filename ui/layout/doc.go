// Package layout is the only place with layout arithmetic.
//
// [Compute] turns the size of the terminal and what is open on it into
// rectangles, and does nothing else: it draws nothing, keeps nothing and knows
// neither text nor colour. Whoever draws asks for a rectangle and fills exactly
// that; whoever gets a mouse event asks which rectangle it is in. A rectangle of
// something that is not shown is empty.
//
// There are three arrangements, chosen by the size alone:
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
// The frames above are for the reader: on the screen there are only the rules
// between the parts. They are part of the answer, so that the rectangles tile the
// screen: no two of them overlap, none is outside, and no cell is left over.
package layout
