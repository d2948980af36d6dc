package pager

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// model is a pager in the plainest way: it lays out every row of every line and
// keeps the index of the first visible one.
type model struct {
	src           *Text
	width, height int
	wrap          bool
}

func (m model) rows() (rows []string, lineOf []int) {
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

// lastTop is the index of the first row when the end is visible.
func (m model) lastTop() int {
	rows, _ := m.rows()
	return max(0, len(rows)-max(1, m.height))
}

// top returns where the pager is, as the model counts.
func (m model) top(p *Pager) int {
	_, lineOf := m.rows()
	for i, line := range lineOf {
		if line == p.top.line {
			return i + p.top.row
		}
	}
	return 0
}

// Whatever is done to it, in whatever order, the pager shows what one would show
// that lays out everything.
func TestPagerShowsWhatAPlainOneWould(t *testing.T) {
	words := rapid.StringOf(rapid.SampledFrom([]rune("abcdef     \n\n日ä\t")))
	rapid.Check(t, func(t *rapid.T) {
		m := model{src: NewText(words.Draw(t, "text"), nil), width: 8, height: 4}
		p := new(Pager)
		p.SetSize(m.width, m.height)
		p.SetSource(m.src)
		goes := func(t *rapid.T, want int, do func()) {
			want = max(0, min(want, m.lastTop()))
			do()
			if got := m.top(p); got != want {
				t.Fatalf("at row %d, want %d", got, want)
			}
		}
		staysAtLine := func(t *rapid.T, do func()) {
			line, stuck := p.top.line, p.Following()
			do()
			end := m.lastTop()
			switch _, lineOf := m.rows(); {
			case stuck && m.top(p) != end:
				t.Fatalf("at row %d, want the end, %d", m.top(p), end)
			case !stuck && p.top.line != line && m.top(p) != end:
				t.Fatalf("the first visible line was %d and is %d (%v)", line, p.top.line, lineOf)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"move": func(t *rapid.T) {
				n := rapid.IntRange(-12, 12).Draw(t, "rows")
				goes(t, m.top(p)+n, func() { p.Move(n) })
			},
			"page":   func(t *rapid.T) { goes(t, m.top(p)+max(1, m.height), func() { p.Page(1) }) },
			"top":    func(t *rapid.T) { goes(t, 0, p.Top) },
			"bottom": func(t *rapid.T) { goes(t, m.lastTop(), p.Bottom) },
			"follow": func(t *rapid.T) { goes(t, m.lastTop(), func() { p.SetFollow(true) }) },
			"append": func(t *rapid.T) {
				top, stuck := m.top(p), p.Following()
				m.src.Append(words.Draw(t, "text"))
				if stuck {
					top = m.lastTop()
				}
				goes(t, top, p.SourceGrew)
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
				staysAtLine(t, func() { m.wrap = !m.wrap; p.ToggleWrap() })
			},
			"size": func(t *rapid.T) {
				staysAtLine(t, func() {
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

func (m model) check(t *rapid.T, p *Pager) {
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
	if atEnd := top == m.lastTop(); p.AtEnd() != atEnd {
		t.Fatalf("at the end: %v, want %v", p.AtEnd(), atEnd)
	}
}

// checkCurrent checks that the present match is on the screen.
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
	t.Fatalf("match %d of %d is not on the screen:\n%s", c, n, screen(p))
}
