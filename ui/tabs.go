package ui

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// dockerfileLines is the Dockerfile, or why there is none.
func dockerfileLines(_ *knowledge, s *model.Snapshot, _ int) []text.Line {
	file, ok := s.Dockerfile()
	switch {
	case ok:
		return text.Pane(strings.TrimSuffix(file, "\n"), theme.Text, dockerfileRegions(file)...)
	case s.BuildInfo.Presence == model.Present:
		return []text.Line{dim(text.Lit("the server did not send the Dockerfile of this build"))}
	case s.ImageName.Value != "":
		return []text.Line{dim(text.Sprintf("none · made from the image %s", s.ImageName.Value))}
	default:
		return []text.Line{dim(text.Lit("none · neither built from a Dockerfile nor made from an image"))}
	}
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

// numbered puts line numbers before the lines.
func numbered(lines []text.Line) []text.Line {
	out := make([]text.Line, len(lines))
	for i, line := range lines {
		out[i] = append(text.Line{{Text: text.Sprintf("%4d ", i+1), Role: theme.Dim}}, line...)
	}
	return out
}

// buildLines is how the snapshot is built.
func buildLines(k *knowledge, s *model.Snapshot, width int) []text.Line {
	o := &sheet{width: width}
	info, ok := s.BuildInfo.Get()
	if !ok {
		o.row(text.Lit("build"), dim(text.Lit("none · this snapshot is not built from a Dockerfile")))
	} else {
		o.row(text.Lit("snapshot ref"), optional(info.SnapshotRef, plainText))
		o.row(text.Lit("created"), k.timeRow(info.CreatedAt))
		o.row(text.Lit("updated"), k.timeRow(info.UpdatedAt))
		o.row(text.Lit("dockerfile"), optional(info.DockerfileContent, func(file string) text.Line {
			return value(text.Sprintf("%s · %s", plural(len(text.Pane(strings.TrimSuffix(file, "\n"), theme.Text)), "line"), plural(stages(file), "stage")))
		}))
		contextRows(o, info)
	}
	k.errorRows(o, s)
	return o.lines
}

// contextRows lists the hashes of the build context: null, none and some are
// different answers.
func contextRows(o *sheet, info model.BuildInfo) {
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

// regionLines lists each region of the organization and whether the snapshot is
// available there.
func regionLines(k *knowledge, s *model.Snapshot, _ int) []text.Line {
	if k.regions == nil {
		o := []text.Line{dim(text.Lit("the organization's regions are not known yet")), nil}
		for _, id := range s.RegionIDs.Value {
			o = append(o, regionLine(s, model.Region{ID: id, Name: id}, text.Safe{}))
		}
		return o
	}
	var lines []text.Line
	for _, region := range k.regions {
		lines = append(lines, regionLine(s, region, text.Cell(region.Type)))
	}
	for _, id := range s.RegionIDs.Value {
		if _, known := k.region(id); !known {
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
		mark = text.Line{{Text: text.Sprintf("%s  ", lookOf(s.State).glyph), Role: lookOf(s.State).role}}
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

// historyLines is what was observed since the program started, newest first.
func historyLines(k *knowledge, s *model.Snapshot, _ int) []text.Line {
	seen := k.history.Of(s.ID)
	if len(seen) == 0 {
		return []text.Line{
			dim(text.Lit("nothing observed yet")), nil,
			dim(text.Lit("snapdeck records the changes that it sees while it runs")),
		}
	}
	var lines []text.Line
	for _, t := range slices.Backward(seen) {
		line := text.Line{{Text: text.Sprintf("%s  ", timestamp(t.At)), Role: theme.Text}}
		if t.From != "" {
			line = append(append(line, stateLine(t.From)...), text.Span{Text: text.Lit("  →  "), Role: theme.Dim})
		}
		switch {
		case t.To == "":
			line = append(line, text.Span{Text: text.Lit("gone"), Role: theme.Dim})
		case t.From == "":
			line = append(append(line, text.Span{Text: text.Lit("appeared  "), Role: theme.Dim}), stateLine(t.To)...)
		default:
			line = append(line, stateLine(t.To)...)
		}
		if t.Lasted > 0 {
			line = append(line, text.Span{Text: text.Sprintf("  after %s", shortDuration(t.Lasted)), Role: theme.Dim})
		}
		line = append(line, text.Span{Text: text.Sprintf("  %s", relative(t.At, k.now)), Role: theme.Dim})
		lines = append(lines, line)
	}
	return lines
}

// jsonLines is exactly what the server sent, indented.
func jsonLines(_ *knowledge, s *model.Snapshot, _ int) []text.Line {
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, s.Raw, "", "  "); err != nil {
		return text.Pane(string(s.Raw), theme.Text)
	}
	return text.Pane(pretty.String(), theme.Text)
}
