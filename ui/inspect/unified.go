package inspect

import (
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// UnifiedDiff returns how the second snapshot is made differently from the first, as two
// unified diffs: of the properties that a create request takes, then of the Dockerfiles. It is
// "" if a rebuild of both would send the same, except for the name. It has the exact text of
// the server.
func UnifiedDiff(first, second *model.Snapshot) string {
	before, _ := first.Dockerfile()
	after, _ := second.Dockerfile()
	return udiff.Unified(first.Name+"/properties", second.Name+"/properties", recipeText(first), recipeText(second)) +
		UnifiedDockerfiles(first.Name+"/Dockerfile", second.Name+"/Dockerfile", before, after)
}

// UnifiedDockerfiles returns a unified diff of two Dockerfiles with these labels, "" if they are
// the same.
func UnifiedDockerfiles(first, second, before, after string) string {
	return udiff.Unified(first, second, before, after)
}

// UnifiedLines returns the lines of a unified diff, coloured and safe to print.
func UnifiedLines(diff string) []text.Line {
	var lines []text.Line
	for line := range strings.Lines(diff) {
		role := theme.Text
		switch line[0] {
		case '-':
			role = theme.Failed
		case '+':
			role = theme.Active
		case '@', '\\':
			role = theme.Dim
		}
		lines = append(lines, text.Styled(strings.TrimSuffix(line, "\n"), role, nil))
	}
	return lines
}

// recipeText returns what a snapshot is made from, without its Dockerfile: one property of
// the API a line. Null, empty and absent mean the same.
func recipeText(s *model.Snapshot) string {
	var b strings.Builder
	all := properties(s)
	for _, name := range []string{
		"imageName", "entrypoint", "cpu", "mem", "disk", "gpu", "gpuType", "sandboxClass", "regionIds",
		"build.contextHashes", "sourceSandboxId",
	} {
		value := jsonText(all[name])
		if name == "entrypoint" && s.HasDockerfile() {
			continue // a create request cannot have it
		}
		if value != "null" && value != `""` && value != "[]" {
			_, _ = fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	return b.String()
}
