package rebuild

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"daytona/snapdeck/model"
)

// planCreate plans the create of a new snapshot, see [Preflight]. The snapshot of the plan is
// the planned one.
func planCreate(q model.RebuildRequest) model.Plan {
	var recipe model.Recipe
	if q.Recipe != nil {
		recipe = *q.Recipe
	}
	var refused refusals
	if recipe.BuildInfo == nil && recipe.ImageName == "" {
		refused.add(model.ReasonRecipe, "it has neither an image nor a Dockerfile")
	}
	s, err := plannedSnapshot(recipe)
	if err != nil {
		refused.add(model.ReasonRecipe, err.Error())
		return model.Plan{Mode: q.Mode, Refusals: refused}
	}
	p := planOnlyCreate(q, s, recipe, refused)
	var l impactList
	if recipe.RegionID == "" {
		l.warn(model.ImpactDefaultRegion, "created in the default region of the organization")
	}
	if recipe.BuildInfo != nil && q.Store != nil {
		if other := cachedBy(p, q.Store); other != nil {
			l.note(model.ImpactCached, "same ref as %s: served from cache, no build", other.Name)
		}
	}
	l.source(p)
	l.unchecked(q)
	p.Impact = l.sorted()
	return p
}

// plannedSnapshot returns the snapshot that a create with the recipe makes, with an id that no
// server uses. The id depends on the name only, so two creates of one name cannot run at once.
func plannedSnapshot(recipe model.Recipe) (*model.Snapshot, error) {
	sum := sha256.Sum256([]byte(recipe.Name))
	planned := map[string]any{
		"id": "new-" + hex.EncodeToString(sum[:8]), "name": recipe.Name, "state": model.StatePending,
		"cpu": recipe.CPU, "mem": recipe.Memory, "disk": recipe.Disk, "gpu": recipe.GPU,
	}
	if recipe.RegionID != "" {
		planned["regionIds"] = []string{recipe.RegionID}
	}
	if recipe.SandboxClass != "" {
		planned["sandboxClass"] = recipe.SandboxClass
	}
	if b := recipe.BuildInfo; b != nil {
		planned["buildInfo"] = map[string]any{"dockerfileContent": b.DockerfileContent, "contextHashes": b.ContextHashes, "snapshotRef": b.Ref()}
	} else {
		planned["imageName"], planned["entrypoint"] = recipe.ImageName, recipe.Entrypoint
	}
	raw, err := json.Marshal(planned)
	if err != nil {
		return nil, err
	}
	return model.Decode(raw)
}
