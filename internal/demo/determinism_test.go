package demo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// Who fails once fails again with the same recipe, and not with another.
func TestFailuresRepeat(t *testing.T) {
	w := newWorld(t, demo.Options{})
	old := w.named("node-playwright")
	again := w.create(build("again", old.BuildInfo.DockerfileContent))
	_ = again
	hashes := encode(t, old.BuildInfo.ContextHashes)
	same := w.create(`{"name":"same","buildInfo":{"dockerfileContent":` + encode(t, old.BuildInfo.DockerfileContent) + `,"contextHashes":` + hashes + `}}`)
	if got := w.settle(same.ID); got[len(got)-1] != "error" || *w.named("same").ErrorReason != *old.ErrorReason {
		t.Errorf("the same Dockerfile ended %v", got)
	}
	edited := w.create(`{"name":"edited","buildInfo":{"dockerfileContent":` + encode(t, old.BuildInfo.DockerfileContent+"# fixed\n") + `,"contextHashes":` + hashes + `}}`)
	if got := w.settle(edited.ID); got[len(got)-1] != "active" {
		t.Errorf("the edited Dockerfile ended %v", got)
	}
	image := w.create(`{"name":"image","imageName":"` + w.named("python-agents-prod").ImageName + `"}`)
	if got := w.settle(image.ID); got[len(got)-1] != "error" {
		t.Errorf("the same image ended %v", got)
	}
}

// The same seed and the same steps give the same bytes, whatever clients read meanwhile; another seed does not.
func TestDeterminism(t *testing.T) {
	sweep := func(seed int64, curious bool) string {
		w := newWorld(t, demo.Options{Seed: seed})
		var all strings.Builder
		for i := range 30 {
			if curious {
				w.get("/api/snapshots?sort=state")
				w.get("/api/regions")
			}
			if i == 3 {
				all.Write(w.send("POST", "/api/snapshots", build("mine", "FROM a:1\n")).body)
			}
			for n := 1; n <= 2; n++ {
				all.Write(w.get(fmt.Sprintf("/api/snapshots?page=%d", n)).body)
			}
			w.step(47 * time.Second)
		}
		return all.String()
	}
	one := sweep(1, false)
	if one != sweep(1, true) {
		t.Error("the same seed gave other answers")
	}
	if one == sweep(2, false) {
		t.Error("another seed gave the same answers")
	}
}

// The clock may go back; the world does not.
func TestClockGoesBack(t *testing.T) {
	w := newWorld(t, demo.Options{})
	w.step(time.Minute)
	body := w.get("/api/snapshots").body
	w.step(-time.Hour)
	if got := w.get("/api/snapshots").body; !slices.Equal(got, body) {
		t.Error("the past came back")
	}
}
