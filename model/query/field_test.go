package query

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// garden is a store with something for every field.
func garden(t testing.TB) *Index {
	return NewIndex(storeOf([]*model.Snapshot{
		snapshot(t, "node", `imageName=docker.io/library/node:22`, "ref=registry.example.com/daytona/daytona-"+digest+":daytona", "id=aaaa-1",
			"cpu=2", "gpu=0", "mem=4", "disk=10", "size=1.82", `regionIds=["eu","us"]`, `entrypoint=["sleep","infinity"]`,
			"createdAt=2026-11-04T12:00:00Z", "lastUsedAt=2026-11-14T12:00:00Z"),
		snapshot(t, "node-twin", `imageName=""`, "ref=registry.example.com/daytona/daytona-"+digest+":daytona", "id=bbbb-2",
			`buildInfo={"dockerfileContent":"FROM node"}`, "cpu=4", "size=null", `regionIds=["my-dc_x1"]`,
			"createdAt=2026-11-23T12:00:00Z", "lastUsedAt=2026-11-24T11:00:00Z"),
		snapshot(t, "Broken", "state=error", `errorReason="npm ERR! code 1"`, "cpu=0.5", "id=cccc-3",
			"createdAt=2026-09-01T00:00:00Z", "lastUsedAt=null"),
		snapshot(t, "stuck", "state=build_failed", "errorReason=null", `buildInfo={"dockerfileContent":""}`, "id=dddd-4",
			"createdAt=2026-11-24T11:59:30Z", "lastUsedAt=null"),
		snapshot(t, "building", "state=building", "gpu=1", "id=eeee-5", "createdAt=2026-11-24T11:30:00Z", `regionIds=[]`),
		snapshot(t, "going", "state=removing", "id=ffff-6", "createdAt=null", "lastUsedAt=7"),
		snapshot(t, "asleep", "state=inactive", "id=0000-7", "createdAt=2026-10-01T00:00:00Z", "lastUsedAt=2026-10-02T00:00:00Z"),
		snapshot(t, "vendor", "general=true", "id=1111-8", "createdAt=2025-01-01T00:00:00Z", "size=0"),
		snapshot(t, "strange", "state=hibernating", "id=2222-9", "createdAt=2026-11-24T12:00:05Z"),
	}))
}

