package mutation

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestWordsOfInterruptedActions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		modes        []model.RebuildMode
		action, past string
		deletes      bool
	}{
		"rebuilds":         {[]model.RebuildMode{model.InPlace, model.VerifyFirst}, "rebuild", "rebuilt", true},
		"restores":         {[]model.RebuildMode{model.Restore, model.Restore}, "restore", "restored", false},
		"a create":         {[]model.RebuildMode{model.Create}, "create", "created", false},
		"mixed":            {[]model.RebuildMode{model.Create, model.InPlace}, "action", "resumed", true},
		"neither rebuilds": {[]model.RebuildMode{model.Create, model.Restore}, "action", "resumed", false},
		"unknown":          {[]model.RebuildMode{""}, "rebuild", "rebuilt", true},
	} {
		var left []model.UnfinishedRebuild
		for _, mode := range tc.modes {
			left = append(left, model.UnfinishedRebuild{Name: "x", Mode: mode})
		}
		if got := UnfinishedAction(left); got != tc.action {
			t.Errorf("%s: %q, want %q", name, got, tc.action)
		}
		if got := ResumedPast(left); got != tc.past {
			t.Errorf("%s: %q, want %q", name, got, tc.past)
		}
		var body []string
		for _, line := range ResumeLines(left, "F", time.Now()) {
			body = append(body, line.String())
		}
		if got := strings.Contains(strings.Join(body, "\n"), "it deletes the old"); got != tc.deletes {
			t.Errorf("%s: %q", name, body)
		}
	}
}
