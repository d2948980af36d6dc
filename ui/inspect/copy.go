package inspect

import (
	"fmt"
	"strconv"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Value is one text of a snapshot that can be copied, exactly as it is.
type Value struct {
	Name string
	Text string
}

// Values returns all that a snapshot has to copy. The curl command is for the API at
// the URL. With a line of 1 or more that line of the Dockerfile is one of them.
func Values(v *row.ViewState, s *model.Snapshot, apiURL string, line int) []Value {
	file, _ := s.Dockerfile()
	all := []Value{
		{"name", s.Name}, {"id", s.ID}, {"ref", s.Ref.Value}, {"image", s.ImageName.Value},
		{"Dockerfile", s.BuildInfo.Value.DockerfileContent.Value}, {"top line", lineOf(file, line)}, {"error", s.ErrorReason.Value},
		{"JSON", s.Raw}, {"curl", curlCommand(s, apiURL)}, {"Daytona CLI", cliCommand(v, s)},
	}
	var values []Value
	for _, v := range all {
		if v.Text != "" {
			values = append(values, v)
		}
	}
	return values
}

// lineOf returns a line of a text, counted from 1, or "".
func lineOf(s string, line int) string {
	lines := strings.Split(s, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return lines[line-1]
}

// Caution says what is special about the text: a paste of several lines runs them in
// many a shell, and control characters can do worse.
func (v Value) Caution() string {
	lines := strings.Count(strings.TrimSuffix(v.Text, "\n"), "\n") + 1
	caution := ""
	if lines > 1 {
		caution = fmt.Sprintf(", %d lines", lines)
	}
	if strings.ContainsFunc(v.Text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }) {
		caution += ", with control characters"
	}
	return caution
}

// curlCommand requests the snapshot, with the key left to the environment.
func curlCommand(s *model.Snapshot, apiURL string) string {
	address := strings.TrimSuffix(apiURL, "/") + model.SnapshotPath(s.ID)
	return `curl -sS -H "Authorization: Bearer $DAYTONA_API_KEY" ` + text.ShellWord(address)
}

// cliCommand is how the Daytona CLI would create the snapshot again, "" where it
// could not.
func cliCommand(v *row.ViewState, s *model.Snapshot) string {
	words := []string{"daytona", "snapshot", "create", text.ShellWord(s.Name)}
	switch {
	case s.ImageName.Value != "":
		words = append(words, "--image", text.ShellWord(s.ImageName.Value))
	case s.BuildInfo.Value.DockerfileContent.Value != "":
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
	return strings.Join(words, " ")
}
