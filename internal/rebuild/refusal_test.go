package rebuild_test

import (
	"errors"
	"testing"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestRefusalSaysOnlyWhy lets a refusal be told after "node-20-agents was not
// rebuilt: ", as the dashboard does, and after "node-20-agents: ", as recover does.
func TestRefusalSaysOnlyWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(model.InPlace)
	w.server.set(w.old.ID, func(r *row) { r.state = model.StateRemoving })
	w.server.access.Permissions = []string{model.PermissionDelete}
	w.lawless = true // somebody else deletes it
	_, err := w.workflow().Run(t.Context(), p, nil)
	if want := "it is being removed already; the API key lacks write:snapshots"; err == nil || err.Error() != want {
		t.Errorf("%v, want %q", err, want)
	}
	_, err = w.workflow().Run(t.Context(), model.Plan{}, nil)
	if !errors.As(err, new(*rebuild.RefusedError)) || err.Error() == "" {
		t.Errorf("an empty plan: %v", err)
	}
}
