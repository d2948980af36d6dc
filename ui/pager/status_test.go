package pager

import (
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

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
