package client

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCLIProfile(t *testing.T) {
	good := map[string]struct {
		dir, name string
		want      Credentials
	}{
		"active":  {"key", "", Credentials{APIURL: "https://work.example/api", Secret: "dtn_work_secret", OrganizationID: "8a108392-77cd-45d7-a325-b25b6784251e", Source: `profile "work"`}},
		"by name": {"key", "first", Credentials{APIURL: "https://first.example/api", Secret: "dtn_first", Source: `profile "first"`}},
		"by id":   {"key", "initial", Credentials{APIURL: "https://first.example/api", Secret: "dtn_first", Source: `profile "first"`}},
		"token":   {"token", "", Credentials{APIURL: DefaultURL, Secret: "head.payload.secretsignature", JWT: true, OrganizationID: "8a108392-77cd-45d7-a325-b25b6784251e", Source: `profile "sso"`, ExpiresAt: time.Date(2026, 11, 24, 15, 31, 0, 727e6, time.UTC)}},
	}
	for name, tc := range good {
		t.Run(name, func(t *testing.T) {
			got, err := CLIProfile("testdata/profiles/"+tc.dir, tc.name)
			if err != nil || got != tc.want {
				t.Errorf("%v %v, want %v", got, err, tc.want)
			}
		})
	}
	bad := map[string]struct {
		dir, name, want string
		none            bool
	}{
		"no file":                {"nowhere", "", "no Daytona CLI config at testdata/profiles/nowhere/config.json", true},
		"no active profile":      {"no-active", "", "has no active profile", true},
		"missing active profile": {"dangling", "", `has no profile "gone", although it is the active one: run ` + "`daytona login`" + `, or use --profile with "here"`, false},
		"unknown name":           {"key", "other", `has no profile "other": run ` + "`daytona login`" + `, or use --profile with "first", "work"`, false},
		"profile without a file": {"nowhere", "other", `profile "other": no Daytona CLI config at testdata/profiles/nowhere/config.json`, true},
		"profile of no profiles": {"no-active", "other", `has no profile "other"`, true},
		"none of six is active":  {"six", "", `has no active profile: run ` + "`daytona login`" + `, or use --profile with "a", "b", "c", "d", "e", 1 more`, false},
		"profile without a name": {"six", "f-id", `profile "f-id" in testdata/profiles/six/config.json has neither a key nor a token`, false},
		"broken":                 {"broken", "", "config.json:3:56 is invalid", false},
		"wrong shape":            {"wrong-shape", "", "config.json:2:15 is invalid", false},
		"empty":                  {"empty", "", "config.json:1:1 is invalid", false},
		"no key or token":        {"neither", "", "neither a key nor a token", false},
	}
	for name, tc := range bad {
		t.Run(name, func(t *testing.T) {
			got, err := CLIProfile("testdata/profiles/"+tc.dir, tc.name)
			if err == nil || got != (Credentials{}) {
				t.Fatalf("got %v %v", got, err)
			}
			line := err.Error()
			if !strings.Contains(line, tc.want) || strings.Contains(line, "\n") || strings.Contains(line, "leaky") {
				t.Errorf("error %q, want it to contain %q", line, tc.want)
			}
			if !strings.Contains(line, "daytona login") {
				t.Errorf("%q has no remedy", line)
			}
			if isAny(ErrNoProfile)(err) != tc.none {
				t.Errorf("%q: want errors.Is(err, ErrNoProfile) == %v", line, tc.none)
			}
		})
	}
}

func TestCLIProfileNames(t *testing.T) {
	names, err := CLIProfileNames("testdata/profiles/key")
	if err != nil || !slices.Contains(names, "work") || !slices.Contains(names, "first") {
		t.Errorf("got %q, %v", names, err)
	}
	for _, dir := range []string{"nowhere", "broken"} {
		names, err := CLIProfileNames("testdata/profiles/" + dir)
		if err == nil || names != nil || strings.Contains(err.Error(), "leaky") {
			t.Errorf("%s: %q, %v", dir, names, err)
		}
	}
}
