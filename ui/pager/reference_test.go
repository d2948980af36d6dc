package pager

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// reference is a naive pager: it lays out every row of every line and stores the index
// of the first visible row.
type reference struct {
	src           *Text
	width, height int
	wrap          bool
}

func (m reference) rows() (rows []string, lineOf []int) {
	for i := range m.src.Len() {
		pieces := []text.Line{m.src.Line(i)}
		if m.wrap {
			pieces = m.src.Line(i).Wrap(max(1, m.width))
		}
		for _, piece := range pieces {
			rows = append(rows, piece.Fit(m.width).String())
			lineOf = append(lineOf, i)
		}
	}
	return rows, lineOf
}

// lastTop returns the index of the first row of the last page.
func (m reference) lastTop() int {
	rows, _ := m.rows()
	return max(0, len(rows)-max(1, m.height))
}

// top returns the index of the first visible row of the pager.
func (m reference) top(p *Pager) int {
	_, lineOf := m.rows()
	for i, line := range lineOf {
		if line == p.top.line {
			return i + p.top.row
		}
	}
	return 0
}

// After any operations, the pager shows the same as the reference.
func TestPagerAgreesWithReference(t *testing.T) {
	words := rapid.StringOf(rapid.SampledFrom([]rune("abcdef     \n\n日ä\t")))
	rapid.Check(t, func(t *rapid.T) {
		m := reference{src: NewText(words.Draw(t, "text"), nil), width: 8, height: 4}
		p := new(Pager)
		p.SetSize(m.width, m.height)
		p.SetSource(m.src)
		checkTop := func(t *rapid.T, want int, do func()) {
			want = max(0, min(want, m.lastTop()))
			do()
			if got := m.top(p); got != want {
				t.Fatalf("top row %d, want %d", got, want)
			}
		}
		checkTopLine := func(t *rapid.T, do func()) {
			line, following := p.top.line, p.Following()
			do()
			end := m.lastTop()
			switch _, lineOf := m.rows(); {
			case following && m.top(p) != end:
				t.Fatalf("top row %d, want that of the last page, %d", m.top(p), end)
			case !following && p.top.line != line && m.top(p) != end:
				t.Fatalf("the first visible line changed from %d to %d (%v)", line, p.top.line, lineOf)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"move": func(t *rapid.T) {
				n := rapid.IntRange(-12, 12).Draw(t, "rows")
				checkTop(t, m.top(p)+n, func() { p.Move(n) })
			},
			"page":   func(t *rapid.T) { checkTop(t, m.top(p)+max(1, m.height), func() { p.Page(1) }) },
			"top":    func(t *rapid.T) { checkTop(t, 0, p.Top) },
			"bottom": func(t *rapid.T) { checkTop(t, m.lastTop(), p.Bottom) },
			"follow": func(t *rapid.T) { checkTop(t, m.lastTop(), func() { p.SetFollow(true) }) },
			"append": func(t *rapid.T) {
				top, following := m.top(p), p.Following()
				m.src.Append(words.Draw(t, "text"))
				if following {
					top = m.lastTop()
				}
				checkTop(t, top, p.SourceGrew)
			},
			"search": func(t *rapid.T) {
				literal := rapid.StringMatching(`[abAä日]{1,2}`).Draw(t, "literal")
				p.Search(literal)
				p.Next()
				if _, total := p.Matches(); total > 0 {
					checkCurrent(t, p)
				}
			},
			"end search": func(*rapid.T) { p.Search("") },
			"wrap": func(t *rapid.T) {
				checkTopLine(t, func() { m.wrap = !m.wrap; p.ToggleWrap() })
			},
			"size": func(t *rapid.T) {
				checkTopLine(t, func() {
					m.width = rapid.IntRange(0, 12).Draw(t, "w")
					m.height = rapid.IntRange(0, 9).Draw(t, "h")
					p.SetSize(m.width, m.height)
				})
			},
			"": func(t *rapid.T) {
				p.x = 0 // a search may have scrolled sideways
				m.check(t, p)
			},
		})
	})
}

func (m reference) check(t *rapid.T, p *Pager) {
	rows, lineOf := m.rows()
	top := m.top(p)
	view := p.View()
	if len(view) != m.height {
		t.Fatalf("%d lines, want %d", len(view), m.height)
	}
	last := 0
	for i, line := range view {
		want := strings.Repeat(" ", m.width)
		if top+i < len(rows) {
			want, last = rows[top+i], lineOf[top+i]+1
		}
		if line.String() != want || line.Width() != m.width {
			t.Fatalf("row %d is %q, want %q", i, line, want)
		}
	}
	if f, l, n := p.Position(); m.height > 0 && len(rows) > 0 && (f != lineOf[top]+1 || l != last || n != m.src.Len()) {
		t.Fatalf("position %d-%d of %d, want %d-%d of %d", f, l, n, lineOf[top]+1, last, m.src.Len())
	}
	if atEnd := top == m.lastTop(); p.length > 0 && p.atEnd != atEnd {
		t.Fatalf("at the end: %v, want %v", p.atEnd, atEnd)
	}
}

// checkCurrent checks that the current match is visible.
func checkCurrent(t *rapid.T, p *Pager) {
	if p.width < 3 || p.height < 1 {
		return
	}
	for _, line := range p.View() {
		for _, s := range line {
			if s.Role == theme.Match && s.On == theme.Selected {
				return
			}
		}
	}
	c, n := p.Matches()
	t.Fatalf("match %d of %d is not visible:\n%s", c, n, screen(p))
}
