package layout

import (
	"image"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The screens are run-length encoded, see runLength.
func TestComputeLargeScreens(t *testing.T) {
	tests := []struct {
		name string
		size image.Point
		o    Options
		want string
	}{
		{
			name: "wide: split",
			size: image.Pt(180, 44),
			o:    Options{Split: true},
			want: `
				H×180 · 2
				=×180 · 1
				t×108 |×1   d×71  · 1
				T×108 |×1   d×71  · 2
				T×108 |×1   D×71  · 35
				!×180 · 1
				-×180 · 1
				F×180 · 1
			`,
		},
		{
			name: "wide: split, filter",
			size: image.Pt(140, 30),
			o:    Options{Split: true, Filter: true},
			want: `
				H×140 · 2
				=×140 · 1
				/×80  |×1   d×59  · 1
				t×80  |×1   d×59  · 1
				T×80  |×1   d×59  · 1
				T×80  |×1   D×59  · 21
				!×140 · 1
				-×140 · 1
				F×140 · 1
			`,
		},
		{
			name: "wide and low: no rules",
			size: image.Pt(160, 10),
			o:    Options{Split: true},
			want: `
				H×160 · 2
				t×96  |×1   d×63  · 1
				T×96  |×1   D×63  · 5
				!×160 · 1
				F×160 · 1
			`,
		},
		{
			name: "wide: no split",
			size: image.Pt(180, 44),
			want: `
				H×180 · 2
				=×180 · 1
				t×180 · 1
				T×180 · 37
				!×180 · 1
				-×180 · 1
				F×180 · 1
			`,
		},
		{
			name: "wide: regions without gap",
			size: image.Pt(180, 44),
			o:    Options{Split: true, Regions: true},
			want: `
				H×180 · 2
				=×180 · 1
				t×180 · 2
				T×180 · 36
				!×180 · 1
				-×180 · 1
				F×180 · 1
			`,
		},
		{
			name: "wide: detail",
			size: image.Pt(180, 44),
			o:    Options{Split: true, Detail: true, Regions: true},
			want: `
				H×180 · 2
				=×180 · 1
				d×180 · 3
				D×180 · 35
				!×180 · 1
				-×180 · 1
				F×180 · 1
			`,
		},
		{
			name: "medium: split",
			size: image.Pt(120, 36),
			o:    Options{Split: true},
			want: `
				H×120 · 2
				t×120 · 1
				T×120 · 16
				|×120 · 1
				d×120 · 1
				D×120 · 12
				!×120 · 1
				-×120 · 1
				F×120 · 1
			`,
		},
		{
			name: "medium: the filter does not move the detail",
			size: image.Pt(120, 36),
			o:    Options{Split: true, Filter: true},
			want: `
				H×120 · 2
				/×120 · 1
				t×120 · 1
				T×120 · 15
				|×120 · 1
				d×120 · 1
				D×120 · 12
				!×120 · 1
				-×120 · 1
				F×120 · 1
			`,
		},
		{
			name: "medium: narrow, name and tabs on a line each",
			size: image.Pt(80, 30),
			o:    Options{Split: true},
			want: `
				H×80  · 2
				t×80  · 1
				T×80  · 12
				|×80  · 1
				d×80  · 2
				D×80  · 9
				!×80  · 1
				-×80  · 1
				F×80  · 1
			`,
		},
		{
			name: "medium: regions",
			size: image.Pt(120, 36),
			o:    Options{Split: true, Regions: true},
			want: `
				H×120 · 2
				~×120 · 1
				t×120 · 2
				T×120 · 28
				!×120 · 1
				-×120 · 1
				F×120 · 1
			`,
		},
		{
			name: "medium: regions, filter instead of the gap",
			size: image.Pt(120, 36),
			o:    Options{Regions: true, Filter: true},
			want: `
				H×120 · 2
				/×120 · 1
				t×120 · 2
				T×120 · 28
				!×120 · 1
				-×120 · 1
				F×120 · 1
			`,
		},
		{
			name: "medium: detail, filter",
			size: image.Pt(120, 36),
			o:    Options{Split: true, Detail: true, Filter: true},
			want: `
				H×120 · 2
				/×120 · 1
				d×120 · 3
				D×120 · 27
				!×120 · 1
				-×120 · 1
				F×120 · 1
			`,
		},
		{
			name: "small: 80x24",
			size: image.Pt(80, 24),
			o:    Options{Split: true},
			want: `
				H×80  · 2
				t×80  · 1
				T×80  · 18
				!×80  · 1
				-×80  · 1
				F×80  · 1
			`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := Compute(tt.size, tt.o)
			got := runLength(draw(tt.size, append(tilesOf(s), overlaysOf(s)...)))
			want := strings.ReplaceAll(strings.TrimLeft(tt.want, "\n\t"), "\t", "")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
