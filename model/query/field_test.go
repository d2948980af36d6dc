package query

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// fieldIndex returns an index with snapshots for every field.
func fieldIndex(t testing.TB) *Index {
	return NewIndex(storeOf([]*model.Snapshot{
		snapshot(t, "node", `imageName=docker.io/library/node:22`, "ref=registry.example.com/daytona/daytona-"+digest+":daytona", "id=aaaa-1",
			"cpu=2", "gpu=0", "mem=4", "disk=10", "size=1.82", `regionIds=["eu","us"]`, `entrypoint=["sleep","infinity"]`,
			"createdAt=2026-11-04T12:00:00Z", "lastUsedAt=2026-11-14T12:00:00Z"),
		snapshot(t, "node-copy", `imageName=""`, "ref=registry.example.com/daytona/daytona-"+digest+":daytona", "id=bbbb-2",
			`buildInfo={"dockerfileContent":"FROM node"}`, "cpu=4", "size=null", `regionIds=["my-dc_x1"]`,
			"createdAt=2026-11-23T12:00:00Z", "lastUsedAt=2026-11-24T11:00:00Z"),
		snapshot(t, "Broken", "state=error", `errorReason="npm ERR! code 1"`, "cpu=0.5", "id=cccc-3",
			"createdAt=2026-09-01T00:00:00Z", "lastUsedAt=null"),
		snapshot(t, "stuck", "state=build_failed", "errorReason=null", `buildInfo={"dockerfileContent":""}`, "id=dddd-4",
			"createdAt=2026-11-24T11:59:30Z", "lastUsedAt=null"),
		snapshot(t, "building", "state=building", "gpu=1", "id=eeee-5", "createdAt=2026-11-24T11:30:00Z", `regionIds=[]`),
		snapshot(t, "leaving", "state=removing", "id=ffff-6", "createdAt=null", "lastUsedAt=7"),
		snapshot(t, "idle", "state=inactive", "id=0000-7", "createdAt=2026-10-01T00:00:00Z", "lastUsedAt=2026-10-02T00:00:00Z"),
		snapshot(t, "vendor", "general=true", "id=1111-8", "createdAt=2025-01-01T00:00:00Z", "size=0"),
		snapshot(t, "strange", "state=hibernating", "id=2222-9", "createdAt=2026-11-24T12:00:05Z"),
	}))
}

func TestFields(t *testing.T) {
	ix := fieldIndex(t)
	c := Context{Now: now, Timeout: 15 * 24 * time.Hour, Regions: []model.Region{
		{ID: "eu", Name: "Europe"}, {ID: "us", Name: "us"}, {ID: "us-2", Name: "us-2"}, {ID: "my-dc_x1", Name: "my dc"},
	}}
	const all = "node node-copy Broken stuck building leaving idle vendor strange"
	for text, want := range map[string]string{
		"":                                 all,
		"state:failed":                     "Broken stuck",
		"state:busy":                       "building leaving",
		"state:failed,busy":                "Broken stuck building leaving",
		"-state:failed,busy,active":        "idle strange",
		"state:error":                      "Broken",
		"state:build-failed":               "stuck",
		`state:"Build failed"`:             "stuck",
		"state:act":                        "node node-copy vendor",
		"state:build":                      "stuck building", // prefix, as while typing
		"state:hibernating":                "strange",
		"state:Hibernating,removing":       "leaving strange",
		"state:nonsense":                   all, // an unreadable term hides nothing
		"region:eu":                        "node",
		"region:europe":                    "node",
		"region:us":                        "node",
		"region:e":                         "node",
		"region:my":                        "node-copy",
		`region:"my dc",eu`:                "node node-copy",
		"region:my-dc_x1":                  "node-copy",
		"-region:eu":                       "node-copy Broken stuck building leaving idle vendor strange",
		"region:us-2":                      "",
		"general:yes":                      "vendor",
		"general:no state:active":          "node node-copy",
		"-general:no":                      "vendor",
		"shared:yes":                       "node node-copy",
		"shared:no state:active":           "vendor",
		"has:dockerfile":                   "node-copy",
		"has:image":                        "node",
		"has:entrypoint":                   "node",
		"has:error":                        "Broken",
		"has:ref -has:image":               "node-copy",
		"has:size":                         "node vendor",
		"error:npm":                        "Broken",
		`error:"err! CODE"`:                "",
		`error:"err! code"`:                "Broken",
		"error:npm,pip":                    "Broken",
		"reason:npm":                       "Broken",
		`reason:"=npm ERR! code …"`:        "Broken",
		`reason:"=npm ERR! code 1"`:        "",
		`reason:"=npm ERR!"`:               "",
		"name:node":                        "node node-copy",
		"name:=node":                       "node",
		"name:=NODE":                       "",
		"name:broken":                      "Broken",
		"name:Broken":                      "Broken",
		"name:BROKEN":                      "",
		"name:no":                          "node node-copy",
		"name:nde":                         "", // not fuzzy
		"image:library/node":               "node",
		"image:=docker.io/library/node:22": "node",
		"ref:3fa2bc5d":                     "node node-copy",
		"ref:daytona-3fa2":                 "node node-copy",
		"ref:e91c:day":                     "node node-copy",
		"ref:daytona":                      "node node-copy",
		"-ref:daytona state:active":        "vendor",
		"id:aaaa":                          "node",
		"id:=aaaa-1,bbbb":                  "node node-copy",
		"cpu:2":                            "node",
		"cpu:>=2":                          "node node-copy",
		"cpu:<2":                           "Broken",
		"cpu:=0.5,4":                       "node-copy Broken",
		"gpu:>0":                           "building",
		"gpu:0":                            "node",
		"mem:<=4GiB":                       "node",
		"disk:>9.5":                        "node",
		"size:>1GB":                        "node",
		"size:0":                           "vendor",
		"-size:>=0":                        "node-copy Broken stuck building leaving idle strange",
		"age:>1y":                          "vendor",
		"age:<1h":                          "stuck building strange",
		"age:1d":                           "node-copy stuck building strange",
		"age:<=24h":                        "node-copy stuck building strange",
		"age:>20d":                         "Broken idle vendor",
		"age:>=20d":                        "node Broken idle vendor",
		"used:<1d":                         "node-copy",
		"used:2w":                          "node node-copy",
		"used:>9d":                         "node Broken idle vendor",
		"used:>30d":                        "Broken idle vendor", // unused since creation
		"used:>30s":                        "node node-copy Broken building idle vendor",
		"used:>=30s":                       "node node-copy Broken stuck building idle vendor",
		"used:never":                       "Broken stuck building vendor strange",
		"used:>30d,never":                  "Broken stuck building idle vendor strange",
		"ttl:<14d":                         "", // node-copy was used later
		"ttl:<15d":                         "node node-copy",
		"ttl:>=14d23h":                     "node node-copy",
		"ttl:<14d22h59m":                   "",
		"ttl:never":                        "Broken stuck building leaving idle vendor strange",
		"-ttl:never":                       "node node-copy",
		"state:failed cpu:x age:>1d":       "Broken",
		"n -copy state:active":             "node vendor",
		"node state:failed":                "",
	} {
		if got := namesOf(search(t, ix, text, c).Snapshots); got != want {
			t.Errorf("%q finds\n     %s\nwant %s", text, got, want)
		}
	}
	if got := namesOf(search(t, ix, "ttl:<14d", Context{Now: now}).Snapshots); got != "node node-copy" {
		t.Errorf("ttl with the default timeout finds %q", got)
	}
	if got := namesOf(search(t, ix, "region:my-dc_x", Context{}).Snapshots); got != "node-copy" {
		t.Errorf("region:my-dc_x without known regions finds %q", got)
	}
}

