package pager

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// counted is a source of n lines that remembers which were asked for.
type counted struct {
	n     int
	asked map[int]int
}

func newCounted(n int) *counted { return &counted{n: n, asked: map[int]int{}} }

func (c *counted) Len() int { return c.n }

func (c *counted) Line(i int) text.Line {
	c.asked[i]++
	return text.Sprintf("line %d of many words that go on", i+1).As(theme.Text)
}

// screen returns what is drawn, with a | at the end of every line so that spaces
// are seen.
func screen(p *Pager) string {
	var b strings.Builder
	for _, line := range p.View() {
		b.WriteString(line.String() + "|\n")
	}
	return b.String()
}

func wantScreen(t *testing.T, p *Pager, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", "")
	if diff := cmp.Diff(want, screen(p)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func wantPosition(t *testing.T, p *Pager, first, last, total int) {
	t.Helper()
	if f, l, n := p.Position(); f != first || l != last || n != total {
		t.Errorf("position %d-%d of %d, want %d-%d of %d", f, l, n, first, last, total)
	}
}

const dockerfile = `FROM node:20-slim AS deps
WORKDIR /app

RUN npm ci --omit=dev
# build it
COPY . /app
USER node
`

// open returns a pager on a text.
func open(raw string, w, h int) *Pager {
	p := new(Pager)
	p.SetSize(w, h)
	p.SetSource(NewText(raw, nil))
	return p
}

func TestView(t *testing.T) {
	p := open(dockerfile, 20, 4)
	wantScreen(t, p, `
		FROM node:20-slim A…|
		WORKDIR /app        |
		                    |
		RUN npm ci --omit=d…|
	`)
	p.ScrollX(4)
	wantScreen(t, p, `
		…node:20-slim AS de…|
		…IR /app            |
		                    |
		…pm ci --omit=dev   |
	`)
	p.ScrollX(99)
	wantScreen(t, p, `
		…ode:20-slim AS deps|
		…R /app             |
		                    |
		…m ci --omit=dev    |
	`)
	p.ScrollX(-99)
	p.Move(2)
	wantScreen(t, p, `
		                    |
		RUN npm ci --omit=d…|
		# build it          |
		COPY . /app         |
	`)
	wantPosition(t, p, 3, 6, 7)
	p.Bottom()
	wantPosition(t, p, 4, 7, 7)
	p.ScrollX(2)
	p.Top()
	wantPosition(t, p, 1, 4, 7)
	if got := p.View()[1].String(); !strings.HasPrefix(got, "WORKDIR") {
		t.Errorf("the top begins with %q", got)
	}
}

func TestViewWrapped(t *testing.T) {
	p := open(dockerfile, 20, 6)
	p.ToggleWrap()
	wantScreen(t, p, `
		FROM node:20-slim AS|
		deps                |
		WORKDIR /app        |
		                    |
		RUN npm ci          |
		--omit=dev          |
	`)
	wantPosition(t, p, 1, 4, 7)
	p.ScrollX(3) // has no meaning here
	p.Move(1)
	wantScreen(t, p, `
		deps                |
		WORKDIR /app        |
		                    |
		RUN npm ci          |
		--omit=dev          |
		# build it          |
	`)
	wantPosition(t, p, 1, 5, 7)
	p.Bottom()
	wantPosition(t, p, 3, 7, 7)
	p.Move(-1)
	wantPosition(t, p, 2, 6, 7)
	p.Move(-1)
	wantPosition(t, p, 1, 5, 7)
	p.ToggleWrap()
	wantPosition(t, p, 1, 6, 7)
	if p.Wrapped() {
		t.Error("still wrapped")
	}
}

func TestViewNumbered(t *testing.T) {
	p := open(dockerfile, 25, 5)
	p.SetNumbers(true)
	wantScreen(t, p, `
		   1 FROM node:20-slim A…|
		   2 WORKDIR /app        |
		   3                     |
		   4 RUN npm ci --omit=d…|
		   5 # build it          |
	`)
	p.ToggleWrap()
	wantScreen(t, p, `
		   1 FROM node:20-slim AS|
		     deps                |
		   2 WORKDIR /app        |
		   3                     |
		   4 RUN npm ci          |
	`)
	p.ToggleWrap()
	p.SetSource(newCounted(12345))
	p.SetSize(30, 2)
	p.Bottom()
	wantScreen(t, p, `
		 12344 line 12344 of many wor…|
		 12345 line 12345 of many wor…|
	`)
	p.SetSize(minNumbered-1, 1)
	if got := screen(p); strings.Contains(got, " 12345 l") {
		t.Errorf("numbers take the room of the text: %q", got)
	}
}

func TestViewOfNothing(t *testing.T) {
	var p Pager
	p.SetSize(5, 2)
	wantScreen(t, &p, `
		     |
		     |
	`)
	wantPosition(t, &p, 0, 0, 0)
	p.Move(3)
	p.Page(-1)
	p.Bottom()
	p.Top()
	p.ScrollX(3)
	p.SourceGrew()
	if n := p.Search("a"); n != 0 || p.Next() || p.Prev() || !p.AtEnd() {
		t.Errorf("found %d in nothing; at the end: %v", n, p.AtEnd())
	}
	p.SetLines(nil)
	if n := p.Search("a"); n != 0 || p.Next() || p.Prev() || !p.AtEnd() {
		t.Errorf("found %d in no lines; at the end: %v", n, p.AtEnd())
	}
	p.SetSize(0, 0)
	wantScreen(t, &p, "")
}

func TestMovement(t *testing.T) {
	tests := []struct {
		name string
		do   func(p *Pager)
		want int // the first line, from 1; of 100, 10 are visible
	}{
		{"down", func(p *Pager) { p.Move(3) }, 4},
		{"down stops at the end", func(p *Pager) { p.Move(1000) }, 91},
		{"up stops at the top", func(p *Pager) { p.Move(5); p.Move(-9) }, 1},
		{"a page", func(p *Pager) { p.Page(1) }, 11},
		{"half a page up", func(p *Pager) { p.Bottom(); p.Page(-0.5) }, 86},
		{"never less than a row", func(p *Pager) { p.Page(0.01) }, 2},
		{"the bottom", func(p *Pager) { p.Bottom() }, 91},
		{"the top", func(p *Pager) { p.Bottom(); p.Top() }, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p Pager
			p.SetSize(20, 10)
			p.SetSource(newCounted(100))
			tt.do(&p)
			wantPosition(t, &p, tt.want, tt.want+9, 100)
			if atEnd := tt.want == 91; p.AtEnd() != atEnd {
				t.Errorf("at the end: %v, want %v", p.AtEnd(), atEnd)
			}
		})
	}
}

func TestResize(t *testing.T) {
	p := open(strings.Repeat("a b c d e f g h i j k l m n o p q r s t\n", 9), 10, 4)
	p.ToggleWrap() // 4 rows a line
	p.Move(10)
	wantScreen(t, p, `
		k l m n o |
		p q r s t |
		a b c d e |
		f g h i j |
	`)
	p.SetSize(20, 4) // 2 rows a line
	wantScreen(t, p, `
		k l m n o p q r s t |
		a b c d e f g h i j |
		k l m n o p q r s t |
		a b c d e f g h i j |
	`)
	p.Bottom()
	p.SetSize(20, 6)
	wantPosition(t, p, 7, 9, 9)
	p.SetSize(20, 99)
	wantPosition(t, p, 1, 9, 9)
}

func TestNewSourceKeepsThePosition(t *testing.T) {
	p := open(dockerfile, 20, 3)
	p.Move(2)
	p.SetSource(NewText(dockerfile+"CMD a\n", nil))
	wantPosition(t, p, 3, 5, 8)
	p.SetSource(NewText("a\nb\nc\nd\n", nil))
	wantPosition(t, p, 2, 4, 4)
	p.SetLines(nil)
	wantPosition(t, p, 0, 0, 0)
}

// A frame must not read more than it shows, and a change of position not much more.
func TestOnlyWhatIsVisibleIsRead(t *testing.T) {
	for _, wrap := range []bool{false, true} {
		t.Run(fmt.Sprintf("wrap=%v", wrap), func(t *testing.T) {
			const lines, height = 1_000_000, 40
			src := newCounted(lines)
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
				clear(src.asked)
				step()
				p.View()
				p.Position()
				// What is visible, and the last page to know where the end is.
				if n := len(src.asked); n > 2*height {
					t.Errorf("step %d read %d lines for %d rows", i, n, height)
				}
			}
			clear(src.asked)
			p.View()
			if len(src.asked) > 0 {
				t.Errorf("the same frame again read %d lines", len(src.asked))
			}
		})
	}
}
