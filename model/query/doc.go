// Package query is the language in which people ask for snapshots, and the
// index that answers within one frame, for 50 snapshots or for 100,000.
//
// # The language
//
// A query is terms between spaces, and a snapshot must satisfy all of them:
//
//	noag            fuzzy: the letters n, o, a, g in this order in the name, the
//	                image or the ref; or the word itself anywhere in a whole ref or id
//	'agents         literal: the word itself in the name, image, ref or id
//	"two words"     literal, with spaces
//	-canary         not: the word itself in none of them
//	state:failed    a field; a comma means or: state:pending,building
//	-region:eu      not: here, missing in a region
//	used:>30d       comparisons < <= > >= = for numbers and durations
//	error:"npm ci"  text with spaces; name: ref: image: id: and error: look for a
//	                part, name:=x for the whole
//
// A state or region may be cut short while it is typed: state:fail is state:failed.
// A duration without a comparison means at most: age:3d. What was never used is as
// long unused as it exists, so that used:>30d finds it, and used:<1d does not.
//
// A word in lower case matches both cases, a word with a capital only itself.
// What stands before a colon is a field only if it is one of [Fields]; node:24 is
// a plain word, and so is "state:x" in quotes. A problem never fails: the term is
// left out, the problem is told with its place ([Query.Problems]), and the rest of
// the query still works. Nearly a field, like stat:failed, is a word too while
// somebody types, and a problem where the query is final ([Query.StrictProblems]).
//
// # The engine
//
// [Index] explains how rows are found, and rank.go in which order. The order is
// by relevance as soon as there are words, and ties are broken by name and id, so
// that no row moves between two polls or two keystrokes without a reason.
package query
