package demo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// A recipe that failed fails again, an edited one does not.
func TestFailuresRepeat(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	old := srv.getByName("node-playwright")
	srv.create(buildRequest("again", old.BuildInfo.DockerfileContent))
	hashes := encode(t, old.BuildInfo.ContextHashes)
	same := srv.create(`{"name":"same","buildInfo":{"dockerfileContent":` + encode(t, old.BuildInfo.DockerfileContent) + `,"contextHashes":` + hashes + `}}`)
	if got := srv.waitUntilSettled(same.ID); got[len(got)-1] != "error" || *srv.getByName("same").ErrorReason != *old.ErrorReason {
		t.Errorf("the same Dockerfile ended %v", got)
	}
	edited := srv.create(`{"name":"edited","buildInfo":{"dockerfileContent":` + encode(t, old.BuildInfo.DockerfileContent+"# fixed\n") + `,"contextHashes":` + hashes + `}}`)
	if got := srv.waitUntilSettled(edited.ID); got[len(got)-1] != "active" {
		t.Errorf("the edited Dockerfile ended %v", got)
	}
	image := srv.create(`{"name":"image","imageName":"` + srv.getByName("python-agents-prod").ImageName + `"}`)
	if got := srv.waitUntilSettled(image.ID); got[len(got)-1] != "error" {
		t.Errorf("the same image ended %v", got)
	}
}

// The same seed and the same steps of the clock give the same bytes, regardless of
// other reads. Another seed does not.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	record := func(seed int64, otherReads bool) string {
		srv := newTestServer(t, demo.Options{Seed: seed})
		var all strings.Builder
		for i := range 30 {
			if otherReads {
				srv.get("/api/snapshots?sort=state")
				srv.get("/api/regions")
			}
			if i == 3 {
				all.Write(srv.send("POST", "/api/snapshots", buildRequest("mine", "FROM a:1\n")).body)
			}
			for n := 1; n <= 2; n++ {
				all.Write(srv.get(fmt.Sprintf("/api/snapshots?page=%d", n)).body)
			}
			srv.Advance(47 * time.Second)
		}
		return all.String()
	}
	one := record(1, false)
	if one != record(1, true) {
		t.Error("the same seed gave different responses")
	}
	if one == record(2, false) {
		t.Error("another seed gave the same responses")
	}
}

// A clock that goes back changes nothing.
func TestClockGoesBack(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	srv.Advance(time.Minute)
	body := srv.get("/api/snapshots").body
	srv.Advance(-time.Hour)
	if got := srv.get("/api/snapshots").body; !slices.Equal(got, body) {
		t.Error("the list changed")
	}
}
