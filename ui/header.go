package ui

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// header is the two lines at the top: where we are and how fresh, then how many
// snapshots are in which state.
func (a *App) header(width int) []text.Line {
	place, fresh := a.placeLine(), a.freshnessLine(width < 80)
	if place.Width()+fresh.Width()+2 > width {
		fresh = a.freshnessLine(true)
	}
	return []text.Line{text.Justify(place, fresh, width), a.secondLine(width)}
}

// placeLine says where we are. What makes it safe or dangerous comes first, since the
// end is cut where there is no room.
func (a *App) placeLine() text.Line {
	line := text.Line{{Text: text.Lit(" snapdeck"), Role: theme.Title}, {Text: text.Lit("  ")}}
	if a.options.Profile != "" {
		line = append(line, text.Span{Text: text.Sprintf(" %s ", a.options.Profile), Role: theme.Profile}, text.Span{Text: text.Lit("  ")})
	}
	if a.options.ReadOnly {
		line = append(line, text.Span{Text: text.Lit("read-only · "), Role: theme.Warning})
	}
	if a.options.Insecure {
		line = append(line, text.Span{Text: text.Lit("not encrypted · "), Role: theme.Warning})
	}
	if name := a.organizationName(); name != "" {
		line = append(line, text.Span{Text: text.Sprintf("%s · ", name), Role: theme.Dim})
	}
	return append(line, text.Span{Text: text.Cell(a.options.Host), Role: theme.Dim})
}

// organizationName is the name of the organization, or the start of its id where
// an API key cannot tell the name.
func (a *App) organizationName() string {
	if a.state.Organization.Name != "" {
		return a.state.Organization.Name
	}
	id := a.organizationID()
	return id[:min(8, len(id))]
}

func (a *App) organizationID() string {
	if a.options.OrganizationID != "" {
		return a.options.OrganizationID
	}
	return a.state.Data.Store.OrganizationID()
}

// freshnessLine says how far the screen can be trusted, in short without the interval.
func (a *App) freshnessLine(short bool) text.Line {
	p := a.poller.Status()
	dot := func(role theme.Role, s text.Safe) text.Line {
		return text.Line{{Text: text.Lit("● "), Role: role}, {Text: s, Role: role}}
	}
	quiet := func(line text.Line, s text.Safe) text.Line {
		return append(line, text.Span{Text: s, Role: theme.Dim})
	}
	switch {
	case p.Err != nil:
		return quiet(dot(theme.Offline, errorText(p.Err.Code)), text.Sprintf(" · %s", a.retryText()))
	case p.Updated.IsZero() && p.Total > 0:
		return quiet(dot(theme.Stale, text.Lit("loading")), text.Sprintf(" · %s of %s", format.Thousands(p.Loaded), format.Thousands(p.Total)))
	case p.Updated.IsZero():
		return dot(theme.Stale, text.Lit("loading"))
	case p.Paused:
		return quiet(dot(theme.Stale, text.Lit("paused")), text.Sprintf(" · updated %s ago", format.Age(a.now.Sub(p.Updated))))
	case short:
		return quiet(dot(theme.Live, text.Lit("live")), text.Sprintf(" · %s ago", format.Age(a.now.Sub(p.Updated))))
	default:
		every := format.Wait(p.Next.Sub(p.Updated))
		return quiet(dot(theme.Live, text.Lit("live")), text.Sprintf(" · every %s · updated %s ago", every, format.Age(a.now.Sub(p.Updated))))
	}
}

// troubleText is the trouble in a word or two.
func errorText(code model.ErrorCode) text.Safe {
	switch code {
	case model.Unauthorized:
		return text.Lit("key refused")
	case model.Forbidden:
		return text.Lit("access denied")
	case model.RateLimited:
		return text.Lit("rate limited")
	case model.ServerError:
		return text.Lit("server error")
	case model.NotTheAPI, model.NotFound:
		return text.Lit("not the API")
	case model.Network:
		return text.Lit("offline")
	default:
		return text.Lit("trouble")
	}
}

func (a *App) retryText() text.Safe {
	switch p := a.poller.Status(); {
	case p.InFlight:
		return text.Lit("trying now")
	case p.Paused:
		return text.Lit("paused")
	default:
		return text.Sprintf("retry in %s", format.Wait(p.Next.Sub(a.now)))
	}
}

