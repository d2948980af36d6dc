package theme

// Role is what a piece of text means.
type Role uint8

// The roles. What each of them looks like is the palette's business.
const (
	Text      Role = iota // ordinary values
	Title                 // the name of what is shown: bold
	Dim                   // labels, headings, units, what matters less
	Line                  // rules and separators: decoration, may be faint
	Accent                // the cursor bar, a dialog's border
	Key                   // a key in the footer or in help: bold accent
	ActiveTab             // the tab that is open: bold and underlined
	Match                 // characters that the filter or a search found: bold amber
	Control               // bytes that are shown escaped, and notices of a cut
	Profile               // the mark of the profile: reversed, and not dimmed behind a dialog

	Active       // state: ready for use
	Building     // state: a build runs, or a sandbox is being snapshotted
	Pulling      // state: an image is being pulled
	Pending      // state: waits for a runner
	Failed       // state: error or build failed; also an error's text
	Removing     // state: being deleted
	Inactive     // state: must be activated before use
	UnknownState // state: a word that this program does not know

	Invalid // what was typed and not understood: underlined
	Warning // look here soon: auto-deactivation, lost regions, warnings
	Live    // polls succeed
	Stale   // the data is older than it should be
	Offline // polls fail

	Keyword // syntax: Dockerfile instruction, JSON key
	String  // syntax: string
	Number  // syntax: number, true, false, null
	Comment // syntax: comment

	roleCount
)

// Surface is what a piece of text lies on.
type Surface uint8

// The surfaces.
const (
	Base     Surface = iota // the terminal's own background
	Selected                // the cursor row, a chosen option: a quiet background under the role's colour
	Dimmed                  // what is behind a dialog: every role but Profile is dim there, nothing is bold

	surfaceCount
)
