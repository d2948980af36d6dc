package model_test

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func failedBecause(reason string) *model.Snapshot {
	return &model.Snapshot{
		ID: "0b5f…", Name: "node-22", State: model.StateError,
		ImageName:   model.Optional[string]{Value: "acme/node:22", Presence: model.Present},
		Ref:         model.Optional[string]{Value: "registry:6000/daytona/daytona-3fa2bc5d:daytona", Presence: model.Present},
		ErrorReason: model.Optional[string]{Value: reason, Presence: model.Present},
	}
}

func TestReasonPattern(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]string{
		"": "",
		"failed to build image: The command '/bin/sh -c npm ci' returned a non-zero code: 137": "failed to build image: The command '/bin/sh -c npm ci' returned a non-zero code: …",
		"failed to pull image acme/node:22: unexpected EOF":                                    "failed to pull image …: unexpected EOF",
		"image not found in registry: docker.io/acme/node:22":                                  "image not found in registry: docker.io/…",
		"no snapshot node-22.": "no snapshot ….",
		"in node-22, not in node-22-copy, my-node-22 or node-22.tar":                             "in …, not in node-…-copy, my-node-… or node-….tar",
		"push registry:6000/daytona/daytona-3fa2bc5d:daytona":                                    "push …",
		"Snapshot size (120.50GB) exceeds maximum allowed size of 100GB":                         "Snapshot size (…GB) exceeds maximum allowed size of …GB",
		"runner 3fa2bc5d-0000-4abc-8def-0123456789ab is lost":                                    "runner … is lost",
		"runner 3FA2BC5D-0000-4ABC-8DEF-0123456789AB is lost":                                    "runner … is lost",
		"digest sha256:3fa2bc5d00004abc8def0123456789ab3fa2bc5d00004abc8def0123456789ab missing": "digest sha… missing",
		"commit 3fa2bc5 defaced the accede":                                                      "commit … defaced the accede",
		"container 01J9ZK3V8QWERTY exited":                                                       "container … exited",
		"at 2026-11-24T14:33:50.169Z":                                                            "at …T…Z",
		"[stage-0 7/14] step 7/9":                                                                "[stage-… …] step …",
		"grpcio==1.99.0":                                                                         "grpcio==…",
		"grpcio==1.99":                                                                           "grpcio==…",
		"error TS2339 in x86_64":                                                                 "error TS… in x…_…",
		"\x1b[31mERROR\x1b[0m:\r\n\tone \x1b]0;title\atwo\x00three \u009b \x1b":                  "ERROR: one two three",
		`process "npm ci" failed`:                                                                "process 'npm ci' failed",
		"#9 npm ERR!\n#10 exit":                                                                  "npm ERR! exit",
		"a\u202eb\u200bc\u00a0d":                                                                 "abc d",
		"Größe 12 überschritten":                                                                 "Größe … überschritten",
	} {
		if got := failedBecause(reason).ReasonPattern(); got != want {
			t.Errorf("%q has the pattern %q, want %q", reason, got, want)
		}
	}
}

func TestLongReasonPatternKeepsItsStartAndItsEnd(t *testing.T) {
	t.Parallel()
	got := failedBecause("start " + strings.Repeat("ä and so on ", 1000) + "the end").ReasonPattern()
	if n := len([]rune(got)); n != 301 || !strings.HasPrefix(got, "start ä") || !strings.HasSuffix(got, " the end") {
		t.Errorf("%d runes: %q", n, got)
	}
}

func TestGroupFailures(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	at := map[*model.Snapshot]time.Time{}
	made := func(id, reason string, state model.State, minutes int) *model.Snapshot {
		s := failedBecause(reason)
		s.ID, s.Name, s.State = id, "name-"+id, state
		if minutes >= 0 {
			at[s] = start.Add(time.Duration(minutes) * time.Minute)
		}
		return s
	}
	all := []*model.Snapshot{
		made("1", "npm ci: 1", model.StateError, 1), made("2", "no reason to show", model.StateActive, 9),
		made("3", "no space", model.StateBuildFailed, 4), made("4", "npm ci: 137", model.StateError, 7),
		made("5", "", model.StateError, -1), made("6", "npm ci: 2", model.StateError, 3),
	}
	groups := model.GroupFailures(all, func(s *model.Snapshot) (time.Time, bool) { t, ok := at[s]; return t, ok })
	var got []string
	for _, g := range groups {
		line := g.Pattern + " ="
		for _, s := range g.Snapshots {
			line += " " + s.ID
		}
		if !g.Newest.Equal(at[g.Snapshots[0]]) {
			t.Errorf("%q is from %v", g.Pattern, g.Newest)
		}
		got = append(got, line)
	}
	if want := "npm ci: … = 4 6 1|no space = 3| = 5"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
