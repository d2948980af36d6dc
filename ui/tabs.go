package ui

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// dockerfileTab is the Dockerfile, or why there is none.
func (d *detail) dockerfileTab(_ *ViewState, s *model.Snapshot, _ int) pager.Source {
	switch {
	case d.hasFile(s):
		return d.file.source
	case s.BuildInfo.Presence == model.Present:
		return pager.Lines{dim(text.Lit("the server did not send the Dockerfile of this build"))}
	case s.ImageName.Value != "":
		return pager.Lines{dim(text.Sprintf("none · made from the image %s", s.ImageName.Value))}
	default:
		return pager.Lines{dim(text.Lit("none · neither built from a Dockerfile nor made from an image"))}
	}
}

// dockerfile is the Dockerfile of one snapshot, read once.
type dockerfile struct {
	of     *model.Snapshot
	source *pager.Text
	stages int
}

// hasFile reads the Dockerfile of the snapshot, unless that was done before, and
// reports whether it has one.
func (d *detail) hasFile(s *model.Snapshot) bool {
	raw, ok := s.Dockerfile()
	if ok && d.file.of != s {
		d.file = dockerfile{of: s, source: d.colours.dockerfile(raw), stages: stages(raw)}
	}
	return ok
}

// text says how long the Dockerfile is.
func (f *dockerfile) text() text.Safe {
	return text.Sprintf("%s · %s", format.Plural(f.source.Len(), "line"), format.Plural(f.stages, "stage"))
}

// appended is a text with line numbers below some lines of our own.
type appended struct {
	head pager.Lines
	tail pager.PlainSource
}

// Len implements pager.Source.
func (a appended) Len() int { return len(a.head) + a.tail.Len() }

// Line implements pager.Source.
func (a appended) Line(i int) text.Line {
	if i < len(a.head) {
		return a.head[i]
	}
	i -= len(a.head)
	return text.Join(text.Cell(numbered(i)).As(theme.Dim), a.tail.Line(i))
}

// Plain implements pager.PlainSource.
func (a appended) Plain(i int) string {
	if i < len(a.head) {
		return a.head[i].String()
	}
	i -= len(a.head)
	return numbered(i) + a.tail.Plain(i)
}

// numbered is what stands before a line, as wide as the gutter of a pager.
func numbered(i int) string {
	number := strconv.Itoa(i + 1)
	return strings.Repeat(" ", max(4-len(number), 0)) + number + " "
}

// stages counts the build stages of a Dockerfile.
func stages(file string) int {
	n := 0
	for line := range strings.Lines(file) {
		if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); strings.EqualFold(word, "FROM") {
			n++
		}
	}
	return n
}

// buildTab is how the snapshot is built.
func (d *detail) buildTab(k *ViewState, s *model.Snapshot, width int) pager.Source {
	o := &fieldList{width: width}
	d.tailLines(k, o, s, d.height/2)
	building := len(o.lines) > 0
	if building {
		o.gap()
	}
	info, ok := s.BuildInfo.Get()
	if !ok {
		o.row(text.Lit("build"), dim(text.Lit("none · this snapshot is not built from a Dockerfile")))
	} else {
		o.row(text.Lit("snapshot ref"), optional(info.SnapshotRef, plainText))
		refRow(o, info)
		o.row(text.Lit("created"), k.timeRow(info.CreatedAt))
		o.row(text.Lit("updated"), k.timeRow(info.UpdatedAt))
		o.row(text.Lit("dockerfile"), optional(info.DockerfileContent, func(string) text.Line {
			d.hasFile(s)
			return value(d.file.text())
		}))
		contextRows(o, info)
	}
	k.errorRows(o, s)
	if ok && !building {
		o.gap()
		o.lines = append(o.lines, text.Join(text.Cell(d.logKey).As(theme.Key), text.Lit(" reads the build log").As(theme.Dim)))
	}
	return pager.Lines(o.lines)
}

// refRow says whether the ref is that of the Dockerfile shown: else the server
// built something else.
func refRow(o *fieldList, info model.BuildInfo) {
	expected, ok := info.ExpectedRef()
	ref, sent := info.SnapshotRef.Get()
	switch {
	case !ok || !sent:
	case ref == expected:
		o.row(text.Safe{}, dim(text.Lit("the hash of the Dockerfile and context shown here")))
	default:
		o.row(text.Safe{}, text.Lit("not the hash of the Dockerfile and context shown here").As(theme.Warning))
	}
}

