// Package model is the domain of snapdeck: snapshots, sets of snapshots at one moment, the
// changes between two moments, quotas, and rebuilds.
//
// Nothing here does I/O, reads a clock or uses a colour. Times are parameters, in UTC.
// Sizes are GB as a float, memory and disk are GiB, as in the API.
//
// A server can omit a property or set it to null or zero. [Optional] distinguishes these,
// so that a screen never shows a zero that the server did not send and a rebuild never
// sends one.
//
// [Store] is immutable. A poll is applied to a store off the UI loop, which returns a new
// store and the changes; readers of the old store are not affected.
package model
