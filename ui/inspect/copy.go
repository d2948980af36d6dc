package inspect

import (
	"fmt"
	"strconv"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Value is a text that can be copied verbatim.
type Value struct {
	Name string
	Text string
}

// Values returns the texts of a snapshot that can be copied, including a curl command for
// the API at apiURL. line selects a line of the Dockerfile, counted from 1; 0 selects none.
func Values(v *row.ViewState, s *model.Snapshot, apiURL string, line int) []Value {
	file, _ := s.Dockerfile()
	all := []Value{
		{"name", s.Name}, {"id", s.ID}, {"ref", s.Ref.Value}, {"image", s.ImageName.Value},
		{"Dockerfile", file}, {"top line", lineOf(file, line)}, {"error", s.ErrorReason.Value},
		{"JSON", s.Raw.String()}, {"curl", curlCommand(s, apiURL)}, {"Daytona CLI", cliCommand(v, s)},
	}
	var values []Value
	for _, v := range all {
		if v.Text != "" {
			values = append(values, v)
		}
	}
	return values
}

// lineOf returns a line of s, counted from 1, or "" if there is no such line.
func lineOf(s string, line int) string {
	lines := strings.Split(s, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return lines[line-1]
}

// Warning returns a note, starting with a comma, if pasting the text may be dangerous: many
// shells run pasted lines, and control characters can do worse.
func (v Value) Warning() string {
	lines := strings.Count(strings.TrimSuffix(v.Text, "\n"), "\n") + 1
	warning := ""
	if lines > 1 {
		warning = fmt.Sprintf(", %d lines", lines)
	}
	if strings.ContainsFunc(v.Text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }) {
		warning += ", with control characters"
	}
	return warning
}

// curlCommand returns a command that requests the snapshot. The key goes from the
// environment through a pipe: printf is part of the shell, so no list of processes shows
// its arguments.
func curlCommand(s *model.Snapshot, apiURL string) string {
	address := strings.TrimSuffix(apiURL, "/") + model.SnapshotPath(s.ID)
	return `printf 'Authorization: Bearer %s\n' "$DAYTONA_API_KEY" | curl -sS -H @- ` + text.ShellWord(address)
}

// hasDockerfile reports whether the server sent a Dockerfile that is not empty.
func hasDockerfile(s *model.Snapshot) bool {
	file, _ := s.Dockerfile()
	return file != ""
}

// cliCommand returns the Daytona CLI command that creates the snapshot again, or "" if the
// CLI cannot.
func cliCommand(v *row.ViewState, s *model.Snapshot) string {
	words := []string{"daytona", "snapshot", "create"}
	switch {
	case s.ImageName.Value != "":
		words = append(words, "--image", text.ShellWord(s.ImageName.Value))
	case hasDockerfile(s):
		words = append(words, "--dockerfile", "Dockerfile")
	default:
		return ""
	}
	for _, resource := range []struct {
		flag  string
		value model.Optional[float64]
	}{{"--cpu", s.CPU}, {"--memory", s.Mem}, {"--disk", s.Disk}} {
		if v, ok := resource.value.Get(); ok && v > 0 {
			words = append(words, resource.flag, strconv.FormatFloat(v, 'f', -1, 64))
		}
	}
	if regions := s.CreateRegions(v.Regions, v.Organization.DefaultRegionID); len(regions) > 0 {
		words = append(words, "--region", text.ShellWord(regions[0].ID))
	}
	words = append(words, "--", text.ShellWord(s.Name)) // the name may start with a dash
	return strings.Join(words, " ")
}
