package inspect

import (
	"strconv"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// dockerfileTab shows the Dockerfile, or why there is none.
func dockerfileTab(r *Renderer, in Input) pager.Source {
	s := in.Snapshot
	switch {
	case r.hasDockerfile(s):
		return r.file.source
	case s.BuildInfo.Presence == model.Present:
		return pager.Lines{text.Lit("the server did not send the Dockerfile of this build").As(theme.Dim)}
	case s.ImageName.Value != "":
		return pager.Lines{text.Sprintf("none · made from the image %s", s.ImageName.Value).As(theme.Dim)}
	default:
		return pager.Lines{text.Lit("none · made from neither a Dockerfile nor an image").As(theme.Dim)}
	}
}

// dockerfile is the highlighted Dockerfile of a snapshot.
type dockerfile struct {
	snapshot *model.Snapshot
	source   *pager.Text
	stages   int
}

// hasDockerfile reports whether the snapshot has a Dockerfile, and caches it highlighted.
func (r *Renderer) hasDockerfile(s *model.Snapshot) bool {
	has := s.HasDockerfile()
	if has && r.file.snapshot != s {
		raw, _ := s.Dockerfile()
		r.file = dockerfile{snapshot: s, source: r.highlighter.dockerfile(raw), stages: countStages(raw)}
	}
	return has
}

// length returns the numbers of lines and stages as text.
func (f *dockerfile) length() text.Safe {
	return text.Sprintf("%s · %s", format.Plural(f.source.Len(), "line"), format.Plural(f.stages, "stage"))
}

// numberedTail is a source of unnumbered head lines followed by a text with line numbers.
type numberedTail struct {
	head pager.Lines
	tail pager.PlainSource
}

// Len implements pager.Source.
func (a numberedTail) Len() int { return len(a.head) + a.tail.Len() }

// Line implements pager.Source.
func (a numberedTail) Line(i int) text.Line {
	if i < len(a.head) {
		return a.head[i]
	}
	i -= len(a.head)
	return text.Join(text.Cell(lineNumber(i)).As(theme.Dim), a.tail.Line(i))
}

// Plain implements pager.PlainSource.
func (a numberedTail) Plain(i int) string {
	if i < len(a.head) {
		return a.head[i].String()
	}
	i -= len(a.head)
	return lineNumber(i) + a.tail.Plain(i)
}

// lineNumber returns the number of line i, padded to the width of the pager's gutter.
func lineNumber(i int) string {
	number := strconv.Itoa(i + 1)
	return strings.Repeat(" ", max(4-len(number), 0)) + number + " "
}

// countStages counts the build stages of a Dockerfile.
func countStages(file string) int {
	n := 0
	for line := range strings.Lines(file) {
		if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); strings.EqualFold(word, "FROM") {
			n++
		}
	}
	return n
}
