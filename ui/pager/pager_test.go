package pager

import (
	"fmt"
	"strings"
	"testing"
)

func TestView(t *testing.T) {
	p := open(dockerfile, 20, 4)
	checkView(t, p, `
		FROM node:20-slim A…|
		WORKDIR /app        |
		                    |
		RUN npm ci --omit=d…|
	`)
	p.ScrollX(4)
	checkView(t, p, `
		…node:20-slim AS de…|
		…IR /app            |
		                    |
		…pm ci --omit=dev   |
	`)
	p.ScrollX(99)
	checkView(t, p, `
		…ode:20-slim AS deps|
		…R /app             |
		                    |
		…m ci --omit=dev    |
	`)
	p.ScrollX(-99)
	p.Move(2)
	checkView(t, p, `
		                    |
		RUN npm ci --omit=d…|
		# build it          |
		COPY . /app         |
	`)
	checkPosition(t, p, 3, 6, 7)
	p.Bottom()
	checkPosition(t, p, 4, 7, 7)
	p.ScrollX(2)
	p.Top()
	checkPosition(t, p, 1, 4, 7)
	if got := p.View()[1].String(); !strings.HasPrefix(got, "WORKDIR") {
		t.Errorf("the second line is %q, want the start of WORKDIR", got)
	}
}

func TestViewWrapped(t *testing.T) {
	p := open(dockerfile, 20, 6)
	p.ToggleWrap()
	checkView(t, p, `
		FROM node:20-slim AS|
		deps                |
		WORKDIR /app        |
		                    |
		RUN npm ci          |
		--omit=dev          |
	`)
	checkPosition(t, p, 1, 4, 7)
	p.ScrollX(3) // has no meaning here
	p.Move(1)
	checkView(t, p, `
		deps                |
		WORKDIR /app        |
		                    |
		RUN npm ci          |
		--omit=dev          |
		# build it          |
	`)
	checkPosition(t, p, 1, 5, 7)
	p.Bottom()
	checkPosition(t, p, 3, 7, 7)
	p.Move(-1)
	checkPosition(t, p, 2, 6, 7)
	p.Move(-1)
	checkPosition(t, p, 1, 5, 7)
	p.ToggleWrap()
	checkPosition(t, p, 1, 6, 7)
	if p.Wrapped() {
		t.Error("still wrapped")
	}
}

func TestViewWithNumbers(t *testing.T) {
	p := open(dockerfile, 25, 5)
	p.SetNumbers(true)
	checkView(t, p, `
		   1 FROM node:20-slim A…|
		   2 WORKDIR /app        |
		   3                     |
		   4 RUN npm ci --omit=d…|
		   5 # build it          |
	`)
	p.ToggleWrap()
	checkView(t, p, `
		   1 FROM node:20-slim AS|
		     deps                |
		   2 WORKDIR /app        |
		   3                     |
		   4 RUN npm ci          |
	`)
	p.ToggleWrap()
	p.SetSource(newCountingSource(12345))
	p.SetSize(30, 2)
	p.Bottom()
	checkView(t, p, `
		 12344 line 12344 of many wor…|
		 12345 line 12345 of many wor…|
	`)
	p.SetSize(minWidthWithNumbers-1, 1)
	if got := screen(p); strings.Contains(got, " 12345 l") {
		t.Errorf("numbers are shown in a narrow pager: %q", got)
	}
}

func TestViewOfAnEmptySource(t *testing.T) {
	var p Pager
	p.SetSize(5, 2)
	checkView(t, &p, `
		     |
		     |
	`)
	checkPosition(t, &p, 0, 0, 0)
	p.Move(3)
	p.Page(-1)
	p.Bottom()
	p.Top()
	p.ScrollX(3)
	p.SourceGrew()
	if n := p.Search("a"); n != 0 || p.Next() || p.Prev() {
		t.Errorf("no source: %d matches", n)
	}
	p.SetLines(nil)
	if n := p.Search("a"); n != 0 || p.Next() || p.Prev() {
		t.Errorf("no lines: %d matches", n)
	}
	p.SetSize(0, 0)
	checkView(t, &p, "")
}

