package rebuild_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// newRecipe is the recipe of a snapshot that does not exist, made from the Dockerfile of
// agents.
func newRecipe() model.Recipe {
	like := agents()
	like.id, like.name = "1", "fresh:1"
	recipe, _ := rebuild.RecipeOf(like.snapshot(), "us")
	return recipe
}

func (w *world) createRequest(recipe model.Recipe) model.RebuildRequest {
	return model.RebuildRequest{Mode: model.Create, Recipe: &recipe, Now: w.clock.Now(), Regions: w.server.regions, Access: w.server.access}
}

func (w *world) create(recipe model.Recipe) (model.RebuildResult, error) {
	w.t.Helper()
	return w.workflow().Run(w.t.Context(), rebuild.Preflight(w.createRequest(recipe)), w.record)
}

// TestCreate makes a new snapshot and touches no other one.
func TestCreate(t *testing.T) {
	t.Parallel()
	image := model.Recipe{Name: "fresh:1", ImageName: "debian:12.5", Entrypoint: []string{"sleep", "infinity"}, RegionID: "us"}
	for name, recipe := range map[string]model.Recipe{"dockerfile": newRecipe(), "image": image} {
		w := newWorld(t, agents())
		result, err := w.create(recipe)
		if err != nil || result.Outcome != model.OutcomeRebuilt || result.New.Name != recipe.Name || result.New.State != model.StateActive {
			t.Fatalf("%s: %+v, %v", name, result, err)
		}
		if again, _ := rebuild.RecipeOf(result.New, "us"); again.ImageName != recipe.ImageName || (again.BuildInfo == nil) != (recipe.BuildInfo == nil) {
			t.Errorf("%s: it was made from %+v", name, again)
		}
		if old := w.server.named(w.old.Name); len(old) != 1 || old[0].id != w.old.ID || old[0].state != w.old.State {
			t.Errorf("%s: the old one is %+v", name, old)
		}
		w.wantNoEntry()
	}
}

// TestImpactOfCreate speaks of no snapshot that was there before.
func TestImpactOfCreate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	var got []string
	for _, impact := range rebuild.Preflight(w.createRequest(model.Recipe{Name: "fresh:1", ImageName: "debian:12.5", RegionID: "us"})).Impact {
		got = append(got, impact.Text)
	}
	want := []string{
		"the tag of debian:12.5 is resolved now: other snapshots may have an older image",
		"CPU, memory, disk not given: set to the server's default",
		"quota not checked",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestCreateOfNewIsRefused creates nothing and leaves no entry.
func TestCreateOfNewIsRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*world, *model.Recipe)
		want   string
	}{
		"name taken": {func(w *world, r *model.Recipe) { r.Name = w.old.Name }, "choose another name"},
		"no source":  {func(_ *world, r *model.Recipe) { r.BuildInfo = nil }, "neither an image nor a Dockerfile"},
		"latest":     {func(_ *world, r *model.Recipe) { r.BuildInfo, r.ImageName = nil, "debian:latest" }, "the tag latest"},
		"bad name":   {func(_ *world, r *model.Recipe) { r.Name = "a b" }, "does not accept its name"},
		"region":     {func(_ *world, r *model.Recipe) { r.RegionID = "moon" }, "cannot use region moon"},
		"permission": {func(w *world, _ *model.Recipe) { w.server.access = model.Access{Known: true} }, model.PermissionWrite},
		"server":     {func(w *world, _ *model.Recipe) { w.server.deny = fault(model.Invalid, 400, "no runner") }, "no runner"},
	} {
		w := newWorld(t, agents())
		recipe := newRecipe()
		tc.change(w, &recipe)
		result, err := w.create(recipe)
		if err == nil || !strings.Contains(err.Error(), tc.want) || result.Outcome != model.OutcomeUntouched || result.New != nil || result.Entry != "" {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
		if rows := w.server.named("fresh"); len(rows) > 0 {
			t.Errorf("%s: created %+v", name, rows)
		}
		w.wantNoEntry()
	}
}

// TestCreateOnce creates one snapshot although the answer is lost or another process
// creates the same one.
func TestCreateOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == after {
			w.at = nil
			return fault(model.Network, 0, "connection reset")
		}
		return nil
	}
	if result, err := w.create(newRecipe()); err != nil || len(w.server.named("fresh:1")) != 1 {
		t.Errorf("lost answer: %+v, %v, %d rows", result, err, len(w.server.named("fresh:1")))
	}
	if _, err := w.create(newRecipe()); !errors.As(err, new(*rebuild.RefusedError)) {
		t.Errorf("the second create: %v", err)
	}
}

// TestCrashOfCreate stops the machine at every moment of a create. What is resumed creates
// exactly one snapshot.
func TestCrashOfCreate(t *testing.T) {
	t.Parallel()
	for n := 1; ; n++ {
		w := newWorld(t, agents())
		m := w.crashAt(n)
		_, err := w.create(newRecipe())
		if m.n == 0 {
			if err != nil || n < 8 {
				t.Errorf("without a crash: %v after %d moments", err, n)
			}
			return
		}
		for _, how := range durabletest.Crashes() {
			next := w.next(how)
			all, err := next.journal().List()
			if err != nil {
				t.Fatal(err)
			}
			made := len(next.server.named("fresh:1"))
			if len(all) == 0 {
				continue // nothing was sent yet, or all was done
			}
			if result, err := next.resume(); err != nil || len(next.server.named("fresh:1")) != 1 {
				t.Errorf("crash at %d, %s (%s), %d before: %+v, %v, %d rows", n, *m, how, made, result, err, len(next.server.named("fresh:1")))
			}
			next.wantNoEntry()
		}
	}
}
