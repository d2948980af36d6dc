package demo

import "strings"

// instructions are the steps of a Dockerfile, each on one line: comments and blank lines are left out, lines
// that end in a backslash are joined, and a here-document belongs to its instruction.
func instructions(dockerfile string) []string {
	var steps []string
	var step strings.Builder
	heredoc := ""
	for line := range strings.Lines(dockerfile) {
		line = strings.TrimSpace(line)
		if heredoc != "" {
			if line == heredoc {
				heredoc = ""
			}
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		part, goesOn := strings.CutSuffix(line, `\`)
		if step.Len() > 0 {
			step.WriteByte(' ')
		}
		step.WriteString(strings.TrimSpace(part))
		if goesOn {
			continue
		}
		steps = append(steps, step.String())
		heredoc = heredocOf(step.String())
		step.Reset()
	}
	if step.Len() > 0 {
		steps = append(steps, step.String())
	}
	return steps
}

// heredocOf is the word that ends the here-document which an instruction opens, or empty.
func heredocOf(instruction string) string {
	_, after, ok := strings.Cut(instruction, "<<")
	if !ok {
		return ""
	}
	word, _, _ := strings.Cut(strings.TrimPrefix(after, "-"), " ")
	return strings.Trim(word, `"'`)
}
