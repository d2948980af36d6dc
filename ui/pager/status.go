package pager

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// MatchPosition returns the position of the current match: "3 of 12".
func (p *Pager) MatchPosition() text.Line {
	current, total := p.Matches()
	if total == 0 {
		return text.Lit("no match").As(theme.Dim)
	}
	return text.Sprintf("%d of %d", current, total).As(theme.Dim)
}

// maxTerm is how many cells of the searched text the status shows.
const maxTerm = 24

// SearchStatus returns what is searched for, the position of the current match, and the
// keys that go to the others: "/npm  2 of 4 · n N".
func (p *Pager) SearchStatus(keys string) text.Line {
	term := text.Styled(p.SearchedText(), theme.Match, nil).Cut(maxTerm, text.CutMiddle)
	status := text.Join(text.Lit("/").As(theme.Key), term, text.Lit("  ").As(theme.Dim), p.MatchPosition())
	if _, total := p.Matches(); total > 0 {
		status = text.Join(status, text.Lit(" · ").As(theme.Dim), text.Cell(keys).As(theme.Key))
	}
	return text.Join(status, text.Lit(" ").As(theme.Dim))
}
