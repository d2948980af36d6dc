package layout

import "image"

// The smallest supported screen, in cells.
const (
	MinWidth  = 40
	MinHeight = 10
)

// The minimum sizes of the modes, in cells.
const (
	wideWidth    = 140
	mediumWidth  = 80
	mediumHeight = 30

	// ruledHeight is the minimum height of a screen with horizontal rules.
	ruledHeight = 14
)

// The share of the table if the detail is next to or below it, in percent.
const (
	wideTableShare   = 60
	mediumTableShare = 55
)

// minSideDetail is the minimum width of the detail next to the table: that of the tabs with
// their names. It leaves the table at least 80 cells.
const minSideDetail = 59

const (
	headerLines = 2
	footerLines = 1
)

// mode is one of the three arrangements of table and detail.
type mode uint8

// The modes, from the smallest screen to the largest.
const (
	small  mode = iota // table or detail
	medium             // table above, detail below
	wide               // table left, detail right
)

// Options is what is open on the screen.
type Options struct {
	Detail  bool // the detail fills the body; Split and Regions are ignored
	Split   bool // show the detail next to the table if the mode allows it
	Filter  bool // show an input line above the table or the full detail
	Regions bool // the table is the regions screen: no split, two heading lines
	Alert   bool // show a line below the body
}

// Screen holds the rectangles of a screen, in cells from the top left corner.
//
// Header, HeaderRule, Filter, Gap, Table, Divider, Detail, Alert, FooterRule and Footer
// tile the screen. Body, Heading, DetailHead, DetailBody and Toast are parts of these.
// On a screen that is too small, Body is the whole screen and the others are empty.
type Screen struct {
	mode     mode
	TooSmall bool // below MinWidth x MinHeight

	Header     image.Rectangle // identity and freshness, then the counts
	HeaderRule image.Rectangle // one line
	Filter     image.Rectangle // input line
	Gap        image.Rectangle // empty line above the regions if no rule separates it
	Table      image.Rectangle // headings and rows
	Divider    image.Rectangle // one column on a wide screen, else one line
	Detail     image.Rectangle // all of the detail
	Alert      image.Rectangle // one line, on every screen
	FooterRule image.Rectangle // one line
	Footer     image.Rectangle // one line

	Body       image.Rectangle // from the header and its rule to the alert, or the footer and its rule
	Heading    image.Rectangle // the lines of Table with the column headings
	DetailHead image.Rectangle // the first lines of Detail: name and tabs
	DetailBody image.Rectangle // the rest of Detail
	Toast      image.Rectangle // the last line of Body, drawn over what is there
}

// Rows returns the number of rows of the table.
func (s Screen) Rows() int { return max(0, s.Table.Dy()-s.Heading.Dy()) }

// Compute returns the layout of a screen of size cells.
func Compute(size image.Point, o Options) Screen {
	screen := image.Rect(0, 0, max(0, size.X), max(0, size.Y))
	s := Screen{mode: modeFor(size)}
	if size.X < MinWidth || size.Y < MinHeight {
		s.TooSmall = true
		s.Body = screen
		return s
	}

	ruled := size.Y >= ruledHeight
	rest := screen
	s.Header, rest = cutTop(rest, headerLines)
	if ruled && s.mode == wide {
		s.HeaderRule, rest = cutTop(rest, 1)
	}
	s.Footer, rest = cutLast(rest)
	if ruled {
		s.FooterRule, rest = cutLast(rest)
	}
	if o.Alert {
		s.Alert, rest = cutLast(rest)
	}
	s.Body = rest
	s.Toast, _ = cutLast(rest)

	s.arrangeBody(o)
	return s
}

func modeFor(size image.Point) mode {
	switch {
	case size.X >= wideWidth:
		return wide
	case size.X >= mediumWidth && size.Y >= mediumHeight:
		return medium
	default:
		return small
	}
}

// arrangeBody divides Body between the table, the detail and the input line. It cuts off
// the detail first, so that the filter takes its line from the table and the detail does
// not move.
func (s *Screen) arrangeBody(o Options) {
	rest := s.Body
	if o.Split && !o.Detail && !o.Regions {
		switch s.mode {
		case wide:
			rest, s.Divider, s.Detail = splitColumns(rest)
		case medium:
			rest, s.Divider, s.Detail = splitRows(rest)
		}
	}
	switch {
	case o.Filter:
		s.Filter, rest = cutTop(rest, 1)
	case o.Regions && !o.Detail && s.mode != wide && !s.FooterRule.Empty():
		s.Gap, rest = cutTop(rest, 1)
	}
	if o.Detail {
		s.Detail = rest
	} else {
		s.Table = rest
		s.Heading, _ = cutTop(rest, headingLines(o))
	}
	if !s.Detail.Empty() {
		s.DetailHead, s.DetailBody = cutTop(s.Detail, detailHeadLines(s.Detail, s.Body))
	}
}

// splitColumns divides r into table, divider column and detail.
func splitColumns(r image.Rectangle) (table, divider, detail image.Rectangle) {
	table, divider, detail = r, r, r
	table.Max.X = r.Min.X + min(r.Dx()*wideTableShare/100, r.Dx()-1-minSideDetail)
	divider.Min.X, divider.Max.X = table.Max.X, table.Max.X+1
	detail.Min.X = divider.Max.X
	return table, divider, detail
}

// splitRows divides r into table, divider line and detail.
func splitRows(r image.Rectangle) (table, divider, detail image.Rectangle) {
	table, rest := cutTop(r, (r.Dy()-1)*mediumTableShare/100)
	divider, detail = cutTop(rest, 1)
	return table, divider, detail
}

// headingLines returns the number of heading lines: the regions screen has a second one for
// totals.
func headingLines(o Options) int {
	if o.Regions {
		return 2
	}
	return 1
}

// detailHeadLines returns the number of lines of the detail's head: one if name and
// tabs fit on one line, else two, and an empty third one in a tall detail that fills the
// body.
func detailHeadLines(detail, body image.Rectangle) int {
	const (
		tallHeight   = 20
		minTwoLines  = 8   // minimum height of a detail with a head of two lines
		oneLineWidth = 100 // minimum width for name and tabs on one line
	)
	switch {
	case detail.Dy() >= tallHeight && detail.Dy() >= body.Dy()-1:
		return 3
	case detail.Dx() < oneLineWidth && detail.Dy() >= minTwoLines:
		return 2
	default:
		return 1
	}
}

// Dialog returns the rectangle of a dialog of w x h cells, border included, centred on a
// screen of size cells. It is clamped to the screen above the footer, which shows the
// keys of the dialog.
func Dialog(size image.Point, w, h int) image.Rectangle {
	room := image.Pt(max(0, size.X), max(0, size.Y-footerLines))
	w = min(max(0, w), room.X)
	h = min(max(0, h), room.Y)
	at := image.Pt((room.X-w)/2, (room.Y-h)/2)
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}
}

// cutTop cuts n lines off the top of r.
func cutTop(r image.Rectangle, n int) (top, rest image.Rectangle) {
	y := r.Min.Y + min(max(0, n), r.Dy())
	top, rest = r, r
	top.Max.Y, rest.Min.Y = y, y
	return top, rest
}

// cutLast cuts the last line off r.
func cutLast(r image.Rectangle) (last, rest image.Rectangle) {
	rest, last = cutTop(r, r.Dy()-1)
	return last, rest
}
