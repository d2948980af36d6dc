package inspect

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
)

// sandboxesOf returns the lines of the tab for an answer.
func sandboxesOf(use model.Use, width int) []string {
	v := row.NewViewState(time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC))
	v.Regions = []model.Region{{ID: "r-1", Name: "Frankfurt"}}
	use.At = v.Now.Add(-10 * time.Second)
	v.Uses.ByName["node"] = use
	var lines []string
	source := sandboxesTab(nil, Input{View: &v, Snapshot: &model.Snapshot{Name: "node"}, Width: width})
	for _, line := range source.(pager.Lines) {
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return lines
}

func TestSandboxesTab(t *testing.T) {
	t.Parallel()
	at := func(ago time.Duration) model.OptionalTime {
		return model.SomeTime(time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC).Add(-ago))
	}
	use := model.Use{Known: true, Sandboxes: []model.Sandbox{
		{Name: "a", State: "stopped", RegionID: "us", LastActivityAt: at(time.Hour)},
		{Name: "agent-with-a-very-long-name-of-a-sandbox", State: "pulling_snapshot", RegionID: "r-1"},
		{Name: "c\x1b]0;x", State: "started\x1b", LastActivityAt: model.OptionalTime{Presence: model.Unreadable}},
		{Name: "d", State: "stopped", RegionID: "us", LastActivityAt: at(time.Minute)},
	}}
	want := `1 sandbox pulling_snapshot, 1 started^[, 2 stopped · last active 1m ago
asked 10s ago

NAME                                      STATE             REGION     LAST ACTIVITY
agent-with-a-very-long-name-of-a-sandbox  pulling_snapshot  Frankfurt  none
c^[]0;x                                   started^[         not known  unreadable, see the JSON
d                                         stopped           us         1m ago
a                                         stopped           us         1h ago`
	if got := strings.Join(sandboxesOf(use, 100), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	use.Sandboxes[2].LastActivityAt = at(time.Minute)
	for _, line := range sandboxesOf(use, 60) {
		if len([]rune(line)) > 60 {
			t.Errorf("%q is wider than 60 cells", line)
		}
	}
}

func TestSandboxesTabWithoutAnswer(t *testing.T) {
	t.Parallel()
	unknown := model.Use{Reason: "Access denied", Sandboxes: []model.Sandbox{{Name: "a", State: "stopped"}}}
	lines := sandboxesOf(unknown, 80)
	if lines[0] != "use not known: Access denied" || !strings.HasPrefix(lines[len(lines)-1], "a  ") {
		t.Errorf("got %q", lines)
	}
	if got := sandboxesOf(model.Use{Known: true}, 80); len(got) != 2 || got[0] != "no sandboxes" {
		t.Errorf("got %q", got)
	}
	var many []model.Sandbox
	for i := range maxSandboxes + 5 {
		many = append(many, model.Sandbox{Name: fmt.Sprint("s-", i), State: "stopped"})
	}
	lines = sandboxesOf(model.Use{Known: true, Sandboxes: many}, 80)
	if last := lines[len(lines)-1]; last != "and 5 more" || len(lines) != maxSandboxes+5 {
		t.Errorf("%d lines, the last one %q", len(lines), last)
	}
}
