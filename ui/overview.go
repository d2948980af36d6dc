package ui

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
func (d *detail) overviewTab(k *ViewState, s *model.Snapshot, width int) pager.Source {
	o := &fieldList{width: width}
	o.row(text.Lit("state"), k.stateRow(s))
	state := len(o.lines)
	k.stepRows(o, s)
	d.tailLines(k, o, s, tailRows)
	if len(o.lines) > state {
		o.gap()
	}
	if s.State.Failed() {
		k.errorRows(o, s) // what somebody opens it for
	}
	k.identityRows(o, s)
	o.gap()
	k.timeRows(o, s)
	if !s.State.Failed() {
		k.errorRows(o, s)
	}
	otherRows(o, s)
	if !d.hasFile(s) {
		return pager.Lines(o.lines)
	}
	o.heading(text.Lit("DOCKERFILE"), d.file.text())
	return appended{head: o.lines, tail: d.file.source}
}

func (k *ViewState) identityRows(o *fieldList, s *model.Snapshot) {
	o.row(text.Lit("id"), plainText(s.ID))
	o.row(text.Lit("ref"), optional(s.Ref, plainText))
	o.row(text.Lit("image"), imageRow(s))
	o.row(text.Lit("entrypoint"), optional(s.Entrypoint, func(words []string) text.Line {
		if len(words) == 0 {
			return dim(text.Lit("empty"))
		}
		return text.Styled(strings.Join(words, " "), theme.Text, nil)
	}))
	o.row(text.Lit("size"), optional(s.Size, func(gb float64) text.Line {
		return value(text.Sprintf("%s GB", sizeText(model.Some(gb))))
	}))
	o.row(text.Lit("resources"), resourcesRow(s))
	o.row(text.Lit("regions"), optional(s.RegionIDs, k.regionNames))
	o.row(text.Lit("organization"), optional(s.OrganizationID, k.organizationRow))
	o.row(text.Lit("general"), value(yesNo(s.General)))
	o.row(text.Lit("class"), optional(s.SandboxClass, plainText))
	o.row(text.Lit("runner"), optional(s.InitialRunnerID, plainText))
	if s.SourceSandboxID.Presence != model.Absent {
		o.row(text.Lit("from sandbox"), optional(s.SourceSandboxID, plainText))
	}
}

// stateRow is the state and what is known of its future.
func (k *ViewState) stateRow(s *model.Snapshot) text.Line {
	line := row.StateLine(k.ShownState(s))
	if reason := k.Failures[s.ID]; reason != "" {
		line = text.Join(line, text.Sprintf("  ✗ %s", reason).As(theme.Failed))
	}
	note := func(t text.Safe) text.Line { return append(line, text.Span{Text: t, Role: theme.Dim}) }
	if op := k.Pending[s.ID]; op != nil {
		return note(text.Sprintf("  %s", op.Progress(k.Now)))
	}
	if !s.State.Known() {
		return note(text.Lit("  a state that snapdeck does not know"))
	}
	if deadline, ok := s.Deadline(); ok {
		return note(text.Sprintf("  the server gives up %s", format.Relative(deadline, k.Now)))
	}
	if s.State == model.StatePending {
		return note(text.Sprintf("  %s", k.pendingText(s)))
	}
	return line
}

func imageRow(s *model.Snapshot) text.Line {
	if s.ImageName.Presence == model.Present && s.ImageName.Value == "" {
		if s.BuildInfo.Presence == model.Present {
			return dim(text.Lit("none · built from a Dockerfile"))
		}
		return dim(text.Lit("none"))
	}
	return optional(s.ImageName, plainText)
}

// resourcesRow is what a sandbox of the snapshot gets. Each part is shown even
// where the server sent none: a zero is something else.
func resourcesRow(s *model.Snapshot) text.Line {
	part := func(n model.Optional[float64], unit text.Safe) text.Line {
		if v, ok := n.Get(); ok {
			return value(text.Sprintf("%g %s", v, unit))
		}
		return text.Join(dim(text.Sprintf("%s ", unit)), nothing(n.Presence))
	}
	dot := dim(text.Lit(" · "))
	line := text.Join(
		part(s.CPU, text.Lit("CPU")), dot, part(s.Mem, text.Lit("GiB memory")), dot,
		part(s.Disk, text.Lit("GiB disk")), dot, part(s.GPU, text.Lit("GPU")),
	)
	if s.GPUType.Presence != model.Absent {
		line = text.Join(line, dim(text.Lit(" ")), optional(s.GPUType, plainText))
	}
	return line
}

