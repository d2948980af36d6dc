package inspect

import (
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// overviewTab is every property of a snapshot, grouped, and its Dockerfile.
func overviewTab(r *Renderer, in Input) pager.Source {
	p, s := &page{Input: in}, in.Snapshot
	p.field(text.Lit("state"), p.state())
	state := len(p.lines)
	p.stepRows()
	p.logRows()
	if len(p.lines) > state {
		p.gap()
	}
	if s.State.Failed() {
		p.errorRows() // what the user opens it for
	}
	p.identityRows()
	p.gap()
	p.timeRows()
	if !s.State.Failed() {
		p.errorRows()
	}
	p.otherRows()
	if !r.HasDockerfile(s) {
		return pager.Lines(p.lines)
	}
	p.heading(text.Lit("DOCKERFILE"), r.file.length())
	return appended{head: p.lines, tail: r.file.source}
}

func (p *page) identityRows() {
	s := p.Snapshot
	p.field(text.Lit("id"), plainText(s.ID))
	p.field(text.Lit("ref"), optional(s.Ref, plainText))
	p.field(text.Lit("image"), imageRow(s))
	p.field(text.Lit("entrypoint"), optional(s.Entrypoint, func(words []string) text.Line {
		if len(words) == 0 {
			return text.Lit("empty").As(theme.Dim)
		}
		return text.Styled(strings.Join(words, " "), theme.Text, nil)
	}))
	p.field(text.Lit("size"), optional(s.Size, func(gb float64) text.Line {
		return text.Sprintf("%s GB", row.SizeText(model.Some(gb))).As(theme.Text)
	}))
	p.field(text.Lit("resources"), resourcesRow(s))
	p.field(text.Lit("regions"), optional(s.RegionIDs, p.regionNames))
	p.field(text.Lit("organization"), optional(s.OrganizationID, p.organization))
	p.field(text.Lit("general"), yesNo(s.General).As(theme.Text))
	p.field(text.Lit("class"), optional(s.SandboxClass, plainText))
	p.field(text.Lit("runner"), optional(s.InitialRunnerID, plainText))
	if s.SourceSandboxID.Presence != model.Absent {
		p.field(text.Lit("from sandbox"), optional(s.SourceSandboxID, plainText))
	}
}

// state is the state and what is known of its future.
func (p *page) state() text.Line {
	v, s := p.View, p.Snapshot
	line := row.StateLine(v.ShownState(s))
	if reason := v.Failures[s.ID]; reason != "" {
		line = text.Join(line, text.Sprintf("  ✗ %s", reason).As(theme.Failed))
	}
	note := func(t text.Safe) text.Line { return append(line, text.Span{Text: t, Role: theme.Dim}) }
	if op := v.Pending[s.ID]; op != nil {
		return note(text.Sprintf("  %s", op.Progress(v.Now)))
	}
	if !s.State.Known() {
		return note(text.Lit("  a state that snapdeck does not know"))
	}
	if deadline, ok := s.Deadline(); ok {
		return note(text.Sprintf("  the server gives up %s", format.Relative(deadline, v.Now)))
	}
	if s.State == model.StatePending {
		return note(text.Sprintf("  %s", v.PendingText(s)))
	}
	return line
}

func imageRow(s *model.Snapshot) text.Line {
	if s.ImageName.Presence == model.Present && s.ImageName.Value == "" {
		if s.BuildInfo.Presence == model.Present {
			return text.Lit("none · built from a Dockerfile").As(theme.Dim)
		}
		return text.Lit("none").As(theme.Dim)
	}
	return optional(s.ImageName, plainText)
}

// resourcesRow is what a sandbox of the snapshot gets. Each part is shown even
// where the server sent none: a zero is something else.
func resourcesRow(s *model.Snapshot) text.Line {
	part := func(n model.Optional[float64], unit text.Safe) text.Line {
		if v, ok := n.Get(); ok {
			return text.Sprintf("%g %s", v, unit).As(theme.Text)
		}
		return text.Join(text.Sprintf("%s ", unit).As(theme.Dim), nothing(n.Presence))
	}
	dot := text.Lit(" · ").As(theme.Dim)
	line := text.Join(
		part(s.CPU, text.Lit("CPU")), dot, part(s.Mem, text.Lit("GiB memory")), dot,
		part(s.Disk, text.Lit("GiB disk")), dot, part(s.GPU, text.Lit("GPU")),
	)
	if s.GPUType.Presence != model.Absent {
		line = text.Join(line, text.Lit(" ").As(theme.Dim), optional(s.GPUType, plainText))
	}
	return line
}

func (p *page) regionNames(ids []string) text.Line {
	if len(ids) == 0 {
		return text.Line{{Text: text.Lit("none · it can be used nowhere"), Role: theme.Warning}}
	}
	var line text.Line
	for _, id := range ids {
		region, known := p.View.Region(id)
		line = append(line, text.Span{Text: text.Sprintf("%s  ", region.Name), Role: theme.Text})
		if !known && p.View.Regions != nil {
			line = append(line, text.Span{Text: text.Lit("(unknown)  "), Role: theme.Warning})
		}
	}
	return line
}

func (p *page) organization(id string) text.Line {
	if p.View.Organization.Name != "" && p.View.Organization.ID == id {
		return text.Sprintf("%s · %s", p.View.Organization.Name, id).As(theme.Text)
	}
	return plainText(id)
}

func yesNo(yes bool) text.Safe {
	if yes {
		return text.Lit("yes")
	}
	return text.Lit("no")
}

func (p *page) time(at model.Optional[time.Time]) text.Line {
	return optional(at, func(t time.Time) text.Line {
		line := text.Join(text.Cell(format.Timestamp(t)).As(theme.Text), text.Sprintf("  %s", format.Relative(t, p.View.Now)).As(theme.Dim))
		if _, offset := t.In(p.View.Location).Zone(); offset != 0 {
			line = text.Join(line, text.Sprintf("  %s", t.In(p.View.Location).Format("Mon 15:04 MST")).As(theme.Dim))
		}
		return line
	})
}

func (p *page) timeRows() {
	s := p.Snapshot
	p.field(text.Lit("created"), p.time(s.CreatedAt))
	p.field(text.Lit("updated"), p.time(s.UpdatedAt))
	p.field(text.Lit("last used"), p.time(s.LastUsedAt))
	p.field(text.Lit("sleeps"), p.deactivation())
	p.field(text.Lit("twins"), p.sameRef())
}

// deactivation tells when the server deactivates the snapshot, and what keeps it
// awake until then.
func (p *page) deactivation() text.Line {
	v, s := p.View, p.Snapshot
	sleep, ok := v.Data.Store.DeactivatesAt(s, v.Timeout())
	if !ok {
		switch {
		case s.General:
			return text.Lit("never · general snapshots stay active").As(theme.Dim)
		case s.State == model.StateInactive:
			return text.Lit("asleep already").As(theme.Dim)
		default:
			return text.Lit("not while it is not active").As(theme.Dim)
		}
	}
	reason := text.Lit("kept awake by its own use")
	switch {
	case sleep.MostRecent.ID != s.ID:
		reason = text.Sprintf("kept awake by its twin %s", sleep.MostRecent.Name)
	case s.LastUsedAt.Presence != model.Present:
		reason = text.Lit("never used since it was created")
	}
	role := theme.Text
	if sleep.At.Sub(v.Now) <= row.DeactivateSoon {
		role = theme.Warning
	}
	line := text.Line{
		{Text: text.Cell(format.Relative(sleep.At, v.Now)), Role: role},
		{Text: text.Sprintf(" · %s", reason), Role: theme.Dim},
	}
	if sleep.Assumed {
		line = append(line, text.Span{Text: text.Lit(" · about: the usual 14 days are assumed"), Role: theme.Dim})
	}
	return line
}

// twinsShown bounds how many same-ref snapshots the overview names.
const twinsShown = 8

func (p *page) sameRef() text.Line {
	s := p.Snapshot
	twins := p.View.Data.Store.SameRef(s)
	if len(twins) == 0 {
		return text.Lit("none").As(theme.Dim)
	}
	var line text.Line
	for i, twin := range twins[:min(len(twins), twinsShown)] {
		if i > 0 {
			line = append(line, text.Span{Text: text.Lit(", "), Role: theme.Dim})
		}
		line = append(line, text.Styled(twin.Name, theme.Text, nil)...)
	}
	if more := len(twins) - twinsShown; more > 0 {
		line = append(line, text.Span{Text: text.Sprintf(" and %d more", more), Role: theme.Dim})
	}
	return append(line, text.Span{Text: text.Lit(" · same ref"), Role: theme.Dim})
}

func (p *page) errorRows() {
	s := p.Snapshot
	reason, ok := s.ErrorReason.Get()
	if !ok || reason == "" {
		p.field(text.Lit("error"), nothing(s.ErrorReason.Presence))
		return
	}
	for i, line := range text.Pane(reason, theme.Failed) {
		label := text.Safe{}
		if i == 0 {
			label = text.Lit("error")
		}
		p.field(label, line)
	}
}

// otherRows shows what a newer server added.
func (p *page) otherRows() {
	s := p.Snapshot
	unknown := s.UnknownProperties()
	if len(unknown) == 0 {
		return
	}
	p.heading(text.Lit("ALSO SENT"), text.Lit("properties that snapdeck does not know"))
	for _, property := range unknown {
		p.field(text.Cell(property.Name), text.Styled(property.Value, theme.Text, nil))
	}
}
