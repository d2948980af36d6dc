package rebuild_test

import (
	"errors"
	"testing"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestRefusalText checks that a refusal reads well after "node-20-agents was not
// rebuilt: ", as in the dashboard, and after "node-20-agents: ", as in recover.
func TestRefusalText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(model.InPlace)
	w.server.set(w.old.ID, func(r *row) { r.state = model.StateRemoving })
	w.server.access.Permissions = []string{model.PermissionDelete}
	w.othersAct = true // it is deleted elsewhere
	_, err := w.workflow().Run(t.Context(), p, nil)
	if want := "it is being removed already; the credential lacks the permission write:snapshots"; err == nil || err.Error() != want {
		t.Errorf("%v, want %q", err, want)
	}
	_, err = w.workflow().Run(t.Context(), model.Plan{}, nil)
	if !errors.As(err, new(*rebuild.RefusedError)) || err.Error() == "" {
		t.Errorf("an empty plan: %v", err)
	}
}
