// Package query is the query language for snapshots and its search index. A search
// takes less than a frame, for 50 snapshots or for 100,000.
//
// # The language
//
// A query is a list of terms separated by spaces. A snapshot must match all of them:
//
//	noag            fuzzy: n, o, a, g in this order in the name, the image or the
//	                ref; or the word itself anywhere in a ref or id
//	'agents         literal: the word itself in the name, image, ref or id
//	"two words"     literal, with spaces
//	-canary         not: none of them contains the word itself
//	state:failed    a field; a comma means or: state:pending,building
//	-region:eu      not: here, not available in a region
//	used:>30d       comparisons < <= > >= = for numbers and durations
//	newest:>3       the place in the family, a name without its version: 1 is the newest
//	error:"npm ci"  text with spaces; name: ref: image: id: family: and error: match
//	                a part, name:=x the whole text
//
// A prefix of a state or region works while the user types: state:fail. A duration
// without an operator means at most: age:3d. A snapshot that was never used has been
// unused since its creation: used:>30d can match it, used:<1d cannot.
//
// A word in lower case matches any case; a word with an upper-case letter is
// case-sensitive. The text before a colon is a field only if it is one of [Fields]:
// node:24 is a plain word, and so is "state:x" in quotes.
//
// A query is never an error. A term that cannot be understood is left out and
// reported with its position ([Query.Problems]); the other terms still apply. A word
// that is nearly a field, like stat:failed, is searched for while the user types, and
// is a problem in a query from a script ([Query.StrictProblems]).
//
// # The engine
//
// [Index] explains how rows are found, rank.go how they are ordered: by relevance if
// the query has words, with ties broken by name and id, so that no row moves between
// two polls or two keystrokes without a reason.
package query