// contextRows lists the hashes of the build context: null, none and some are
// different answers.
func contextRows(o *fieldList, info model.BuildInfo) {
	hashes, ok := info.ContextHashes.Get()
	switch {
	case !ok:
		o.row(text.Lit("context"), nothing(info.ContextHashes.Presence))
	case len(hashes) == 0:
		o.row(text.Lit("context"), dim(text.Lit("empty")))
	}
	for i, hash := range hashes {
		label := text.Safe{}
		if i == 0 {
			label = text.Lit("context")
		}
		o.row(label, plainText(hash))
	}
}

// regionsTab lists each region of the organization and whether the snapshot is
// available there.
func (*detail) regionsTab(k *ViewState, s *model.Snapshot, _ int) pager.Source {
	if k.Regions == nil {
		o := []text.Line{dim(text.Lit("the organization's regions are not known yet")), nil}
		for _, id := range s.RegionIDs.Value {
			o = append(o, regionLine(s, model.Region{ID: id, Name: id}, text.Safe{}))
		}
		return pager.Lines(o)
	}
	var lines pager.Lines
	for _, region := range k.Regions {
		lines = append(lines, regionLine(s, region, text.Cell(region.Type)))
	}
	for _, id := range s.RegionIDs.Value {
		if _, known := k.Region(id); !known {
			lines = append(lines, regionLine(s, model.Region{ID: id, Name: id}, text.Lit("unknown to this organization")))
		}
	}
	return lines
}

func regionLine(s *model.Snapshot, region model.Region, kind text.Safe) text.Line {
	available := slices.Contains(s.RegionIDs.Value, region.ID)
	mark := text.Line{{Text: text.Lit("·  "), Role: theme.Line}}
	word := text.Line{{Text: text.Lit("not available"), Role: theme.Dim}}
	if available {
		mark = text.Line{{Text: text.Sprintf("%s  ", row.StyleOf(s.State).Glyph), Role: row.StyleOf(s.State).Role}}
		word = text.Line{{Text: text.Lit("available"), Role: theme.Text}}
	}
	line := append(mark, text.Styled(region.Name, theme.Text, nil).Fit(20)...)
	line = append(line, word.Fit(16)...)
	line = append(line, text.Span{Text: kind, Role: theme.Dim})
	if region.ID != region.Name {
		line = append(line, text.Span{Text: text.Sprintf("  %s", region.ID), Role: theme.Dim})
	}
	return line
}

// historyTab is what was observed since the program started, newest first.
func (*detail) historyTab(k *ViewState, s *model.Snapshot, _ int) pager.Source {
	seen := k.History.Transitions(s.ID)
	if len(seen) == 0 {
		return pager.Lines{
			dim(text.Lit("nothing observed yet")), nil,
			dim(text.Lit("snapdeck records the changes that it sees while it runs")),
		}
	}
	var lines pager.Lines
	for _, t := range slices.Backward(seen) {
		line := text.Line{{Text: text.Sprintf("%s  ", format.Timestamp(t.At)), Role: theme.Text}}
		if t.From != "" {
			line = append(append(line, row.StateLine(t.From)...), text.Span{Text: text.Lit("  →  "), Role: theme.Dim})
		}
		switch {
		case t.To == "":
			line = append(line, text.Span{Text: text.Lit("gone"), Role: theme.Dim})
		case t.From == "":
			line = append(append(line, text.Span{Text: text.Lit("appeared  "), Role: theme.Dim}), row.StateLine(t.To)...)
		default:
			line = append(line, row.StateLine(t.To)...)
		}
		if t.Duration > 0 {
			line = append(line, text.Span{Text: text.Sprintf("  after %s", format.Wait(t.Duration)), Role: theme.Dim})
		}
		line = append(line, text.Span{Text: text.Sprintf("  %s", format.Relative(t.At, k.Now)), Role: theme.Dim})
		lines = append(lines, line)
	}
	return lines
}

// jsonTab is exactly what the server sent, indented.
func (d *detail) jsonTab(_ *ViewState, s *model.Snapshot, _ int) pager.Source {
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, s.Raw, "", "  "); err != nil {
		return pager.Lines(text.Pane(string(s.Raw), theme.Text))
	}
	return d.colours.indentedJSON(pretty.String())
}
