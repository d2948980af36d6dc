package theme

// Role is the meaning of a text.
type Role uint8

// The roles.
const (
	Text      Role = iota // ordinary values
	Title                 // names, headings of dialogs: bold
	Dim                   // labels, headings, units, secondary text
	Line                  // rules and separators: decoration, may be faint
	Accent                // cursor bar, border of a dialog
	Key                   // key in the footer or the help: bold accent
	ActiveTab             // open tab: bold and underlined
	Match                 // characters that match a filter or a search: bold amber
	Control               // escaped bytes, truncation notes
	Profile               // name of the profile: reversed, not dimmed behind a dialog

	Active       // state: ready for use
	Building     // state: building, or snapshotting a sandbox
	Pulling      // state: pulling an image
	Pending      // state: waiting for a runner
	Failed       // state: error or build failed; also error texts
	Removing     // state: being deleted
	Inactive     // state: must be activated before use
	UnknownState // state: unknown to this program

	Invalid // invalid part of a query: underlined
	Warning // needs attention soon: auto-deactivation, lost regions, warnings
	Live    // polls succeed
	Stale   // the data is older than it should be
	Offline // polls fail

	Keyword // syntax: Dockerfile instruction, JSON key
	String  // syntax: string
	Number  // syntax: number, true, false, null
	Comment // syntax: comment

	roleCount
)

// Surface is where a text is drawn.
type Surface uint8

// The surfaces.
const (
	Base     Surface = iota // the terminal's own background
	Selected                // cursor row, selected option: a subtle background
	Dimmed                  // behind a dialog: nothing but Profile is bold or coloured

	surfaceCount
)