func TestMovement(t *testing.T) {
	tests := []struct {
		name string
		do   func(p *Pager)
		want int // first visible line, from 1; 10 of 100 lines are visible
	}{
		{"down", func(p *Pager) { p.Move(3) }, 4},
		{"down stops at the end", func(p *Pager) { p.Move(1000) }, 91},
		{"up stops at the top", func(p *Pager) { p.Move(5); p.Move(-9) }, 1},
		{"a page", func(p *Pager) { p.Page(1) }, 11},
		{"half a page up", func(p *Pager) { p.Bottom(); p.Page(-0.5) }, 86},
		{"at least one row", func(p *Pager) { p.Page(0.01) }, 2},
		{"the bottom", func(p *Pager) { p.Bottom() }, 91},
		{"the top", func(p *Pager) { p.Bottom(); p.Top() }, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p Pager
			p.SetSize(20, 10)
			p.SetSource(newCountingSource(100))
			tt.do(&p)
			checkPosition(t, &p, tt.want, tt.want+9, 100)
			if atEnd := tt.want == 91; p.atEnd != atEnd {
				t.Errorf("at the end: %v, want %v", p.atEnd, atEnd)
			}
		})
	}
}

func TestResize(t *testing.T) {
	p := open(strings.Repeat("a b c d e f g h i j k l m n o p q r s t\n", 9), 10, 4)
	p.ToggleWrap() // 4 rows per line
	p.Move(10)
	checkView(t, p, `
		k l m n o |
		p q r s t |
		a b c d e |
		f g h i j |
	`)
	p.SetSize(20, 4) // 2 rows per line
	checkView(t, p, `
		k l m n o p q r s t |
		a b c d e f g h i j |
		k l m n o p q r s t |
		a b c d e f g h i j |
	`)
	p.Bottom()
	p.SetSize(20, 6)
	checkPosition(t, p, 7, 9, 9)
	p.SetSize(20, 99)
	checkPosition(t, p, 1, 9, 9)
}

func TestNewSourceKeepsThePosition(t *testing.T) {
	p := open(dockerfile, 20, 3)
	p.Move(2)
	p.SetSource(NewText(dockerfile+"CMD a\n", nil))
	checkPosition(t, p, 3, 5, 8)
	p.SetSource(NewText("a\nb\nc\nd\n", nil))
	checkPosition(t, p, 2, 4, 4)
	p.SetLines(nil)
	checkPosition(t, p, 0, 0, 0)
}

// A frame reads visible lines only, a change of position not many more.
func TestReadsVisibleLinesOnly(t *testing.T) {
	for _, wrap := range []bool{false, true} {
		t.Run(fmt.Sprintf("wrap=%v", wrap), func(t *testing.T) {
			const lines, height = 1_000_000, 40
			src := newCountingSource(lines)
			p := new(Pager)
			if wrap {
				p.ToggleWrap()
			}
			p.SetNumbers(true)
			p.SetSize(20, height)
			p.SetSource(src)
			steps := []func(){
				func() {}, p.Bottom, func() { p.Move(-3) }, p.Top, func() { p.Page(1) },
				p.ToggleWrap, func() { p.SetSize(30, height) }, p.ToggleWrap, func() { p.ScrollX(3) },
			}
			for i, step := range steps {
				clear(src.reads)
				step()
				p.View()
				p.Position()
				// The visible lines, and the last page to find the end.
				if n := len(src.reads); n > 2*height {
					t.Errorf("step %d read %d lines for %d rows", i, n, height)
				}
			}
			clear(src.reads)
			p.View()
			if len(src.reads) > 0 {
				t.Errorf("redrawing read %d lines, want 0", len(src.reads))
			}
		})
	}
}
