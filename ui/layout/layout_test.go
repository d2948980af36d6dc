package layout

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestComputeDrawsTheWholeScreen(t *testing.T) {
	tests := []struct {
		name string
		size image.Point
		o    Options
		want string
	}{
		{
			name: "small: the table",
			size: image.Pt(40, 15),
			want: `
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				tttttttttttttttttttttttttttttttttttttttt
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
				----------------------------------------
				FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
			`,
		},
		{
			name: "small: no room for the rule, a split is not for here, the filter is open",
			size: image.Pt(40, 10),
			o:    Options{Filter: true, Split: true},
			want: `
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				////////////////////////////////////////
				tttttttttttttttttttttttttttttttttttttttt
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
				FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
			`,
		},
		{
			name: "small: the matrix",
			size: image.Pt(40, 14),
			o:    Options{Matrix: true},
			want: `
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
				tttttttttttttttttttttttttttttttttttttttt
				tttttttttttttttttttttttttttttttttttttttt
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT
				!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
				----------------------------------------
				FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
			`,
		},
		{
			name: "small: the detail, its name and its tabs on a line each",
			size: image.Pt(40, 14),
			o:    Options{Detail: true},
			want: `
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
				dddddddddddddddddddddddddddddddddddddddd
				dddddddddddddddddddddddddddddddddddddddd
				DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
				DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
				DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
				DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
				DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
				DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
				DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
				!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
				----------------------------------------
				FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
			`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := Compute(tt.size, tt.o)
			got := strings.Join(draw(tt.size, append(parts(s), overlays(s)...)), "\n")
			if diff := cmp.Diff(strings.Join(strings.Fields(tt.want), "\n"), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestComputeModes(t *testing.T) {
	tests := []struct {
		size image.Point
		want Mode
	}{
		{image.Pt(40, 10), Small},
		{image.Pt(79, 100), Small},
		{image.Pt(139, 29), Small},
		{image.Pt(80, 30), Medium},
		{image.Pt(139, 100), Medium},
		{image.Pt(140, 10), Wide},
		{image.Pt(300, 100), Wide},
	}
	for _, tt := range tests {
		if got := Compute(tt.size, Options{}).Mode; got != tt.want {
			t.Errorf("Compute(%v) is %v, want %v", tt.size, got, tt.want)
		}
	}
}

func TestComputeTooSmall(t *testing.T) {
	for _, size := range []image.Point{{39, 10}, {40, 9}, {300, 9}, {1, 1}, {0, 0}, {-3, 50}} {
		s := Compute(size, Options{Split: true, Filter: true})
		if !s.TooSmall {
			t.Errorf("Compute(%v) is not too small", size)
		}
		for _, p := range append(parts(s), overlays(s)...) {
			if !p.rect.Empty() {
				t.Errorf("Compute(%v): %c is %v, want it empty", size, p.letter, p.rect)
			}
		}
		if want := image.Rect(0, 0, max(0, size.X), max(0, size.Y)); !s.Body.Eq(want) {
			t.Errorf("Compute(%v): the body is %v, want %v", size, s.Body, want)
		}
	}
	if Compute(image.Pt(MinWidth, MinHeight), Options{}).TooSmall {
		t.Error("the smallest screen is too small")
	}
}

// Every size, every combination: the parts do not overlap, none is outside, and
// together they leave no cell over. Rectangles that are inside, pairwise disjoint
// and as large together as the screen tile it.
func TestComputeTilesEveryScreen(t *testing.T) {
	for bits := range 1 << 4 {
		o := Options{Detail: bits&1 != 0, Split: bits&2 != 0, Filter: bits&4 != 0, Matrix: bits&8 != 0}
		for w := MinWidth; w <= 300; w++ {
			for h := MinHeight; h <= 100; h++ {
				if problem := tiles(image.Pt(w, h), o); problem != "" {
					t.Fatalf("%dx%d %+v: %s", w, h, o, problem)
				}
			}
		}
	}
}

func tiles(size image.Point, o Options) string {
	s := Compute(size, o)
	screen := image.Rectangle{Max: size}
	parts := parts(s)
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
	return insides(s, o)
}

// insides checks what lies inside of the parts.
func insides(s Screen, o Options) string {
	switch {
	case !s.Heading.In(s.Table):
		return "the heading is not in the table"
	case !s.DetailHead.In(s.Detail) || !s.DetailBody.In(s.Detail):
		return "head or body is not in the detail"
	case s.DetailHead.Dy()+s.DetailBody.Dy() != s.Detail.Dy():
		return "head and body are not the detail"
	case s.Toast.Dy() != 1 || s.Toast.Dx() != s.Body.Dx() || !s.Toast.In(s.Body):
		return "the toast is not a line of the body"
	}
	return shown(s, o)
}

// shown checks that what was asked for is there and large enough to be of use.
func shown(s Screen, o Options) string {
	switch {
	case o.Detail && (!s.Table.Empty() || s.Detail.Empty()):
		return "the full detail leaves room for the table"
	case !o.Detail && s.Table.Dy()-s.Heading.Dy() < 2:
		return "the table has less than two rows"
	case !s.Detail.Empty() && s.DetailBody.Dy() < 2:
		return "the detail has less than two lines"
	case o.Filter && s.Filter.Empty():
		return "the filter has no line"
	}
	return ""
}

// Opening the filter must not move what the user is reading in the other pane.
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
		{"as high as the body, and lines are plenty", image.Pt(80, 24), Options{Detail: true}, 20, 3},
		{"one line less than plenty", image.Pt(80, 23), Options{Detail: true}, 19, 2},
		{"the line of input takes none of it", image.Pt(100, 25), Options{Detail: true, Filter: true}, 20, 3},
		{"name and tabs fit on one line", image.Pt(100, 23), Options{Detail: true}, 19, 1},
		{"they do not", image.Pt(99, 23), Options{Detail: true}, 19, 2},
		{"lines are scarce, but two of them pay", image.Pt(80, 11), Options{Detail: true}, 8, 2},
		{"two are too many", image.Pt(80, 10), Options{Detail: true}, 7, 1},
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
		{"in the middle", image.Pt(120, 36), 84, 17, image.Rect(18, 9, 102, 26)},
		{"too wide", image.Pt(40, 20), 84, 9, image.Rect(0, 5, 40, 14)},
		{"too high: the footer stays free", image.Pt(40, 10), 20, 17, image.Rect(10, 0, 30, 9)},
		{"nothing", image.Pt(40, 10), -1, 0, image.Rect(20, 4, 20, 4)},
		{"no screen", image.Pt(0, 0), 10, 10, image.Rect(0, 0, 0, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Dialog(tt.size, tt.w, tt.h); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDialogIsAlwaysOnTheScreen(t *testing.T) {
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

func TestModeString(t *testing.T) {
	got := fmt.Sprint(Small, Medium, Wide)
	if want := "small medium wide"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
