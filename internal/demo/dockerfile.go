package demo

import "strings"

// instructions returns the instructions of a Dockerfile, one per line: without comments and blank
// lines, with continued lines joined and here-documents removed.
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
		part, continued := strings.CutSuffix(line, `\`)
		if step.Len() > 0 {
			step.WriteByte(' ')
		}
		step.WriteString(strings.TrimSpace(part))
		if continued {
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

// heredocOf returns the word that ends the here-document of an instruction, or "".
func heredocOf(instruction string) string {
	_, after, ok := strings.Cut(instruction, "<<")
	if !ok {
		return ""
	}
	word, _, _ := strings.Cut(strings.TrimPrefix(after, "-"), " ")
	return strings.Trim(word, `"'`)
}
