package pager

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// checkMatch checks the number of the current match and that it is highlighted in one
// row, with the given text.
func checkMatch(t *testing.T, p *Pager, current, total int, line string) {
	t.Helper()
	if c, n := p.Matches(); c != current || n != total {
		t.Errorf("match %d of %d, want %d of %d", c, n, current, total)
	}
	var found []string
	for _, row := range p.View() {
		if _, _, ok := currentMatch(row); ok {
			found = append(found, strings.TrimSpace(row.String()))
		}
	}
	if len(found) != 1 || found[0] != line {
		t.Errorf("the current match is highlighted in %q, want %q", found, line)
	}
}

func TestSearch(t *testing.T) {
	p := open("one a\ntwo\nthree A a\nfour\nfive a\n", 12, 5)
	if n := p.Search("a"); n != 4 {
		t.Fatalf("%d matches, want 4", n)
	}
	checkMatch(t, p, 1, 4, "one a")
	for i, line := range []string{"three A a", "three A a", "five a", "one a"} {
		p.Next()
		checkMatch(t, p, (i+1)%4+1, 4, line)
	}
	for i, line := range []string{"five a", "three A a", "three A a", "one a", "five a"} {
		p.Prev()
		checkMatch(t, p, (7-i)%4+1, 4, line)
	}
	if n := p.Search("A"); n != 1 {
		t.Errorf("%d matches in upper case, want 1", n)
	}
	checkMatch(t, p, 1, 1, "three A a")

	if n := p.Search("zzz"); n != 0 || p.Next() || p.Prev() {
		t.Errorf("%d matches of zzz, want 0", n)
	}
	p.Search("a")
	p.Search("")
	if c, n := p.Matches(); c != 0 || n != 0 {
		t.Errorf("match %d of %d after the search ended", c, n)
	}
	for _, line := range p.View() {
		for _, s := range line {
			if s.Role == theme.Match {
				t.Errorf("%q is still highlighted", s.Text)
			}
		}
	}
}

func TestSearchStartsFromTheView(t *testing.T) {
	var raw strings.Builder
	for i := range 100 {
		fmt.Fprintf(&raw, "line %d.\n", i)
	}
	p := open(raw.String(), 12, 10)

	p.Move(50)
	p.Search("5.") // 5 15 25 35 45 55 …
	checkMatch(t, p, 6, 10, "line 55.")
	p.Search("5") // a longer or shorter text keeps the line
	checkMatch(t, p, 11, 20, "line 55.")
	p.Search("5.")

	p.Top()
	p.Next()
	checkMatch(t, p, 1, 10, "line 5.")
	p.Move(50)
	p.Prev()
	checkMatch(t, p, 5, 10, "line 45.")
	p.Top()
	p.Prev()
	checkMatch(t, p, 10, 10, "line 95.")
	p.Next()
	checkMatch(t, p, 1, 10, "line 5.")
	p.Bottom()
	p.Search("99.")
	checkMatch(t, p, 1, 1, "line 99.")
	p.Search("0.") // no match below: wraps around
	checkMatch(t, p, 1, 10, "line 0.")
	p.Bottom()
	p.Search("7.") // the current match is not visible: starts from the view
	checkMatch(t, p, 10, 10, "line 97.")
	p.Top()
	p.Search("12.")
	checkMatch(t, p, 1, 1, "line 12.")
}

func TestPrevStartsFromTheView(t *testing.T) {
	p := open("x\n"+strings.Repeat("a\n", 30)+"x\n"+strings.Repeat("a\n", 30)+"x\n"+strings.Repeat("a\n", 30), 12, 5)
	for _, tt := range []struct{ down, want int }{{10, 1}, {40, 2}, {80, 3}, {0, 3}} {
		p.Top()
		p.Search("x") // the current match is in the first line
		p.Move(tt.down)
		if !p.Prev() {
			t.Error("no match")
		}
		checkMatch(t, p, tt.want, 3, "x")
	}
	if !p.Next() {
		t.Error("no match")
	}
}

