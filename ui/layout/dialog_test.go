package layout

import (
	"image"
	"testing"
)

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
