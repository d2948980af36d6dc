package rebuild

import (
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// Request is what somebody wants.
type Request struct {
	Snapshot   *model.Snapshot
	Mode       Mode
	Dockerfile *string   // an edited one; nil is the snapshot's own
	Now        time.Time // makes the candidate's name and comment unique
}

// Facts is what is known, from polls, when a rebuild is asked for. What is not
// known is allowed: the workflow asks again before it deletes.
type Facts struct {
	Store        *model.Store       // for twins and shadowed names; nil is not known
	Regions      []model.Region     // of the organization; nil is not known
	Access       model.Access       // the zero value is not known
	Organization model.Organization // the zero value is not known
	Journal      error              // why the recipe cannot be saved, see [Journal.Ready]
}

// Plan is what a rebuild would do, and what it would cost.
type Plan struct {
	Snapshot  *model.Snapshot
	Mode      Mode
	Recipe    model.Recipe // of the new snapshot
	Candidate model.Recipe // the zero value in place
	Refusals  []Refusal    // why not; none means that it may be begun
	Losses    []Loss       // what it changes or loses
	Calls     []Call       // what it sends, in this order

	base   model.Recipe // what the snapshot is made from now
	edited bool
}

// Call is one step of a plan as it is sent to the server.
type Call struct {
	Method string // DELETE, POST, or GET for waiting
	Path   string // below the API's URL; an id that is not known yet is {id}
	Text   string // what it is for; may quote names
}

// Refused reports whether the rebuild must not be begun.
func (p Plan) Refused() bool { return len(p.Refusals) > 0 || p.Snapshot == nil }

// Preflight finds what the server would refuse after the delete, as far as that is
// known without asking, and tells what will be called and lost. It asks nobody and
// changes nothing: the workflow asks for the rest, quota too, before it does.
func Preflight(q Request, f Facts) Plan {
	s := q.Snapshot
	base, found := RecipeOf(s, f.Regions)
	p := Plan{Snapshot: s, Mode: q.Mode, Recipe: base, base: base}
	refused := refusals(found)
	p.edit(q, &refused)

	refused.snapshot(s)
	refused.recipe(p.Recipe)
	refused.region(p.Recipe.RegionID, f.Regions)
	refused.access(f.Access)
	if f.Organization.Suspended {
		refused.add(ReasonSuspended, "the organization is suspended: it may delete, but not create")
	}
	if f.Journal != nil {
		refused.add(ReasonJournal, "the recipe cannot be saved: "+f.Journal.Error())
	}
	p.Refusals = refused
	p.Losses = losses(p, f)
	p.Calls = p.calls(f.Regions)
	return p
}

// edit puts an edited Dockerfile and the candidate's comment into the recipe.
func (p *Plan) edit(q Request, refused *refusals) {
	if p.Recipe.BuildInfo == nil {
		if q.Dockerfile != nil {
			refused.add(ReasonMode, "it is not made from a Dockerfile")
		}
		if q.Mode == VerifyFirst && p.Recipe.ImageName != "" {
			refused.add(ReasonMode, "verify first is for Dockerfiles: an image that had a twin can lose its copy on the runner")
		}
		return
	}
	if q.Dockerfile != nil {
		p.edited = *q.Dockerfile != p.base.BuildInfo.DockerfileContent
		p.Recipe = withDockerfile(p.Recipe, *q.Dockerfile)
	}
	if q.Mode == VerifyFirst {
		mark := nonce(q.Snapshot.ID, q.Now)
		p.Recipe = withDockerfile(p.Recipe, stamped(p.Recipe.BuildInfo.DockerfileContent, mark, q.Now))
		p.Candidate = candidateOf(p.Recipe, mark)
	}
}

// calls lists what the plan sends.
func (p Plan) calls(known []model.Region) []Call {
	old := model.SnapshotPath(p.Snapshot.ID)
	inPlace := []Call{
		{"DELETE", old, p.Snapshot.Name},
		{"GET", old, "until the name is free: about 10 s in which no sandbox can start from it"},
		{"POST", "/snapshots", describe(p.Recipe, p.edited, known)},
	}
	if p.Mode != VerifyFirst {
		return inPlace
	}
	inPlace[2].Text = "from the candidate's Dockerfile: nothing is left to build"
	first := []Call{
		{"POST", "/snapshots", p.Candidate.Name + ": " + describe(p.Candidate, p.edited, known)},
		{"GET", "/snapshots/{id}", "until the candidate is active; nothing else is touched before"},
	}
	return append(append(first, inPlace...), Call{"DELETE", "/snapshots/{id}", p.Candidate.Name})
}

// describe says in a line what a recipe makes.
func describe(recipe model.Recipe, edited bool, known []model.Region) string {
	parts := []string{"the same Dockerfile"}
	switch {
	case recipe.BuildInfo == nil:
		parts[0] = "image " + recipe.ImageName
	case edited:
		parts[0] = "the edited Dockerfile"
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
