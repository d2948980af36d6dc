package pager

import (
	"fmt"
	"strings"
	"testing"
)

// Lines that are added at the end do not scroll the view.
func TestSourceGrew(t *testing.T) {
	for _, wrap := range []bool{false, true} {
		t.Run(fmt.Sprintf("wrap=%v", wrap), func(t *testing.T) {
			src := NewText("", nil)
			p := new(Pager)
			p.SetSize(8, 3)
			p.SetSource(src)
			if wrap {
				p.ToggleWrap()
			}
			grow := func(raw string) {
				src.Append(raw)
				p.SourceGrew()
			}
			grow("one\ntwo\nthree\nfour\nfi")
			checkPosition(t, p, 1, 3, 5)
			p.Move(1)
			before := screen(p)
			grow("ve\nsix\nseven\n")
			if screen(p) != before {
				t.Errorf("the view changed from\n%s\nto\n%s", before, screen(p))
			}
			checkPosition(t, p, 2, 4, 7)
			p.Bottom()
			checkPosition(t, p, 5, 7, 7)
			if !strings.Contains(screen(p), "five") {
				t.Errorf("the extended line is not redrawn:\n%s", screen(p))
			}
		})
	}
}

func TestFollow(t *testing.T) {
	src := NewText("1\n2\n3\n4\n", nil)
	p := new(Pager)
	p.SetSize(8, 3)
	p.SetFollow(true)
	p.SetSource(src)
	grow := func(raw string) {
		src.Append(raw)
		p.SourceGrew()
	}
	checkPosition(t, p, 2, 4, 4)
	grow("5\n")
	checkPosition(t, p, 3, 5, 5)

	p.Move(-1)
	if p.Following() {
		t.Error("Following() = true after scrolling up")
	}
	grow("6\n7\n")
	checkPosition(t, p, 2, 4, 7)

	p.Move(99)
	grow("8\n9\n")
	checkPosition(t, p, 7, 9, 9)
	p.SetSize(8, 4)
	grow("10\n")
	checkPosition(t, p, 7, 10, 10)
	p.ToggleWrap()
	grow("a long line that wraps")
	checkView(t, p, `
		a long  |
		line    |
		that    |
		wraps   |
	`)
	grow(" more")
	if !p.Following() || !strings.Contains(screen(p), "more") {
		t.Errorf("Following() = %v\n%s", p.Following(), screen(p))
	}

	p.SetFollow(false)
	before := screen(p)
	grow(" and more\n12\n")
	if p.Following() || p.atEnd || !strings.HasPrefix(screen(p), before[:9]) {
		t.Errorf("still follows after SetFollow(false):\n%s", screen(p))
	}
}

// A wider gutter leaves less room for the text.
func TestSourceGrewToMoreDigits(t *testing.T) {
	src := NewText(strings.Repeat("0123456789 123456789\n", 999), nil)
	p := new(Pager)
	p.SetNumbers(true)
	p.SetFollow(true)
	p.SetSize(25, 3)
	p.SetSource(src)
	p.ToggleWrap()
	checkView(t, p, `
		 997 0123456789 123456789|
		 998 0123456789 123456789|
		 999 0123456789 123456789|
	`)
	src.Append("0123456789 123456789\n")
	p.SourceGrew()
	checkView(t, p, `
		      123456789          |
		 1000 0123456789         |
		      123456789          |
	`)
}
