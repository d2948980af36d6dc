package ui

import (
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// dockerfileRegions finds what to point out in a Dockerfile: instructions,
// comments and quoted strings. It scans lines, since a whole parser would refuse
// the very files that somebody wants to look at because they fail.
// https://docs.docker.com/reference/dockerfile/#format
func dockerfileRegions(file string) []text.Region {
	var regions []text.Region
	at, continued := 0, false
	for line := range strings.Lines(file) {
		body := strings.TrimRight(line, "\r\n")
		start := len(body) - len(strings.TrimLeft(body, " \t"))
		switch trimmed := body[start:]; {
		case strings.HasPrefix(trimmed, "#"):
			regions = append(regions, text.Region{From: at + start, To: at + len(body), Role: theme.Comment})
		default:
			from := start
			if word := instruction(trimmed); !continued && word > 0 {
				regions = append(regions, text.Region{From: at + start, To: at + start + word, Role: theme.Keyword})
				from += word
			}
			regions = append(regions, quoted(body[from:], at+from)...)
			if trimmed != "" {
				continued = strings.HasSuffix(strings.TrimRight(trimmed, " \t"), `\`)
			}
		}
		at += len(line)
	}
	return regions
}

// instruction returns the length of the instruction that the line starts with, 0
// where it starts with something else.
func instruction(line string) int {
	word, _, _ := strings.Cut(line, " ")
	switch strings.ToUpper(word) {
	case "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
		"MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR":
		return len(word)
	default:
		return 0
	}
}

// quoted finds the strings in double quotes of a line that starts at the offset.
func quoted(line string, offset int) []text.Region {
	var regions []text.Region
	open := -1
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] != '"':
		case open < 0:
			open = i
		default:
			regions = append(regions, text.Region{From: offset + open, To: offset + i + 1, Role: theme.String})
			open = -1
		}
	}
	return regions
}
