package demo_test

import (
	"encoding/json"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

func TestSizes(t *testing.T) {
	for _, size := range []int{1, 2, 7, 40, 54, 55, 120, 1000} {
		w := newWorld(t, demo.Options{Size: size})
		if got := decode[page](t, w.get("/api/snapshots?limit=1")).Total; got != size {
			t.Errorf("size %d: %d", size, got)
		}
		w.step(time.Hour)
		w.get("/api/snapshots")
	}
}

// What is built again from the same Dockerfile is as large as it was.
func TestSizeStaysWithTheRef(t *testing.T) {
	w := newWorld(t, demo.Options{})
	old := decode[row](t, w.get("/api/snapshots/spring-petclinic"))
	var whole struct {
		BuildInfo struct {
			DockerfileContent string   `json:"dockerfileContent"`
			ContextHashes     []string `json:"contextHashes"`
		} `json:"buildInfo"`
	}
	if err := json.Unmarshal(w.get("/api/snapshots/spring-petclinic").body, &whole); err != nil {
		t.Fatal(err)
	}
	w.send("DELETE", "/api/snapshots/"+old.ID, "")
	w.step(20 * time.Second)
	recipe := encode(t, map[string]any{"name": old.Name, "buildInfo": whole.BuildInfo})
	made := decode[row](t, w.send("POST", "/api/snapshots", recipe))
	w.settle(made.ID)
	fresh := decode[row](t, w.get("/api/snapshots/"+made.ID))
	if *fresh.Ref != *old.Ref || *fresh.Size != *old.Size {
		t.Errorf("%s of %v GB became %s of %v GB", *old.Ref, *old.Size, *fresh.Ref, *fresh.Size)
	}
}
