package demo_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// requiredFixtures are properties that a client must be able to show.
var requiredFixtures = map[string]func(row) bool{
	"general":                 func(r row) bool { return r.General },
	"without an organization": func(r row) bool { return r.OrganizationID == nil },
	"gpu":                     func(r row) bool { return r.GPUType != nil && r.GPU == 1 },
	"from a sandbox":          func(r row) bool { return r.SourceSandboxID != nil && r.BuildInfo == nil && r.ImageName == "" },
	"many regions":            func(r row) bool { return len(r.RegionIDs) > 2 },
	"no region":               func(r row) bool { return len(r.RegionIDs) == 0 },
	"custom region":           func(r row) bool { return slices.Contains(r.RegionIDs, "acme-dc1_x1Y2") },
	"null size":               func(r row) bool { return r.State == "active" && r.Size == nil && !r.General },
	"no size":                 func(r row) bool { return r.Size != nil && *r.Size == 0 },
	"slash and colon":         func(r row) bool { return strings.Contains(r.Name, "/") && strings.Contains(r.Name, ":") },
	"long name":               func(r row) bool { return len(r.Name) > 120 },
	"several lines":           reason("\n"),
	"escapes":                 reason("\x1b[31m", "\r\n\t"),
	"hostile":                 reason("\x1b]0;", "\x1b]52;", "\u202e", "\u009b", "\u200b"),
	"denied":                  reason("denied: requested access"),
	"manifest unknown":        reason("manifest unknown"),
	"npm":                     reason("npm ERR!"),
	"killed":                  reason("code: 137"),
	"disk quota":              reason("disk quota exceeded"),
	"context archive":         reason("NoSuchKey"),
	"timeout":                 reason("Timeout processing"),
	"null reason":             func(r row) bool { return r.State == "build_failed" && r.ErrorReason == nil },
	"never used":              func(r row) bool { return r.State == "active" && r.LastUsedAt == nil && !r.General },
	"multi-stage": func(r row) bool {
		return r.BuildInfo != nil && strings.Count(r.BuildInfo.DockerfileContent, "\nFROM ") > 1
	},
	"null hashes": func(r row) bool { return r.BuildInfo != nil && r.BuildInfo.ContextHashes == nil },
	"hashes":      func(r row) bool { return r.BuildInfo != nil && len(r.BuildInfo.ContextHashes) > 2 },
	"vm":          func(r row) bool { return r.SandboxClass == "linux-vm" },
	"windows":     func(r row) bool { return r.SandboxClass == "windows" },
	"deactivated within two days": func(r row) bool {
		return r.State == "active" && !r.General && r.LastUsedAt != nil && startTime.Sub(*r.LastUsedAt) > 12*24*time.Hour &&
			startTime.Sub(*r.LastUsedAt) < 14*24*time.Hour
	},
}

// reason matches an error reason that contains all parts.
func reason(parts ...string) func(row) bool {
	return func(r row) bool {
		return r.ErrorReason != nil && !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(*r.ErrorReason, p) })
	}
}

func TestFixturesCoverAllProperties(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	all := srv.list()
	for kind, is := range requiredFixtures {
		if !slices.ContainsFunc(all, is) {
			t.Errorf("no snapshot is %q", kind)
		}
	}
	for _, state := range []string{"pending", "pulling", "active", "inactive", "building", "error", "build_failed", "removing", "snapshotting"} {
		if !slices.ContainsFunc(all, func(r row) bool { return r.State == state }) {
			t.Errorf("no snapshot is %s", state)
		}
	}
	refs := map[string]int{}
	for _, r := range all {
		if r.Ref != nil {
			refs[*r.Ref]++
		}
	}
	shared := 0
	for _, n := range refs {
		shared += min(n-1, 1)
	}
	if shared < 3 || shared > 20 {
		t.Errorf("%d refs are shared", shared)
	}
}
