package demo_test

import (
	"encoding/json"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

func TestWorldSizes(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 2, 7, 40, 54, 55, 120, 1000} {
		srv := newTestServer(t, demo.Options{Size: size})
		if got := decode[page](t, srv.get("/api/snapshots?limit=1")).Total; got != size {
			t.Errorf("size %d: %d", size, got)
		}
		srv.Advance(time.Hour)
		srv.get("/api/snapshots")
	}
}

// Rebuilding a Dockerfile gives the same size.
func TestSizeDependsOnTheRef(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	old := decode[row](t, srv.get("/api/snapshots/spring-petclinic"))
	var recorded struct {
		BuildInfo struct {
			DockerfileContent string   `json:"dockerfileContent"`
			ContextHashes     []string `json:"contextHashes"`
		} `json:"buildInfo"`
	}
	if err := json.Unmarshal(srv.get("/api/snapshots/spring-petclinic").body, &recorded); err != nil {
		t.Fatal(err)
	}
	srv.send("DELETE", "/api/snapshots/"+old.ID, "")
	srv.Advance(20 * time.Second)
	recipe := encode(t, map[string]any{"name": old.Name, "buildInfo": recorded.BuildInfo})
	made := decode[row](t, srv.send("POST", "/api/snapshots", recipe))
	srv.waitUntilSettled(made.ID)
	fresh := decode[row](t, srv.get("/api/snapshots/"+made.ID))
	if *fresh.Ref != *old.Ref || *fresh.Size != *old.Size {
		t.Errorf("%s with %v GB became %s with %v GB", *old.Ref, *old.Size, *fresh.Ref, *fresh.Size)
	}
}
