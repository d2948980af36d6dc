package layout

import (
	"fmt"
	"image"
	"testing"
)

// Each screen is described from the top, see describe.
func TestCompute(t *testing.T) {
	for _, tt := range []struct {
		name string
		size image.Point
		o    Options
		want string
	}{
		{"table", image.Pt(40, 15), Options{}, "2H 1t 9T 1! 1- 1F"},
		{"low: no rule, split ignored, filter", image.Pt(40, 10), Options{Filter: true, Split: true}, "2H 1/ 1t 4T 1! 1F"},
		{"regions", image.Pt(40, 14), Options{Regions: true}, "2H 1~ 2t 6T 1! 1- 1F"},
		{"detail, name and tabs on a line each", image.Pt(40, 14), Options{Detail: true}, "2H 2d 7D 1! 1- 1F"},
		{"wide: split", image.Pt(180, 44), Options{Split: true}, "2H 1= 1t108|d71 2T108|d71 35T108|D71 1! 1- 1F"},
		{"wide: split, filter", image.Pt(140, 30), Options{Split: true, Filter: true}, "2H 1= 1/80|d59 1t80|d59 1T80|d59 21T80|D59 1! 1- 1F"},
		{"wide and low: no rules", image.Pt(160, 10), Options{Split: true}, "2H 1t96|d63 5T96|D63 1! 1F"},
		{"wide: no split", image.Pt(180, 44), Options{}, "2H 1= 1t 37T 1! 1- 1F"},
		{"wide: regions without gap", image.Pt(180, 44), Options{Split: true, Regions: true}, "2H 1= 2t 36T 1! 1- 1F"},
		{"wide: detail", image.Pt(180, 44), Options{Split: true, Detail: true, Regions: true}, "2H 1= 3d 35D 1! 1- 1F"},
		{"medium: split", image.Pt(120, 36), Options{Split: true}, "2H 1t 16T 1| 1d 12D 1! 1- 1F"},
		{"medium: the filter does not move the detail", image.Pt(120, 36), Options{Split: true, Filter: true}, "2H 1/ 1t 15T 1| 1d 12D 1! 1- 1F"},
		{"medium: narrow, name and tabs on a line each", image.Pt(80, 30), Options{Split: true}, "2H 1t 12T 1| 2d 9D 1! 1- 1F"},
		{"medium: regions", image.Pt(120, 36), Options{Split: true, Regions: true}, "2H 1~ 2t 28T 1! 1- 1F"},
		{"medium: regions, filter instead of the gap", image.Pt(120, 36), Options{Regions: true, Filter: true}, "2H 1/ 2t 28T 1! 1- 1F"},
		{"medium: detail, filter", image.Pt(120, 36), Options{Split: true, Detail: true, Filter: true}, "2H 1/ 3d 27D 1! 1- 1F"},
		{"small: 80x24", image.Pt(80, 24), Options{Split: true}, "2H 1t 18T 1! 1- 1F"},
	} {
		if got := describe(tt.size, Compute(tt.size, tt.o)); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestComputeModes(t *testing.T) {
	tests := []struct {
		size image.Point
		want mode
	}{
		{image.Pt(40, 10), small},
		{image.Pt(79, 100), small},
		{image.Pt(139, 29), small},
		{image.Pt(80, 30), medium},
		{image.Pt(139, 100), medium},
		{image.Pt(140, 10), wide},
		{image.Pt(300, 100), wide},
	}
	for _, tt := range tests {
		if got := Compute(tt.size, Options{}).mode; got != tt.want {
			t.Errorf("Compute(%v) is %d, want %d", tt.size, got, tt.want)
		}
	}
}

func TestComputeTooSmall(t *testing.T) {
	for _, size := range []image.Point{{39, 10}, {40, 9}, {300, 9}, {1, 1}, {0, 0}, {-3, 50}} {
		s := Compute(size, Options{Split: true, Filter: true})
		if !s.TooSmall {
			t.Errorf("Compute(%v): TooSmall = false", size)
		}
		for _, p := range append(tilesOf(s), overlaysOf(s)...) {
			if !p.rect.Empty() {
				t.Errorf("Compute(%v): %c is %v, want empty", size, p.letter, p.rect)
			}
		}
		if want := image.Rect(0, 0, max(0, size.X), max(0, size.Y)); !s.Body.Eq(want) {
			t.Errorf("Compute(%v): the body is %v, want %v", size, s.Body, want)
		}
	}
	if Compute(image.Pt(MinWidth, MinHeight), Options{}).TooSmall {
		t.Error("TooSmall = true for the smallest supported size")
	}
}

// For every size and all options the rectangles tile the screen: they are inside,
// pairwise disjoint, and together as large as the screen.
func TestComputeTilesTheScreen(t *testing.T) {
	for bits := range 1 << 5 {
		o := Options{Detail: bits&1 != 0, Split: bits&2 != 0, Filter: bits&4 != 0, Regions: bits&8 != 0, Alert: bits&16 != 0}
		for w := MinWidth; w <= 300; w++ {
			for h := MinHeight; h <= 100; h++ {
				if problem := checkTiling(image.Pt(w, h), o); problem != "" {
					t.Fatalf("%dx%d %+v: %s", w, h, o, problem)
				}
			}
		}
	}
}

func checkTiling(size image.Point, o Options) string {
	s := Compute(size, o)
	screen := image.Rectangle{Max: size}
	parts := tilesOf(s)
	area := 0
	for i, p := range parts {
		if !p.rect.In(screen) {
			return fmt.Sprintf("%c %v is outside", p.letter, p.rect)
		}
		for _, q := range parts[:i] {
			if p.rect.Overlaps(q.rect) {
				return fmt.Sprintf("%c %v and %c %v overlap", p.letter, p.rect, q.letter, q.rect)
			}
		}
		area += p.rect.Dx() * p.rect.Dy()
	}
	if want := size.X * size.Y; area != want {
		return fmt.Sprintf("%d of %d cells are covered", area, want)
	}
	return checkOverlays(s, o)
}

// checkOverlays checks the rectangles within the tiles.
func checkOverlays(s Screen, o Options) string {
	switch {
	case !s.Heading.In(s.Table):
		return "Heading is not in Table"
	case !s.DetailHead.In(s.Detail) || !s.DetailBody.In(s.Detail):
		return "DetailHead or DetailBody is not in Detail"
	case s.DetailHead.Dy()+s.DetailBody.Dy() != s.Detail.Dy():
		return "DetailHead and DetailBody do not add up to Detail"
	case s.Toast.Dy() != 1 || s.Toast.Dx() != s.Body.Dx() || !s.Toast.In(s.Body):
		return "Toast is not a line of Body"
	}
	return checkOptions(s, o)
}

// checkOptions checks that what the options ask for has a useful size.
func checkOptions(s Screen, o Options) string {
	switch {
	case o.Detail && (!s.Table.Empty() || s.Detail.Empty()):
		return "Table is shown with a full detail"
	case !o.Detail && s.Table.Dy()-s.Heading.Dy() < 2:
		return "Table has less than two rows"
	case !s.Detail.Empty() && s.DetailBody.Dy() < 2:
		return "DetailBody has less than two lines"
	case o.Filter && s.Filter.Empty():
		return "Filter is empty"
	case o.Alert != (s.Alert.Dy() == 1) || o.Alert && s.Alert.Max.Y != s.Body.Max.Y+1:
		return "Alert is not the line below Body"
	}
	return ""
}

func TestFilterDoesNotMoveTheDetail(t *testing.T) {
	for w := mediumWidth; w <= 300; w++ {
		for h := mediumHeight; h <= 100; h++ {
			closed := Compute(image.Pt(w, h), Options{Split: true})
			open := Compute(image.Pt(w, h), Options{Split: true, Filter: true})
			if closed.Detail != open.Detail {
				t.Fatalf("%dx%d: the detail moves from %v to %v", w, h, closed.Detail, open.Detail)
			}
		}
	}
}

func TestDetailHead(t *testing.T) {
	tests := []struct {
		name   string
		size   image.Point
		o      Options
		height int // of the detail
		want   int
	}{
		{"tall, fills the body", image.Pt(80, 24), Options{Detail: true}, 20, 3},
		{"one line less", image.Pt(80, 23), Options{Detail: true}, 19, 2},
		{"tall, with the filter", image.Pt(100, 25), Options{Detail: true, Filter: true}, 20, 3},
		{"wide enough for one line", image.Pt(100, 23), Options{Detail: true}, 19, 1},
		{"one cell less", image.Pt(99, 23), Options{Detail: true}, 19, 2},
		{"low", image.Pt(80, 11), Options{Detail: true}, 8, 2},
		{"too low for two lines", image.Pt(80, 10), Options{Detail: true}, 7, 1},
		{"below the table", image.Pt(100, 30), Options{Split: true}, 12, 1},
		{"far below the table", image.Pt(100, 60), Options{Split: true}, 25, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := Compute(tt.size, tt.o)
			if s.Detail.Dy() != tt.height {
				t.Errorf("the detail has %d lines, want %d", s.Detail.Dy(), tt.height)
			}
			if got := s.DetailHead.Dy(); got != tt.want {
				t.Errorf("its head has %d lines, want %d", got, tt.want)
			}
		})
	}
}

func TestDialog(t *testing.T) {
	tests := []struct {
		name string
		size image.Point
		w, h int
		want image.Rectangle
	}{
		{"fits", image.Pt(120, 36), 84, 17, image.Rect(18, 9, 102, 26)},
		{"too wide", image.Pt(40, 20), 84, 9, image.Rect(0, 5, 40, 14)},
		{"too high: keeps the footer free", image.Pt(40, 10), 20, 17, image.Rect(10, 0, 30, 9)},
		{"negative width", image.Pt(40, 10), -1, 0, image.Rect(20, 4, 20, 4)},
		{"empty screen", image.Pt(0, 0), 10, 10, image.Rect(0, 0, 0, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Dialog(tt.size, tt.w, tt.h); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDialogIsOnTheScreen(t *testing.T) {
	for w := MinWidth; w <= 300; w += 3 {
		for h := MinHeight; h <= 100; h++ {
			footer := Compute(image.Pt(w, h), Options{}).Footer
			for _, want := range []image.Point{{1, 1}, {60, 9}, {84, 17}, {500, 500}} {
				got := Dialog(image.Pt(w, h), want.X, want.Y)
				if got.Empty() || !got.In(image.Rect(0, 0, w, h)) || got.Overlaps(footer) {
					t.Fatalf("%v on %dx%d is %v, footer %v", want, w, h, got, footer)
				}
			}
		}
	}
}
