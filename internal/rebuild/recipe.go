package rebuild

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// RecipeOf returns what a create has to be sent to get the snapshot again, and
// why that cannot be known or would not be accepted. The mapping: mem is sent as
// memory, gpuType as a list of one, one region of all; the entrypoint only with an
// image, since a Dockerfile brings its own.
//
// Of the regions it takes the first one that the organization can use; where
// known is nil these are not known and it takes the first of all.
func RecipeOf(s *model.Snapshot, known []model.Region) (model.Recipe, []model.Refusal) {
	var refused refusals
	recipe := model.Recipe{
		Name:         s.Name,
		RegionID:     regionOf(s, known),
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

// regionOf picks the region for a create, "" for the organization's default.
func regionOf(s *model.Snapshot, known []model.Region) string {
	ids := s.RegionIDs.Value
	if len(ids) == 0 {
		return ""
	}
	for _, id := range ids {
		if isRegion(known, id) {
			return id
		}
	}
	return ids[0]
}

func isRegion(known []model.Region, id string) bool {
	return known == nil || slices.ContainsFunc(known, func(r model.Region) bool { return r.ID == id })
}

// source copies the image or the Dockerfile into the recipe.
func (r *refusals) source(s *model.Snapshot, recipe *model.Recipe) {
	image, built := s.ImageName.Value, s.BuildInfo.Presence == model.Present
	odd := r.unreadable("imageName", s.ImageName.Presence)
	odd = r.unreadable("buildInfo", s.BuildInfo.Presence) || odd
	switch {
	case odd: // and said so
	case s.SourceSandboxID.Value != "" || s.SourceSandboxID.Presence == model.Unreadable:
		r.add(model.ReasonSandbox, "it was taken from a sandbox and cannot be made by a create")
	case image != "" && built:
		r.add(model.ReasonRecipe, "it has an image and a Dockerfile: which of them made it is not known")
	case built:
		r.dockerfile(s, recipe)
	case image != "":
		recipe.ImageName = image
		recipe.Entrypoint = s.Entrypoint.Value
		r.unreadable("entrypoint", s.Entrypoint.Presence)
	default:
		r.add(model.ReasonRecipe, "the server tells neither an image nor a Dockerfile: it was probably taken from a sandbox")
	}
}

func (r *refusals) dockerfile(s *model.Snapshot, recipe *model.Recipe) {
	build := s.BuildInfo.Value
	content, ok := build.DockerfileContent.Get()
	if !ok {
		r.add(model.ReasonRecipe, "the server does not tell its Dockerfile")
		return
	}
	r.unreadable("contextHashes", build.ContextHashes.Presence)
	recipe.BuildInfo = &model.RecipeBuild{
		DockerfileContent: content,
		ContextHashes:     slices.Clone(build.ContextHashes.Value),
	}
}

// whole turns a number of the server into one that a create takes; nil where
// there is none.
func (r *refusals) whole(name string, v model.Optional[float64]) *int {
	r.unreadable(name, v.Presence)
	f, ok := v.Get()
	if !ok {
		return nil
	}
	if f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
		r.add(model.ReasonResources, fmt.Sprintf("%s is %v, and a create takes whole numbers only", name, f))
		return nil
	}
	n := int(f)
	return &n
}

// unreadable refuses a recipe with a part that the server sent in a form that
// this version does not understand: leaving it out would change the snapshot.
func (r *refusals) unreadable(name string, p model.Presence) bool {
	if p == model.Unreadable {
		r.add(model.ReasonRecipe, name+" is of a form that this version does not know")
	}
	return p == model.Unreadable
}

// isMadeFrom reports whether a snapshot of the organization is what a create with
// the recipe makes. What the recipe leaves to the server, and what an older server
// does not tell, is not compared.
func madeFrom(recipe model.Recipe, s *model.Snapshot) bool {
	return s.Name == recipe.Name && !s.General &&
		hasSource(recipe, s) &&
		hasNumber(recipe.CPU, s.CPU) && hasNumber(recipe.Memory, s.Mem) &&
		hasNumber(recipe.Disk, s.Disk) && hasNumber(recipe.GPU, s.GPU) &&
		(recipe.RegionID == "" || s.RegionIDs.Presence != model.Present || s.InRegion(recipe.RegionID)) &&
		(recipe.SandboxClass == "" || s.SandboxClass.Or(recipe.SandboxClass) == recipe.SandboxClass)
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
			sortedHashes(s.BuildInfo.Value.ContextHashes.Value))
}

func hasNumber(want *int, got model.Optional[float64]) bool {
	return want == nil || got.Or(float64(*want)) == float64(*want)
}

// words is an entrypoint without blank words, which the server drops.
func withoutBlankWords(entrypoint []string) []string {
	blank := func(word string) bool { return strings.TrimSpace(word) == "" }
	return slices.DeleteFunc(slices.Clone(entrypoint), blank)
}

// withDockerfile returns the recipe with another Dockerfile; the given recipe
// stays as it is.
func withDockerfile(recipe model.Recipe, content string) model.Recipe {
	if recipe.BuildInfo != nil {
		build := *recipe.BuildInfo
		build.DockerfileContent = content
		recipe.BuildInfo = &build
	}
	return recipe
}

// sortedHashes is how the server compares and names what a build was given.
func sortedHashes(hashes []string) []string { return slices.Sorted(slices.Values(hashes)) }