// The current match is fully visible, wherever in a line it is.
func TestCurrentMatchIsFullyVisible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.IntRange(0, 60).Draw(t, "before")
		after := rapid.IntRange(0, 60).Draw(t, "after")
		p := open(strings.Repeat("-", before)+"needle"+strings.Repeat("-", after), rapid.IntRange(10, 40).Draw(t, "w"), 1)
		p.ScrollX(rapid.IntRange(0, 120).Draw(t, "x"))
		p.Search("needle")
		if got := p.View()[0].String(); !strings.Contains(got, "needle") {
			t.Fatalf("the view is %q", got)
		}
	})
}

func TestSearchScrollsToTheMatch(t *testing.T) {
	long := strings.Repeat("0123456789", 20)
	p := open("a\n"+long+"needle"+long+"\n"+strings.Repeat("b\n", 50)+"needle\n", 30, 8)
	p.Search("needle")
	if got := p.View()[1].String(); !strings.Contains(got, "needle") {
		t.Errorf("the view is %q", got)
	}
	p.Next()
	checkMatch(t, p, 2, 2, "needle")
	if p.x != 0 {
		t.Errorf("scrolled %d columns, want 0", p.x)
	}

	p.Top()
	p.ToggleWrap() // the needle is in the 8th row of its line, which has 14
	p.Search("needle")
	if got := screen(p); !strings.Contains(got, "needle") {
		t.Errorf("wrapped:\n%s", got)
	}
}

func TestCurrentMatchHasABar(t *testing.T) {
	p := open("a\nb\nc\n", 24, 3)
	p.SetNumbers(true)
	p.Search("b")
	checkView(t, p, `
		   1 a                  |
		▌  2 b                  |
		   3 c                  |
	`)
}

func TestSearchOfAGrowingSource(t *testing.T) {
	src := NewText("ab\nb\na", nil)
	p := new(Pager)
	p.SetSize(10, 20)
	p.SetSource(src)
	p.Search("ab")
	checkMatch(t, p, 1, 1, "ab")
	src.Append("b\nabab\n")
	p.SourceGrew()
	checkMatch(t, p, 1, 4, "ab")
	p.Prev()
	checkMatch(t, p, 4, 4, "abab")

	p.SourceGrew() // no change
	checkMatch(t, p, 4, 4, "abab")

	p.SetSource(NewText("ab\n", nil))
	if c, n := p.Matches(); c != 0 || n != 1 {
		t.Errorf("match %d of %d in the new source", c, n)
	}
	for _, row := range p.View() {
		if _, _, ok := currentMatch(row); ok {
			t.Errorf("%q is highlighted as the current match", row)
		}
	}
	p.Next()
	checkMatch(t, p, 1, 1, "ab")
}

func TestSearchOfAnExtendedLine(t *testing.T) {
	src := NewText("a", nil)
	p := new(Pager)
	p.SetSize(10, 3)
	p.SetSource(src)
	p.Search("ab")
	src.Append("b ab")
	p.SourceGrew()
	if _, n := p.Matches(); n != 2 {
		t.Errorf("%d matches after the line was extended, want 2", n)
	}
	p.SetSource(NewText("ab ab ab\n", nil))
	if _, n := p.Matches(); n != 3 {
		t.Errorf("%d matches in the new source, want 3", n)
	}
}

// A search reads only the new lines of a growing source.
func TestSearchReadsEachLineOnce(t *testing.T) {
	src := newCountingSource(500)
	p := new(Pager)
	p.SetSize(40, 10)
	p.SetSource(src)
	p.Search("line 499")
	clear(src.reads)
	src.n = 510
	p.SourceGrew()
	for i := range 480 { // those below are visible
		if src.reads[i] > 0 {
			t.Errorf("line %d was read again", i)
		}
	}
	if src.reads[505] != 1 {
		t.Errorf("the new line was read %d times, want once", src.reads[505])
	}
}

func TestSearchStatus(t *testing.T) {
	p := &Pager{}
	p.SetSize(20, 2)
	p.SetLines([]text.Line{text.Lit("npm ci").As(theme.Text), text.Lit("npm test").As(theme.Text)})
	for term, want := range map[string]string{"npm": "/npm  1 of 2 · n N ", "make": "/make  no match "} {
		p.Search(term)
		if got := p.SearchStatus("n N").String(); got != want {
			t.Errorf("%s is %q, want %q", term, got, want)
		}
	}
}
