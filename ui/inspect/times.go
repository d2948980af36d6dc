package inspect

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// time returns a time in UTC, its age, and the time at the user.
func (p *page) time(at model.OptionalTime) text.Line {
	return optional(at.Optional(), func(t time.Time) text.Line {
		line := text.Join(text.Cell(format.Timestamp(t)).As(theme.Text), text.Sprintf("  %s", format.Relative(t, p.View.Now)).As(theme.Dim))
		if _, offset := t.In(p.View.Location).Zone(); offset != 0 {
			line = text.Join(line, text.Sprintf("  %s", t.In(p.View.Location).Format("Mon 15:04 MST")).As(theme.Dim))
		}
		return line
	})
}

// lastUsed returns when the snapshot was last used.
func (p *page) lastUsed() text.Line {
	if p.Snapshot.LastUsedAt.Presence == model.Null {
		return text.Lit("never").As(theme.Dim)
	}
	return p.time(p.Snapshot.LastUsedAt)
}

func (p *page) timeRows() {
	s := p.Snapshot
	p.field(text.Lit("created"), p.time(s.CreatedAt))
	p.field(text.Lit("updated"), p.time(s.UpdatedAt))
	p.field(text.Lit("last used"), p.lastUsed())
	p.field(text.Lit("deactivates"), p.deactivation())
	p.field(text.Lit("same ref"), p.sameRef())
	p.useRows()
}

// deactivation returns when Daytona deactivates the snapshot if it stays unused, and how that
// time is determined.
func (p *page) deactivation() text.Line {
	v, s := p.View, p.Snapshot
	next, ok := v.Data.Store.DeactivatesAt(s, v.Timeout())
	if !ok {
		switch {
		case s.General:
			return text.Lit("never · general snapshots stay active").As(theme.Dim)
		case s.State == model.StateInactive:
			return text.Lit("already inactive").As(theme.Dim)
		default:
			return text.Lit("only while active").As(theme.Dim)
		}
	}
	reason := text.Lit("counted from its last use")
	switch {
	case next.MostRecent.ID != s.ID:
		reason = text.Sprintf("counted from the last use of %s, same ref", next.MostRecent.Name)
	case s.LastUsedAt.Presence != model.Present:
		reason = text.Lit("never used, counted from its creation")
	}
	role := theme.Text
	if next.At.Sub(v.Now) <= row.DeactivateSoon {
		role = theme.Warning
	}
	about, part := text.Safe{}, text.Safe{}
	if !v.Data.Store.Complete() {
		part = text.Lit(" · later if another snapshot has the same ref")
	}
	if next.Assumed {
		about = text.Lit("~")
	}
	return text.Join(text.Sprintf("%s%s", about, format.Relative(next.At, v.Now)).As(role),
		text.Sprintf(" · %s%s%s", reason, part, p.timeout()).As(theme.Dim))
}

// timeout says how long the server keeps an unused snapshot active, unless the server says so.
func (p *page) timeout() text.Safe {
	said, set := p.View.Organization.DeactivationTimeout, p.View.Deactivation
	switch {
	case said > 0 && set > 0 && said != set:
		return text.Sprintf(" · after %s as the server says, not %s as configured", format.Age(said), format.Age(set))
	case said > 0:
		return text.Safe{}
	case set > 0:
		return text.Sprintf(" · after %s as configured", format.Age(set))
	default:
		return text.Lit(" · assuming the default of 14 days, set deactivation in the configuration")
	}
}
