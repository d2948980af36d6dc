package rebuild

import (
	"fmt"
	"strings"

	"daytona/snapdeck/model"
)

// Preflight plans a rebuild. It finds what the server would refuse after the delete,
// as far as the request knows, and lists the calls and the impact. It sends nothing:
// [Workflow.Run] asks the server for the rest, such as the quota, before it deletes. The plan
// of [model.Restore] creates the snapshot from its saved or remembered recipe, and that of
// [model.Create] from the recipe of the request.
func Preflight(q model.RebuildRequest) model.Plan {
	switch q.Mode {
	case model.Restore:
		return planRestore(q)
	case model.Create:
		return planCreate(q)
	}
	s := q.Snapshot
	base, found := RecipeOf(s, regionOf(q))
	p := model.Plan{Snapshot: s, Mode: q.Mode, Recipe: base, Base: base}
	if q.Store != nil {
		p.OrganizationID = q.Store.OrganizationID()
	}
	refused := refusals(found)
	applyRequest(&p, q, &refused)

	refused.snapshot(s)
	refused.recipe(p.Recipe)
	refused.region(p.Recipe.RegionID, s, q.Regions)
	refused.access(q.Access)
	if q.Organization.Suspended {
		refused.add(model.ReasonSuspended, "the organization is suspended: it can delete, but not create")
	}
	if q.JournalErr != nil {
		refused.add(model.ReasonJournal, "the recipe cannot be saved: "+q.JournalErr.Error())
	}
	p.Refusals = refused
	p.ServerCheck = q.ServerCheck && p.Mode == model.InPlace && !p.Edited
	p.Impact = impactOf(p, q)
	p.Calls = callsOf(p, q.Regions)
	return p
}

// applyRequest puts an edited Dockerfile and the candidate's comment into the recipe.
func applyRequest(p *model.Plan, q model.RebuildRequest, refused *refusals) {
	if p.Recipe.BuildInfo == nil {
		if q.Dockerfile != nil {
			refused.add(model.ReasonMode, "it is not made from a Dockerfile")
		}
		if q.Mode == model.VerifyFirst && p.Recipe.ImageName != "" {
			refused.add(model.ReasonMode, "no verify first for images: when the candidate is removed, the runner can lose the image")
		}
		return
	}
	if q.Dockerfile != nil {
		p.Edited = *q.Dockerfile != p.Base.BuildInfo.DockerfileContent
		p.Recipe = withDockerfile(p.Recipe, *q.Dockerfile)
	}
	if q.Mode == model.VerifyFirst {
		mark := nonce(q.Snapshot.ID, q.Now)
		p.Recipe = withDockerfile(p.Recipe, withComment(p.Recipe.BuildInfo.DockerfileContent, mark, q.Now))
		p.Candidate = candidateOf(p.Recipe, mark)
	}
}

// callsOf lists what the plan sends.
func callsOf(p model.Plan, known []model.Region) []model.PlannedCall {
	old, wait := model.SnapshotPath(p.Snapshot.ID), "wait for 404 (about 10 s)"
	if p.Snapshot.State == model.StateActive {
		wait += ": no new sandbox can use it"
	}
	inPlace := []model.PlannedCall{
		{Method: "DELETE", Path: old, Text: p.Snapshot.Name},
		{Method: "GET", Path: old, Text: wait},
		{Method: "POST", Path: "/snapshots", Text: describe(p.Recipe, dockerfileOf(p), known)},
	}
	switch {
	case p.ServerCheck:
		check := model.PlannedCall{Method: "POST", Path: "/snapshots", Text: "server check: sent while the name is taken, creates nothing"}
		return append([]model.PlannedCall{check}, inPlace...)
	case p.Mode != model.VerifyFirst:
		return inPlace
	}
	inPlace[2].Text = "the candidate's Dockerfile: served from cache, no build"
	first := []model.PlannedCall{
		{Method: "POST", Path: "/snapshots", Text: p.Candidate.Name + ": " + describe(p.Candidate, dockerfileOf(p), known)},
		{Method: "GET", Path: "/snapshots/{id}", Text: "wait until the candidate is active; nothing else changes before"},
	}
	return append(append(first, inPlace...), model.PlannedCall{Method: "DELETE", Path: "/snapshots/{id}", Text: p.Candidate.Name})
}

// dockerfileOf says which Dockerfile the new snapshot is built from.
func dockerfileOf(p model.Plan) string {
	switch {
	case p.Mode == model.Create:
		return "a Dockerfile"
	case p.Edited:
		return "the edited Dockerfile"
	default:
		return "the same Dockerfile"
	}
}

// describe summarizes a recipe in one line.
func describe(recipe model.Recipe, dockerfile string, known []model.Region) string {
	parts := []string{dockerfile}
	if recipe.BuildInfo == nil {
		parts[0] = "image " + recipe.ImageName
	}
	add := func(format string, n *int) {
		if n != nil && *n > 0 {
			parts = append(parts, fmt.Sprintf(format, *n))
		}
	}
	add("%d CPU", recipe.CPU)
	add("%d GiB memory", recipe.Memory)
	add("%d GiB disk", recipe.Disk)
	add("%d GPU", recipe.GPU)
	if recipe.RegionID == "" {
		return strings.Join(append(parts, "the default region"), ", ")
	}
	return strings.Join(append(parts, "region "+regionName(recipe.RegionID, known)), ", ")
}
