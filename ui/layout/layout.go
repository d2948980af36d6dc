package layout

import "image"

// The smallest screen that is drawn at all, in cells.
const (
	MinWidth  = 40
	MinHeight = 10
)

// Where one arrangement becomes the next, in cells.
const (
	wideWidth    = 140
	mediumWidth  = 80
	mediumHeight = 30

	// Below this height the lines that only separate are given to the rows.
	ruledHeight = 14
)

// The parts' shares, in percent of the room they divide.
const (
	wideTableShare   = 60
	mediumTableShare = 55
)

const (
	headerLines = 2
	footerLines = 1
)

// Mode is one of the three arrangements.
type Mode uint8

// The arrangements, from the smallest screen to the largest.
const (
	Small  Mode = iota // one part at a time
	Medium             // the table above, the detail below
	Wide               // the table on the left, the detail on the right
)

// String returns the mode's name in lower case.
func (m Mode) String() string {
	switch m {
	case Wide:
		return "wide"
	case Medium:
		return "medium"
	default:
		return "small"
	}
}

// Options is what is open on the screen.
type Options struct {
	Detail bool // the detail fills the body; Split and Matrix no longer matter
	Split  bool // the detail is wanted next to the table, where there is room
	Filter bool // a line of input stands under the header, over the table or the full detail
	Matrix bool // the table is the regions matrix: no split, headings of two lines
}

// Screen is where everything goes, in cells, the origin at the top left.
//
// Header, HeaderRule, Filter, Gap, Table, Divider, Detail, FooterRule and Footer
// tile the screen. Body, Heading, DetailHead, DetailBody and Toast lie inside of
// what these cover and never add to it. On a screen that is too small only Body
// is set, to all of it.
type Screen struct {
	Mode     Mode
	TooSmall bool // below MinWidth x MinHeight: say how much room is needed

	Header     image.Rectangle // who, where and how fresh; then the counts
	HeaderRule image.Rectangle // one line
	Filter     image.Rectangle // one line of input
	Gap        image.Rectangle // one empty line over the matrix, where nothing else separates it
	Table      image.Rectangle // headings and rows
	Divider    image.Rectangle // one column in Wide, one line in Medium
	Detail     image.Rectangle // all of the detail
	FooterRule image.Rectangle // one line
	Footer     image.Rectangle // one line

	Body       image.Rectangle // from the header and its rule to the footer and its rule
	Heading    image.Rectangle // the lines of Table with the column headings
	DetailHead image.Rectangle // the first lines of Detail: name and tabs
	DetailBody image.Rectangle // the rest of Detail
	Toast      image.Rectangle // the last line of Body, drawn over what is there
}

// Compute arranges a screen of size cells. It never fails: a screen of no size or
// less is one that is too small.
func Compute(size image.Point, o Options) Screen {
	screen := image.Rect(0, 0, max(0, size.X), max(0, size.Y))
	s := Screen{Mode: modeOf(size)}
	if size.X < MinWidth || size.Y < MinHeight {
		s.TooSmall = true
		s.Body = screen
		return s
	}

	ruled := size.Y >= ruledHeight
	rest := screen
	s.Header, rest = cutTop(rest, headerLines)
	if ruled && s.Mode == Wide {
		s.HeaderRule, rest = cutTop(rest, 1)
	}
	s.Footer, rest = cutBottom(rest, footerLines)
	if ruled {
		s.FooterRule, rest = cutBottom(rest, 1)
	}
	s.Body = rest
	s.Toast, _ = cutBottom(rest, 1)

	s.arrangeBody(o)
	return s
}

func modeOf(size image.Point) Mode {
	switch {
	case size.X >= wideWidth:
		return Wide
	case size.X >= mediumWidth && size.Y >= mediumHeight:
		return Medium
	default:
		return Small
	}
}

// arrangeBody divides Body among the table, the detail and the input line. The
// detail is cut off first, so that opening the filter takes its line from the
// table and the detail stays where it is.
func (s *Screen) arrangeBody(o Options) {
	rest := s.Body
	if o.Split && !o.Detail && !o.Matrix {
		switch s.Mode {
		case Wide:
			rest, s.Divider, s.Detail = beside(rest)
		case Medium:
			rest, s.Divider, s.Detail = stacked(rest)
		}
	}
	switch {
	case o.Filter:
		s.Filter, rest = cutTop(rest, 1)
	case o.Matrix && !o.Detail && s.Mode != Wide && !s.FooterRule.Empty():
		s.Gap, rest = cutTop(rest, 1)
	}
	if o.Detail {
		s.Detail = rest
	} else {
		s.Table = rest
		s.Heading, _ = cutTop(rest, headingLines(o))
	}
	if !s.Detail.Empty() {
		s.DetailHead, s.DetailBody = cutTop(s.Detail, headLines(s.Detail, s.Body))
	}
}

// beside divides r into the table, a column and the detail.
func beside(r image.Rectangle) (table, divider, detail image.Rectangle) {
	table, divider, detail = r, r, r
	table.Max.X = r.Min.X + r.Dx()*wideTableShare/100
	divider.Min.X, divider.Max.X = table.Max.X, table.Max.X+1
	detail.Min.X = divider.Max.X
	return table, divider, detail
}

// stacked divides r into the table, a line and the detail.
func stacked(r image.Rectangle) (table, divider, detail image.Rectangle) {
	table, rest := cutTop(r, (r.Dy()-1)*mediumTableShare/100)
	divider, detail = cutTop(rest, 1)
	return table, divider, detail
}

// headingLines is the number of lines of column headings: those of the regions
// have a second one with their totals.
func headingLines(o Options) int {
	if o.Matrix {
		return 2
	}
	return 1
}

// headLines is the number of lines that the detail spends on its head: name and
// tabs on one line where they fit, on two where they do not, and on two with an
// empty one below where the detail is as high as the body and lines are plenty.
func headLines(detail, body image.Rectangle) int {
	const (
		plenty    = 20 // lines
		scarce    = 8  // lines
		bothWidth = 100
	)
	switch {
	case detail.Dy() >= plenty && detail.Dy() >= body.Dy()-1:
		return 3
	case detail.Dx() < bothWidth && detail.Dy() >= scarce:
		return 2
	default:
		return 1
	}
}

// Dialog returns the rectangle of a dialog of w x h cells, border included, in the
// middle of a screen of size cells. What does not fit is clamped; the footer stays
// free, because it shows the dialog's keys.
func Dialog(size image.Point, w, h int) image.Rectangle {
	room := image.Pt(max(0, size.X), max(0, size.Y-footerLines))
	w = min(max(0, w), room.X)
	h = min(max(0, h), room.Y)
	at := image.Pt((room.X-w)/2, (room.Y-h)/2)
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}
}

// cutTop takes n lines off the top of r.
func cutTop(r image.Rectangle, n int) (top, rest image.Rectangle) {
	y := r.Min.Y + min(max(0, n), r.Dy())
	top, rest = r, r
	top.Max.Y, rest.Min.Y = y, y
	return top, rest
}

// cutBottom takes n lines off the bottom of r.
func cutBottom(r image.Rectangle, n int) (bottom, rest image.Rectangle) {
	rest, bottom = cutTop(r, r.Dy()-n)
	return bottom, rest
}
