package rebuild

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// RecipeOf returns the create request that makes the snapshot again, and why it is not
// known or would not be accepted. mem is sent as memory, gpuType as a list of one, and
// the entrypoint only with an image, since a Dockerfile has its own. The region is the
// given one, since a create takes only one; "" is the organization's default.
func RecipeOf(s *model.Snapshot, region string) (model.Recipe, []model.Refusal) {
	var refused refusals
	recipe := model.Recipe{
		Name:         s.Name,
		RegionID:     region,
		SandboxClass: s.SandboxClass.Value,
		CPU:          refused.whole("cpu", s.CPU),
		Memory:       refused.whole("mem", s.Mem),
		Disk:         refused.whole("disk", s.Disk),
		GPU:          refused.whole("gpu", s.GPU),
	}
	if s.GPUType.Value != "" && recipe.GPU != nil && *recipe.GPU > 0 {
		recipe.GPUType = []string{s.GPUType.Value}
	}
	refused.unreadable("gpuType", s.GPUType.Presence)
	refused.unreadable("sandboxClass", s.SandboxClass.Presence)
	refused.unreadable("regionIds", s.RegionIDs.Presence)
	refused.source(s, &recipe)
	return recipe, refused
}

// regionOf returns the region that a rebuild keeps: the requested one, else the default
// of [model.Snapshot.CreateRegions]. If the organization can use none of the snapshot's
// regions, it is one of these, which the plan refuses. "" is the organization's default.
func regionOf(q model.RebuildRequest) string {
	if q.RegionID != "" {
		return q.RegionID
	}
	if usable := q.Snapshot.CreateRegions(q.Regions, q.Organization.DefaultRegionID); len(usable) > 0 {
		return usable[0].ID
	}
	for _, id := range model.SortRegions(q.Snapshot.RegionIDs.Value, nil) {
		return id
	}
	return ""
}

func isRegion(known []model.Region, id string) bool {
	return known == nil || slices.ContainsFunc(known, func(r model.Region) bool { return r.ID == id })
}

// source copies the image or the Dockerfile into the recipe.
func (r *refusals) source(s *model.Snapshot, recipe *model.Recipe) {
	image, built := s.ImageName.Value, s.BuildInfo.Presence == model.Present
	unreadable := r.unreadable("imageName", s.ImageName.Presence)
	unreadable = r.unreadable("buildInfo", s.BuildInfo.Presence) || unreadable
	switch {
	case unreadable:
	case s.SourceSandboxID.Value != "" || s.SourceSandboxID.Presence == model.Unreadable:
		r.add(model.ReasonSandbox, "it was taken from a sandbox: there is no recipe to create it from")
	case image != "" && built:
		r.add(model.ReasonRecipe, "it has an image and a Dockerfile: which one made it is not known")
	case built:
		r.dockerfile(s, recipe)
	case image != "":
		recipe.ImageName = image
		recipe.Entrypoint = s.Entrypoint.Value
		r.unreadable("entrypoint", s.Entrypoint.Presence)
	default:
		r.add(model.ReasonRecipe, "no image and no Dockerfile known: it was probably taken from a sandbox")
	}
}

func (r *refusals) dockerfile(s *model.Snapshot, recipe *model.Recipe) {
	build := s.Build()
	content, ok := build.Dockerfile()
	if !ok {
		r.add(model.ReasonRecipe, "its Dockerfile is not known")
		return
	}
	r.unreadable("contextHashes", build.ContextHashes.Presence)
	recipe.BuildInfo = &model.RecipeBuild{
		DockerfileContent: content,
		ContextHashes:     slices.Clone(build.ContextHashes.Value),
	}
}

// whole converts a number of the server to one that a create takes, nil if there is
// none.
func (r *refusals) whole(name string, v model.Optional[float64]) *int {
	r.unreadable(name, v.Presence)
	f, ok := v.Get()
	if !ok {
		return nil
	}
	if f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
		r.add(model.ReasonResources, fmt.Sprintf("%s is %v: a create takes whole numbers only", name, f))
		return nil
	}
	n := int(f)
	return &n
}

// unreadable refuses a recipe with a field that this version cannot read: a create
// without it would change the snapshot.
func (r *refusals) unreadable(name string, p model.Presence) bool {
	if p == model.Unreadable {
		r.add(model.ReasonRecipe, name+" has a form that this version does not know")
	}
	return p == model.Unreadable
}

// madeFrom reports whether a snapshot is what a create with the recipe makes. Fields
// that the recipe leaves to the server, or that an older server does not send, are not
// compared.
func madeFrom(recipe model.Recipe, s *model.Snapshot) bool {
	return s.Name == recipe.Name && !s.General &&
		hasSource(recipe, s) &&
		hasNumber(recipe.CPU, s.CPU) && hasNumber(recipe.Memory, s.Mem) &&
		hasNumber(recipe.Disk, s.Disk) && hasNumber(recipe.GPU, s.GPU) &&
		(recipe.RegionID == "" || s.RegionIDs.Presence != model.Present || s.InRegion(recipe.RegionID)) &&
		(recipe.SandboxClass == "" || s.SandboxClass.Or(recipe.SandboxClass) == recipe.SandboxClass)
}

// replacedBy reports whether a snapshot is what a rebuild with the recipe makes, here or
// on another machine: the comment of a verified rebuild makes no difference.
func replacedBy(recipe model.Recipe, s *model.Snapshot) bool {
	content, built := s.Dockerfile()
	if recipe.BuildInfo != nil && built && withoutComment(content) == withoutComment(recipe.BuildInfo.DockerfileContent) {
		recipe = withDockerfile(recipe, content)
	}
	return madeFrom(recipe, s)
}

func hasSource(recipe model.Recipe, s *model.Snapshot) bool {
	if recipe.BuildInfo == nil {
		entrypoint := withoutBlankWords(recipe.Entrypoint)
		return s.BuildInfo.Presence != model.Present && s.ImageName.Value == recipe.ImageName &&
			(len(entrypoint) == 0 || slices.Equal(entrypoint, s.Entrypoint.Value))
	}
	content, _ := s.Dockerfile()
	return content == recipe.BuildInfo.DockerfileContent &&
		slices.Equal(sortedHashes(recipe.BuildInfo.ContextHashes),
			sortedHashes(s.Build().ContextHashes.Value))
}

func hasNumber(want *int, got model.Optional[float64]) bool {
	return want == nil || got.Or(float64(*want)) == float64(*want)
}

// withoutBlankWords removes blank words from an entrypoint, as the server does.
func withoutBlankWords(entrypoint []string) []string {
	blank := func(word string) bool { return strings.TrimSpace(word) == "" }
	return slices.DeleteFunc(slices.Clone(entrypoint), blank)
}

// withDockerfile returns a copy of the recipe with another Dockerfile.
func withDockerfile(recipe model.Recipe, content string) model.Recipe {
	if recipe.BuildInfo != nil {
		build := *recipe.BuildInfo
		build.DockerfileContent = content
		recipe.BuildInfo = &build
	}
	return recipe
}

// sortedHashes returns the hashes in the order in which the server compares them.
func sortedHashes(hashes []string) []string { return slices.Sorted(slices.Values(hashes)) }
