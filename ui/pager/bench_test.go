package pager

import (
	"fmt"
	"strings"
	"testing"
)

// twoMegabytes returns a Dockerfile of 2 MB in 50,000 lines.
func twoMegabytes() string {
	var b strings.Builder
	for i := 0; b.Len() < 2<<20; i++ {
		fmt.Fprintf(&b, "RUN apt-get install -y package-%06d \\\n", i)
	}
	return b.String()
}

// BenchmarkOpen measures the time from the key to the first frame.
func BenchmarkOpen(b *testing.B) {
	raw := twoMegabytes()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		open(raw, 200, 50).View()
	}
}

// BenchmarkView must not depend on the number of lines.
func BenchmarkView(b *testing.B) {
	for _, lines := range []int{100, 1_000_000} {
		for _, wrap := range []bool{false, true} {
			b.Run(fmt.Sprintf("lines=%d/wrap=%v", lines, wrap), func(b *testing.B) {
				p := new(Pager)
				p.SetNumbers(true)
				p.SetSize(200, 50)
				p.SetSource(&countingSource{n: lines, reads: map[int]int{}})
				if wrap {
					p.ToggleWrap()
				}
				p.Move(lines / 2)
				b.ReportAllocs()
				for b.Loop() {
					p.View()
				}
			})
		}
	}
}

func BenchmarkScrollAndView(b *testing.B) {
	for _, wrap := range []bool{false, true} {
		b.Run(fmt.Sprintf("wrap=%v", wrap), func(b *testing.B) {
			p := open(twoMegabytes(), 30, 50)
			if wrap {
				p.ToggleWrap()
			}
			b.ReportAllocs()
			for b.Loop() {
				p.Move(1)
				p.View()
			}
		})
	}
}

// BenchmarkLongLineWrapped measures the worst case for wrapping, one line of 2 MB. It is
// wrapped once; later frames cost what is visible.
func BenchmarkLongLineWrapped(b *testing.B) {
	raw := strings.Repeat("0123456789 ", 2<<20/11)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			p := open(raw, 200, 50)
			p.ToggleWrap()
			p.View()
		}
	})
	b.Run("view", func(b *testing.B) {
		p := open(raw, 200, 50)
		p.ToggleWrap()
		for b.Loop() {
			p.Move(1)
			p.View()
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	raw := twoMegabytes()
	for _, literal := range []string{"package-049999", "a", "Nowhere"} {
		b.Run(literal, func(b *testing.B) {
			p := open(raw, 200, 50)
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				p.Search(literal)
			}
		})
	}
}

func BenchmarkNext(b *testing.B) {
	p := open(twoMegabytes(), 200, 50)
	p.Search("package")
	for b.Loop() {
		p.Next()
	}
}