func (k *ViewState) regionNames(ids []string) text.Line {
	if len(ids) == 0 {
		return text.Line{{Text: text.Lit("none · it can be used nowhere"), Role: theme.Warning}}
	}
	var line text.Line
	for _, id := range ids {
		region, known := k.Region(id)
		line = append(line, text.Span{Text: text.Sprintf("%s  ", region.Name), Role: theme.Text})
		if !known && k.Regions != nil {
			line = append(line, text.Span{Text: text.Lit("(unknown)  "), Role: theme.Warning})
		}
	}
	return line
}

func (k *ViewState) organizationRow(id string) text.Line {
	if k.Organization.Name != "" && k.Organization.ID == id {
		return value(text.Sprintf("%s · %s", k.Organization.Name, id))
	}
	return plainText(id)
}

func yesNo(yes bool) text.Safe {
	if yes {
		return text.Lit("yes")
	}
	return text.Lit("no")
}

func (k *ViewState) timeRow(at model.Optional[time.Time]) text.Line {
	return optional(at, func(t time.Time) text.Line {
		line := text.Join(text.Cell(format.Timestamp(t)).As(theme.Text), text.Sprintf("  %s", format.Relative(t, k.Now)).As(theme.Dim))
		if _, offset := t.In(k.Location).Zone(); offset != 0 {
			line = text.Join(line, text.Sprintf("  %s", t.In(k.Location).Format("Mon 15:04 MST")).As(theme.Dim))
		}
		return line
	})
}

func (k *ViewState) timeRows(o *fieldList, s *model.Snapshot) {
	o.row(text.Lit("created"), k.timeRow(s.CreatedAt))
	o.row(text.Lit("updated"), k.timeRow(s.UpdatedAt))
	o.row(text.Lit("last used"), k.timeRow(s.LastUsedAt))
	o.row(text.Lit("sleeps"), k.sleepsRow(s))
	o.row(text.Lit("twins"), k.twinsRow(s))
}

// sleepsRow tells when the server deactivates the snapshot, and what keeps it
// awake until then.
func (k *ViewState) sleepsRow(s *model.Snapshot) text.Line {
	sleep, ok := k.Data.Store.DeactivatesAt(s, k.Timeout())
	if !ok {
		switch {
		case s.General:
			return dim(text.Lit("never · general snapshots stay active"))
		case s.State == model.StateInactive:
			return dim(text.Lit("asleep already"))
		default:
			return dim(text.Lit("not while it is not active"))
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
	if sleep.At.Sub(k.Now) <= DeactivateSoon {
		role = theme.Warning
	}
	line := text.Line{
		{Text: text.Cell(format.Relative(sleep.At, k.Now)), Role: role},
		{Text: text.Sprintf(" · %s", reason), Role: theme.Dim},
	}
	if sleep.Assumed {
		line = append(line, text.Span{Text: text.Lit(" · about: the usual 14 days are assumed"), Role: theme.Dim})
	}
	return line
}

// twinsShown bounds how many same-ref snapshots the overview names.
const twinsShown = 8

func (k *ViewState) twinsRow(s *model.Snapshot) text.Line {
	twins := k.Data.Store.SameRef(s)
	if len(twins) == 0 {
		return dim(text.Lit("none"))
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

func (k *ViewState) errorRows(o *fieldList, s *model.Snapshot) {
	reason, ok := s.ErrorReason.Get()
	if !ok || reason == "" {
		o.row(text.Lit("error"), nothing(s.ErrorReason.Presence))
		return
	}
	for i, line := range text.Pane(reason, theme.Failed) {
		label := text.Safe{}
		if i == 0 {
			label = text.Lit("error")
		}
		o.row(label, line)
	}
}

// otherRows shows what a newer server added.
func otherRows(o *fieldList, s *model.Snapshot) {
	unknown := s.UnknownProperties()
	if len(unknown) == 0 {
		return
	}
	o.heading(text.Lit("ALSO SENT"), text.Lit("properties that snapdeck does not know"))
	for _, property := range unknown {
		o.row(text.Cell(property.Name), text.Styled(property.Value, theme.Text, nil))
	}
}
