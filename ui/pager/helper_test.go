package pager

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// countingSource is a source of n lines that counts the calls of Line.
type countingSource struct {
	n     int
	reads map[int]int
}

func newCountingSource(n int) *countingSource { return &countingSource{n: n, reads: map[int]int{}} }

func (c *countingSource) Len() int { return c.n }

func (c *countingSource) Line(i int) text.Line {
	c.reads[i]++
	return text.Sprintf("line %d of many words that go on", i+1).As(theme.Text)
}

// screen returns the view, with a | at the end of each line to show trailing spaces.
func screen(p *Pager) string {
	var b strings.Builder
	for _, line := range p.View() {
		b.WriteString(line.String() + "|\n")
	}
	return b.String()
}

func checkView(t *testing.T, p *Pager, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", "")
	if diff := cmp.Diff(want, screen(p)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func checkPosition(t *testing.T, p *Pager, first, last, total int) {
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

// open returns a pager that shows a text.
func open(raw string, w, h int) *Pager {
	p := new(Pager)
	p.SetSize(w, h)
	p.SetSource(NewText(raw, nil))
	return p
}