// The field reason finds what the table shows and what the failures by reason show.
func TestReasonAsShown(t *testing.T) {
	t.Parallel()
	ix := NewIndex(storeOf([]*model.Snapshot{
		snapshot(t, "one", "state=build_failed", `errorReason="The command '/bin/sh -c npm ci' returned a non-zero code: 1"`),
		snapshot(t, "killed", "state=build_failed", `errorReason="The command '/bin/sh -c npm ci' returned a non-zero code: 137"`),
		snapshot(t, "active"),
	}))
	for text, want := range map[string]string{
		`reason:"npm ci → exit 1"`:           "one killed",
		`reason:"=npm ci → exit 1"`:          "", // the whole text is that of the failures by reason
		`reason:"EXIT 1"`:                    "",
		`reason:"exit 137","non-zero code:"`: "one killed",
		`-reason:"exit 137"`:                 "one active",
		`reason:"code: 1"`:                   "", // neither shows it
		`error:"→ exit"`:                     "",
	} {
		if got := namesOf(search(t, ix, text, Context{Now: now}).Snapshots); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	ix := fieldIndex(t)
	const both = "node node-copy"
	for text, want := range map[string]string{
		"node":                           both,
		"ndcp":                           "node-copy",
		"NODE":                           "",
		"broken":                         "Broken",
		"Brk":                            "Broken",
		"bRk":                            "",
		"'rok":                           "Broken",
		"'brk":                           "",
		"library":                        "node",
		"daytona":                        both, // substring of the affix
		"dyt":                            "",   // no subsequences in the affix
		"example.com/daytona":            both,
		"3fa2":                           both,
		"3fa2bc5d6e7f80913fa2":           both,
		"3fa2e91c":                       both, // the digits on the screen
		"3f80e9":                         "",   // no subsequences of the whole digest
		digest:                           both,
		"daytona-" + digest + ":daytona": both,
		"registry.example.com/daytona/daytona-" + digest + ":daytona": both,
		"registry.example.com/daytona/daytona-" + digest + ":dayton@": "",
		"aaaa-1":                     "node",
		"e91c:daytona":               both, // crosses into the suffix
		"-e91c:daytona state:act":    "vendor",
		"-:daytona state:act":        "node node-copy vendor",
		"dkrnode":                    "", // no subsequences in a registry
		"-NODE state:act":            "node node-copy vendor",
		"-Broken state:fail":         "stuck",
		"AAAA-1":                     "",
		"-daytona state:act":         "node node-copy vendor", // in every ref, so it excludes nothing
		"-3fa2 state:act":            "vendor",
		"-daytona-3fa2 state:active": "vendor",
		"-node state:act":            "vendor",
		"-aaaa state:act":            "node-copy vendor",
		"node copy":                  "node-copy",
		"node -'copy":                "node",
		`"npm ERR"`:                  "", // words are not searched for in errors
	} {
		if got := namesOf(search(t, ix, text, Context{Now: now}).Snapshots); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestDurations(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"90s": 90 * time.Second, "30m": 30 * time.Minute, "12h": 12 * time.Hour, "3d": 3 * day, "2w": 14 * day,
		"6mo": 180 * day, "1y": 365 * day, "1d12h": 36 * time.Hour, "1.5h": 90 * time.Minute, "1D": day, "0d": 0,
	} {
		if got, ok := ParseDuration(text); !ok || got != want {
			t.Errorf("%q is %v, %t, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "d", "3", "3 d", "-3d", "3x", "3d5", "1.2.3d", "9999999999y", ".d", "3d!"} {
		if got, ok := ParseDuration(text); ok {
			t.Errorf("%q is %v, want a problem", text, got)
		}
	}
}