func TestFields(t *testing.T) {
	ix := garden(t)
	about := Context{Now: now, Timeout: 15 * 24 * time.Hour, Regions: []model.Region{
		{ID: "eu", Name: "Europe"}, {ID: "us", Name: "us"}, {ID: "us-2", Name: "us-2"}, {ID: "my-dc_x1", Name: "my dc"},
	}}
	const all = "node node-twin Broken stuck building going asleep vendor strange"
	for text, want := range map[string]string{
		"":                                 all,
		"state:failed":                     "Broken stuck",
		"state:busy":                       "building going",
		"state:failed,busy":                "Broken stuck building going",
		"-state:failed,busy,active":        "asleep strange",
		"state:error":                      "Broken",
		"state:build-failed":               "stuck",
		`state:"Build failed"`:             "stuck",
		"state:act":                        "node node-twin vendor",
		"state:build":                      "stuck building", // still typed
		"state:hibernating":                "strange",
		"state:Hibernating,removing":       "going strange",
		"state:nonsense":                   all, // an unreadable term hides nothing
		"region:eu":                        "node",
		"region:europe":                    "node",
		"region:us":                        "node",
		"region:e":                         "node",
		"region:my":                        "node-twin",
		`region:"my dc",eu`:                "node node-twin",
		"region:my-dc_x1":                  "node-twin",
		"-region:eu":                       "node-twin Broken stuck building going asleep vendor strange",
		"region:us-2":                      "",
		"general:yes":                      "vendor",
		"general:no state:active":          "node node-twin",
		"-general:no":                      "vendor",
		"shared:yes":                       "node node-twin",
		"shared:no state:active":           "vendor",
		"has:dockerfile":                   "node-twin",
		"has:image":                        "node",
		"has:entrypoint":                   "node",
		"has:error":                        "Broken",
		"has:ref -has:image":               "node-twin",
		"has:size":                         "node vendor",
		"error:npm":                        "Broken",
		`error:"err! CODE"`:                "",
		`error:"err! code"`:                "Broken",
		"error:npm,pip":                    "Broken",
		"name:node":                        "node node-twin",
		"name:=node":                       "node",
		"name:=NODE":                       "",
		"name:broken":                      "Broken",
		"name:Broken":                      "Broken",
		"name:BROKEN":                      "",
		"name:no":                          "node node-twin",
		"name:nde":                         "", // not fuzzy
		"image:library/node":               "node",
		"image:=docker.io/library/node:22": "node",
		"ref:3fa2bc5d":                     "node node-twin",
		"ref:daytona-3fa2":                 "node node-twin",
		"ref:e91c:day":                     "node node-twin",
		"ref:daytona":                      "node node-twin",
		"-ref:daytona state:active":        "vendor",
		"id:aaaa":                          "node",
		"id:=aaaa-1,bbbb":                  "node node-twin",
		"cpu:2":                            "node",
		"cpu:>=2":                          "node node-twin",
		"cpu:<2":                           "Broken",
		"cpu:=0.5,4":                       "node-twin Broken",
		"gpu:>0":                           "building",
		"gpu:0":                            "node",
		"mem:<=4GiB":                       "node",
		"disk:>9.5":                        "node",
		"size:>1GB":                        "node",
		"size:0":                           "vendor",
		"-size:>=0":                        "node-twin Broken stuck building going asleep strange",
		"age:>1y":                          "vendor",
		"age:<1h":                          "stuck building strange",
		"age:1d":                           "node-twin stuck building strange",
		"age:<=24h":                        "node-twin stuck building strange",
		"age:>20d":                         "Broken asleep vendor",
		"age:>=20d":                        "node Broken asleep vendor",
		"used:<1d":                         "node-twin",
		"used:2w":                          "node node-twin",
		"used:>9d":                         "node Broken asleep vendor",
		"used:>30d":                        "Broken asleep vendor", // never used, but that long
		"used:>30s":                        "node node-twin Broken building asleep vendor",
		"used:>=30s":                       "node node-twin Broken stuck building asleep vendor",
		"used:never":                       "Broken stuck building vendor strange",
		"used:>30d,never":                  "Broken stuck building asleep vendor strange",
		"ttl:<14d":                         "", // its twin keeps node awake
		"ttl:<15d":                         "node node-twin",
		"ttl:>=14d23h":                     "node node-twin",
		"ttl:<14d22h59m":                   "",
		"ttl:never":                        "Broken stuck building going asleep vendor strange",
		"-ttl:never":                       "node node-twin",
		"state:failed cpu:x age:>1d":       "Broken",
		"n -twin state:active":             "node vendor",
		"node state:failed":                "",
	} {
		if got := namesOf(search(t, ix, text, about).Snapshots); got != want {
			t.Errorf("%q finds\n     %s\nwant %s", text, got, want)
		}
	}
	if got := namesOf(search(t, ix, "ttl:<14d", Context{Now: now}).Snapshots); got != "node node-twin" {
		t.Errorf("with the default timeout %s sleeps in 14 days", got)
	}
	if got := namesOf(search(t, ix, "region:my-dc_x", Context{}).Snapshots); got != "node-twin" {
		t.Errorf("where no regions are known, their ids find %q", got)
	}
}

func TestWords(t *testing.T) {
	ix := garden(t)
	const twins = "node node-twin"
	for text, want := range map[string]string{
		"node":                           twins,
		"ndtw":                           "node-twin",
		"NODE":                           "",
		"broken":                         "Broken",
		"Brk":                            "Broken",
		"bRk":                            "",
		"'rok":                           "Broken",
		"'brk":                           "",
		"library":                        "node",
		"daytona":                        twins, // in one piece, in what refs have in common
		"dyt":                            "",    // not scattered there
		"example.com/daytona":            twins,
		"3fa2":                           twins,
		"3fa2bc5d6e7f80913fa2":           twins,
		"3fa2e91c":                       twins, // what a screen shows of a digest
		"3f80e9":                         "",    // not scattered over a digest
		digest:                           twins,
		"daytona-" + digest + ":daytona": twins,
		"registry.example.com/daytona/daytona-" + digest + ":daytona": twins,
		"registry.example.com/daytona/daytona-" + digest + ":dayton@": "",
		"aaaa-1":                     "node",
		"e91c:daytona":               twins, // to the end of the ref
		"-e91c:daytona state:act":    "vendor",
		"-:daytona state:act":        "node node-twin vendor",
		"dkrnode":                    "", // not scattered over a registry
		"-NODE state:act":            "node node-twin vendor",
		"-Broken state:fail":         "stuck",
		"AAAA-1":                     "",
		"-daytona state:act":         "node node-twin vendor", // what is in every ref hides nothing
		"-3fa2 state:act":            "vendor",
		"-daytona-3fa2 state:active": "vendor",
		"-node state:act":            "vendor",
		"-aaaa state:act":            "node-twin vendor",
		"node twin":                  "node-twin",
		"node -'twin":                "node",
		`"npm ERR"`:                  "", // words do not look into errors
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
		if got, ok := parseDuration(text); !ok || got != want {
			t.Errorf("%q is %v, %t, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "d", "3", "3 d", "-3d", "3x", "3d5", "1.2.3d", "9999999999y", ".d", "3d!"} {
		if got, ok := parseDuration(text); ok {
			t.Errorf("%q is %v, want a problem", text, got)
		}
	}
}