// secondLine is the counts, with words where there is room for them, and a
// warning.
func (a *App) secondLine(width int) text.Line {
	counts, warning := a.countsLine(true), a.warningLine(false)
	if counts.Width()+warning.Width()+2 > width {
		counts = a.countsLine(false)
	}
	if counts.Width()+warning.Width()+2 > width {
		warning = a.warningLine(true)
	}
	return text.Justify(counts, warning, width)
}

// countsLine is the state filter: how many snapshots are in each state. What is
// zero is left out.
func (a *App) countsLine(labels bool) text.Line {
	if a.nothingRead() {
		return nil
	}
	store := a.state.Data.Store
	line := text.Sprintf(" %s", format.Thousands(store.Len())).As(theme.Title)
	add := func(state model.State, label string, n int) {
		if n == 0 {
			return
		}
		l := row.StyleOf(state)
		line = append(line, text.Span{Text: text.Sprintf("  %s %s", l.Glyph, format.Thousands(n)), Role: l.Role})
		if labels {
			line = append(line, text.Span{Text: text.Sprintf(" %s", label), Role: l.Role})
		}
	}
	add(model.StateError, "failed", store.Count(model.StateError)+store.Count(model.StateBuildFailed))
	for _, state := range model.States() {
		if !state.Failed() {
			add(state, state.Label(), store.Count(state))
		}
	}
	unknown := 0
	for _, state := range store.UnknownStates() {
		unknown += store.Count(state)
		if labels {
			add(state, state.Label(), store.Count(state))
		}
	}
	if !labels {
		add("", "", unknown) // one number, as one glyph stands for all of them
	}
	return line
}

// nothingRead reports whether it is not known yet how many snapshots there are: that
// is another thing than none.
func (a *App) nothingRead() bool {
	return a.poller.Status().Updated.IsZero() && a.state.Data.Store.Len() == 0
}

// warningLine is what will need somebody soon: first rebuilds that no row shows,
// then stale data, then what the list has and the table has not, else snapshots that
// fall asleep.
func (a *App) warningLine(short bool) text.Line {
	p := a.poller.Status()
	if line := a.rebuildLine(short); line != nil {
		return line
	}
	switch {
	case p.Updated.IsZero():
		return nil
	case p.Err != nil:
		return text.Sprintf("stale: %s old", format.Age(a.now.Sub(p.Updated))).As(theme.Stale)
	case len(p.Skipped) > 0 && short:
		return text.Sprintf("! %s not shown", format.Thousands(len(p.Skipped))).As(theme.Warning)
	case len(p.Skipped) > 0:
		return text.Sprintf("! %s not shown: %s", format.Plural(len(p.Skipped), "item"), p.Skipped[0]).As(theme.Warning)
	}
	switch n := a.state.DeactivatingSoon(); {
	case n == 0:
		return nil
	case short:
		return text.Sprintf("☾ %s", format.Thousands(n)).As(theme.Warning)
	case n == 1:
		return text.Line{{Text: text.Lit("☾ 1 sleeps within 2 days"), Role: theme.Warning}}
	default:
		return text.Line{{Text: text.Sprintf("☾ %s sleep within 2 days", format.Thousands(n)), Role: theme.Warning}}
	}
}

// nameCells is how much of a name a warning shows.
const nameCells = 30

// rebuildLine tells of rebuilds between their delete and their create, when no row
// can show them, and of those that were left half-way.
func (a *App) rebuildLine(short bool) text.Line {
	running := a.state.Rowless()
	switch {
	case len(running) == 1:
		op, name := running[0], text.Line{}
		if !short {
			name = text.Join(text.Styled(op.Name, theme.Building, nil).Cut(nameCells, text.CutMiddle), text.Lit(" ").As(theme.Building))
		}
		return text.Join(text.Lit("◐ ").As(theme.Building), name, op.Progress(a.now).As(theme.Building))
	case len(running) > 1:
		return text.Sprintf("◐ %s running", format.Plural(len(running), "rebuild")).As(theme.Building)
	case len(a.state.unfinished) > 0:
		line := text.Sprintf("! %s unfinished", format.Plural(len(a.state.unfinished), "rebuild")).As(theme.Failed)
		if a.refusal(a.actionOf("rebuild.finish")) == "" {
			line = text.Join(line, text.Sprintf(" · %s finishes", a.keyFor("rebuild.finish")).As(theme.Failed))
		}
		return line
	default:
		return nil
	}
}
