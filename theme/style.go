package theme

import "github.com/charmbracelet/lipgloss"

// styles returns the style of each role on [Base].
func (p Palette) styles(r *lipgloss.Renderer) [roleCount]lipgloss.Style {
	fg := func(c Colour) lipgloss.Style { return r.NewStyle().Foreground(c) }
	return [roleCount]lipgloss.Style{
		Text:      fg(p.Text),
		Title:     fg(p.Title).Bold(true),
		Dim:       fg(p.Dim),
		Line:      fg(p.Line),
		Accent:    fg(p.Accent),
		Key:       fg(p.Accent).Bold(true),
		ActiveTab: fg(p.Title).Bold(true).Underline(true),
		Match:     fg(p.Match).Bold(true),
		Control:   fg(p.Control),
		Profile:   fg(p.Profile).Bold(true).Reverse(true),

		Active:       fg(p.Active),
		Building:     fg(p.Building),
		Pulling:      fg(p.Pulling),
		Pending:      fg(p.Dim),
		Failed:       fg(p.Failed),
		Removing:     fg(p.Removing),
		Inactive:     fg(p.Dim),
		UnknownState: fg(p.Text),

		Invalid: fg(p.Failed).Underline(true),
		Warning: fg(p.Warning),
		Live:    fg(p.Active),
		Stale:   fg(p.Warning),
		Offline: fg(p.Failed),

		Keyword: fg(p.Accent).Bold(true),
		String:  fg(p.String),
		Number:  fg(p.Number),
		Comment: fg(p.Dim),
	}
}

// onSurface returns the style of a role on a surface. On [Dimmed] every role has the
// colour Dim, except rules, which would become brighter, and the profile, which matters
// most while a dialog asks for a confirmation.
func (p Palette) onSurface(style lipgloss.Style, role Role, on Surface) lipgloss.Style {
	switch {
	case on == Dimmed && role != Line && role != Profile:
		return style.Foreground(p.Dim).UnsetBold().UnsetUnderline()
	case on == Selected:
		if style.GetForeground() == lipgloss.TerminalColor(p.Dim) {
			style = style.Foreground(p.SelectedDim)
		}
		return style.Background(p.Selected)
	}
	return style
}
