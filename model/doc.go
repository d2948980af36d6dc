// Package model is the domain of snapdeck: what a snapshot is, what a set of
// them looks like at one moment, and what changed between two moments.
//
// Nothing here does I/O, reads a clock or knows a colour. Times come in as
// parameters and are UTC. Sizes are GB as a float, memory and disk GiB, as the
// API defines them.
//
// Two ideas carry the package:
//
//   - A server answers with three different kinds of "nothing": a property can
//     be absent, null or zero. [Optional] keeps them apart, so that a screen
//     never shows a zero that nobody sent and a rebuild never sends one.
//   - [Store] is immutable. A poll is applied to the old store off the UI loop
//     and gives a new store and the changes between both; whoever holds the old
//     one is never surprised.
package model
