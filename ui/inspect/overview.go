package inspect

import (
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// overviewTab shows all properties of a snapshot and its Dockerfile.
func overviewTab(r *Renderer, in Input) pager.Source {
	p := &page{Input: in}
	p.overviewRows(r)
	return p.withDockerfile(r)
}

// withDockerfile returns the lines, and the Dockerfile below them.
func (p *page) withDockerfile(r *Renderer) pager.Source {
	if !r.hasDockerfile(p.Snapshot) {
		return pager.Lines(p.lines)
	}
	p.heading(text.Lit("DOCKERFILE"), r.file.length())
	return numberedTail{head: p.lines, tail: r.file.source}
}

// overviewRows shows all properties of a snapshot.
func (p *page) overviewRows(r *Renderer) {
	s := p.Snapshot
	p.field(text.Lit("state"), p.state())
	state := len(p.lines)
	p.stepRows()
	p.logRows()
	if len(p.lines) > state {
		p.gap()
	}
	if s.State.Failed() {
		p.errorRows() // first, because the user looks for it
	}
	p.identityRows()
	p.gap()
	p.timeRows()
	if !s.State.Failed() {
		p.errorRows()
	}
	p.otherRows(r)
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

// state returns the state, the running action and the deadline.
func (p *page) state() text.Line {
	v, s := p.View, p.Snapshot
	line := row.StateLine(v.ShownState(s))
	if reason := v.Failures[s.ID]; reason != "" {
		line = text.Join(line, text.Sprintf("  ✗ %s", reason).As(theme.Failed))
	}
	note := func(t text.Safe) text.Line { return append(line, text.Span{Text: t, Role: theme.Dim}) }
	if op := v.Pending[s.ID]; op != nil {
		line = note(text.Sprintf("  %s", op.Progress(v.LocalNow())))
		if op.Unknown != "" {
			line = append(line, text.Span{Text: text.Sprintf(" · %s", op.Unknown), Role: theme.Dim})
		}
		return line
	}
	if v.Data.Store.Missing(s.ID) {
		return note(text.Sprintf("  %s", row.NotListedText(s)))
	}
	if !s.State.Known() {
		return note(text.Lit("  unknown to this version of snapdeck"))
	}
	if deadline, ok := s.Deadline(); ok {
		if deadline.Before(v.Now) {
			return note(text.Sprintf("  overdue: the server should have timed out %s", format.Relative(deadline, v.Now)))
		}
		return note(text.Sprintf("  times out %s", format.Relative(deadline, v.Now)))
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

// resourcesRow returns the resources of a sandbox. A resource that the server did not send
// is not shown as zero.
func resourcesRow(s *model.Snapshot) text.Line {
	part := func(n model.Optional[float64], unit text.Safe) text.Line {
		if v, ok := n.Get(); ok {
			return text.Sprintf("%g %s", v, unit).As(theme.Text)
		}
		return text.Join(text.Sprintf("%s ", unit).As(theme.Dim), missing(n.Presence))
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
		return text.Line{{Text: text.Lit("none · no sandbox can use it"), Role: theme.Warning}}
	}
	var line text.Line
	regions, more := p.View.SortedRegions(ids)
	for _, region := range regions {
		_, known := p.View.Region(region.ID)
		line = append(line, text.Span{Text: text.Sprintf("%s  ", region.Name), Role: theme.Text})
		if !known && p.View.Regions != nil {
			line = append(line, text.Span{Text: text.Lit("(unknown)  "), Role: theme.Warning})
		}
	}
	if more > 0 {
		line = append(line, text.Span{Text: text.Sprintf("and %s more", format.Thousands(more)), Role: theme.Dim})
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

// maxSameRef limits how many snapshots with the same ref the overview names.
const maxSameRef = 8

func (p *page) sameRef() text.Line {
	s := p.Snapshot
	others := p.View.Data.Store.SameRef(s)
	if len(others) == 0 && !p.View.Data.Store.Complete() {
		return text.Lit("not known · only a part of the list is read").As(theme.Dim)
	}
	if len(others) == 0 {
		return text.Lit("none").As(theme.Dim)
	}
	var line text.Line
	for i, other := range others[:min(len(others), maxSameRef)] {
		if i > 0 {
			line = append(line, text.Span{Text: text.Lit(", "), Role: theme.Dim})
		}
		line = append(line, text.Styled(other.Name, theme.Text, nil)...)
	}
	if more := len(others) - maxSameRef; more > 0 {
		line = append(line, text.Span{Text: text.Sprintf(" and %d more", more), Role: theme.Dim})
	}
	return line
}

func (p *page) errorRows() {
	s := p.Snapshot
	reason, ok := s.ErrorReason.Get()
	if !ok || reason == "" {
		p.field(text.Lit("error"), missing(s.ErrorReason.Presence))
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

// unknownProperties returns the unknown properties of a snapshot, and caches them: finding them
// takes longer than the rest of the frame if the snapshot is large.
func (r *Renderer) unknownProperties(s *model.Snapshot) []model.Property {
	if r.snapshot != s {
		r.snapshot, r.unknown = s, s.UnknownProperties()
	}
	return r.unknown
}

// otherRows shows properties that are new in a later version of the server.
func (p *page) otherRows(r *Renderer) {
	unknown := r.unknownProperties(p.Snapshot)
	if len(unknown) == 0 {
		return
	}
	p.heading(text.Lit("OTHER PROPERTIES"), text.Lit("unknown to this version of snapdeck"))
	for _, property := range unknown {
		p.field(text.Cell(property.Name), text.Styled(property.Value, theme.Text, nil))
	}
}
