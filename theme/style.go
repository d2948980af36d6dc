package theme

import "github.com/charmbracelet/lipgloss"

// styles returns the style of each role on [Base].
func (p Palette) styles(r *lipgloss.Renderer) [roleCount]lipgloss.Style {
	in := func(c Colour) lipgloss.Style { return r.NewStyle().Foreground(c) }
	return [roleCount]lipgloss.Style{
		Text:      in(p.Text),
		Title:     in(p.Title).Bold(true),
		Dim:       in(p.Dim),
		Line:      in(p.Line),
		Accent:    in(p.Accent),
		Key:       in(p.Accent).Bold(true),
		ActiveTab: in(p.Title).Bold(true).Underline(true),
		Match:     in(p.Match).Bold(true),
		Control:   in(p.Control),
		Profile:   in(p.Profile).Bold(true).Reverse(true),

		Active:       in(p.Active),
		Building:     in(p.Building),
		Pulling:      in(p.Pulling),
		Pending:      in(p.Dim),
		Failed:       in(p.Failed),
		Removing:     in(p.Removing),
		Inactive:     in(p.Dim),
		UnknownState: in(p.Text),

		Invalid: in(p.Failed).Underline(true),
		Warning: in(p.Warning),
		Live:    in(p.Active),
		Stale:   in(p.Warning),
		Offline: in(p.Failed),

		Keyword: in(p.Accent).Bold(true),
		String:  in(p.String),
		Number:  in(p.Number),
		Comment: in(p.Dim),
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
