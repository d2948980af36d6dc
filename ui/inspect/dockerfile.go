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

// dockerfileTab is the Dockerfile, or why there is none.
func dockerfileTab(r *Renderer, in Input) pager.Source {
	s := in.Snapshot
	switch {
	case r.HasDockerfile(s):
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
	of     *model.Snapshot
	source *pager.Text
	stages int
}

// HasDockerfile reports whether the snapshot has a Dockerfile, and highlights it unless
// that was done before.
func (r *Renderer) HasDockerfile(s *model.Snapshot) bool {
	raw, ok := s.Dockerfile()
	if ok && r.file.of != s {
		r.file = dockerfile{of: s, source: r.colours.dockerfile(raw), stages: stages(raw)}
	}
	return ok
}

// length is the number of lines and stages.
func (f *dockerfile) length() text.Safe {
	return text.Sprintf("%s · %s", format.Plural(f.source.Len(), "line"), format.Plural(f.stages, "stage"))
}

// appended is a text with line numbers below some lines without.
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

// numbered is the number of a line, as wide as the gutter of a pager.
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
