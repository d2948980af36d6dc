package rebuild

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// Effect is a kind of thing that a rebuild changes or loses.
type Effect string

// The effects.
const (
	EffectID            Effect = "id"             // always: the id and the time of creation
	EffectRegions       Effect = "regions"        // a create takes one region only
	EffectDefaultRegion Effect = "default region" // it names no region
	EffectUse           Effect = "last use"       // the new one counts as never used
	EffectAwakes        Effect = "awakes"         // it was inactive
	EffectCache         Effect = "cache"          // an active twin serves it, nothing is built
	EffectTwin          Effect = "twin"           // an image whose twin may cost it its copy
	EffectTag           Effect = "tag"            // the tag is looked up again
	EffectEntrypoint    Effect = "entrypoint"     // sent as it is, though it may be the image's
	EffectContext       Effect = "context"        // uploaded files that may be gone
	EffectShadowed      Effect = "general"        // a general snapshot answers meanwhile
	EffectGPU           Effect = "gpu"            // refused while no GPU is free
	EffectDefaults      Effect = "default"        // what the server did not tell
	EffectComment       Effect = "comment"        // in the Dockerfile
	EffectUnchecked     Effect = "unchecked"      // what could not be looked at beforehand
)

// OfMany says in a confirmation for many what follows their number, as in "12 lose
// regions".
func (e Effect) OfMany() string {
	texts := map[Effect]string{
		EffectID:            "get a new id and a new time of creation",
		EffectRegions:       "lose regions: the API creates in one region",
		EffectDefaultRegion: "are in no region of the organization and are created in the default one",
		EffectUse:           "lose the time of their last use and count as never used",
		EffectAwakes:        "are inactive now and will be active",
		EffectCache:         "have an active twin: nothing is built, its cache serves them",
		EffectTwin:          "have a twin: a rebuild has been seen to cost the image its copy on the runner",
		EffectTag:           "are made from a tag that is looked up again and may mean another image now",
		EffectEntrypoint:    "have an entrypoint that is sent as it is, also where it came from the image",
		EffectContext:       "need files that were uploaded for them; the server does not tell whether it still has them",
		EffectShadowed:      "have the name of a general snapshot, which answers for them meanwhile",
		EffectGPU:           "have a GPU: the server refuses the create while none is free",
		EffectDefaults:      "get the server's defaults for resources that it does not tell",
		EffectComment:       "get a comment line in their Dockerfile",
		EffectUnchecked:     "were not checked in all: regions, permissions or quota are not known",
	}
	return cmp.Or(texts[e], string(e))
}

// Loss is one thing that a rebuild changes or loses. Text is one line for people;
// it may quote names that came from the server.
type Loss struct {
	Effect  Effect
	Warning bool // somebody may be sorry about it
	Text    string
}

type lossList []Loss

func (l *lossList) warn(e Effect, format string, args ...any) {
	*l = append(*l, Loss{Effect: e, Warning: true, Text: fmt.Sprintf(format, args...)})
}

func (l *lossList) note(e Effect, format string, args ...any) {
	*l = append(*l, Loss{Effect: e, Text: fmt.Sprintf(format, args...)})
}

// losses lists what a plan changes or loses, the worst first.
func losses(p Plan, f Facts) []Loss {
	var l lossList
	l.regions(p, f)
	l.twins(p, f)
	l.source(p)
	l.unchecked(f)
	if p.Snapshot.LastUsedAt.Presence == model.Present {
		l.note(EffectUse, "the time of its last use is lost: it counts as never used")
	}
	if p.Snapshot.State == model.StateInactive {
		l.note(EffectAwakes, "it is inactive now and will be active")
	}
	l.note(EffectID, "it gets a new id and a new time of creation")
	slices.SortStableFunc(l, func(a, b Loss) int {
		switch {
		case a.Warning == b.Warning:
			return 0
		case a.Warning:
			return -1
		default:
			return 1
		}
	})
	return l
}

func (l *lossList) regions(p Plan, f Facts) {
	if p.Recipe.RegionID == "" {
		l.warn(EffectDefaultRegion, "it is in no region of the organization: it is created in the default one")
		return
	}
	var lost []string
	for _, id := range p.Snapshot.RegionIDs.Value {
		if id != p.Recipe.RegionID {
			lost = append(lost, regionName(id, f.Regions))
		}
	}
	switch len(lost) {
	case 0:
	case 1:
		l.warn(EffectRegions, "region %s is lost: the API creates in one region", lost[0])
	default:
		l.warn(EffectRegions, "regions %s are lost: the API creates in one region", strings.Join(lost, ", "))
	}
}

func regionName(id string, known []model.Region) string {
	for _, region := range known {
		if region.ID == id && region.Name != "" {
			return region.Name
		}
	}
	return id
}

// twins tells what other snapshots have to do with it.
func (l *lossList) twins(p Plan, f Facts) {
	if f.Store == nil {
		return
	}
	if i := slices.IndexFunc(f.Store.All(), func(s *model.Snapshot) bool {
		return s.General && s.Name == p.Snapshot.Name
	}); i >= 0 {
		l.warn(EffectShadowed, "until it is created again, the general snapshot of the same name answers for it")
	}
	if p.Recipe.BuildInfo == nil {
		for _, twin := range f.Store.SameRef(p.Snapshot) {
			l.warn(EffectTwin, "%s has the same ref: a rebuild has been seen to cost the image its copy on the runner", twin.Name)
			return
		}
		return
	}
	if twin := cacheOf(p, f.Store); twin != nil {
		l.warn(EffectCache, "%s has the same ref: nothing is built, its cache serves it", twin.Name)
	}
}

// cacheOf finds the snapshot whose image would serve the new one.
func cacheOf(p Plan, store *model.Store) *model.Snapshot {
	same := func(s *model.Snapshot) bool { return s.Ref.Value == p.Snapshot.Ref.Value && s.Ref.Value != "" }
	if p.edited || p.Mode == VerifyFirst {
		ref := p.Recipe.BuildInfo.Ref()
		same = func(s *model.Snapshot) bool { return s.BuildInfo.Value.SnapshotRef.Value == ref }
	}
	for _, s := range store.All() {
		if s.ID != p.Snapshot.ID && s.State == model.StateActive && same(s) {
			return s
		}
	}
	return nil
}

// source tells what may come out differently.
func (l *lossList) source(p Plan) {
	r := p.Recipe
	if r.BuildInfo == nil {
		if r.ImageName != "" && !strings.Contains(r.ImageName, "@sha256:") {
			l.warn(EffectTag, "the tag of %s is looked up again and may mean another image now", r.ImageName)
		}
		if len(r.Entrypoint) > 0 {
			l.note(EffectEntrypoint, "its entrypoint is sent as it is, also where it came from the image")
		}
	} else if len(r.BuildInfo.ContextHashes) > 0 {
		l.warn(EffectContext, "it needs the files that were uploaded for it; the server does not tell whether it still has them")
	}
	if p.Mode == VerifyFirst {
		l.note(EffectComment, "a comment line is added to its Dockerfile, so that it is really built")
	}
	if r.GPU != nil && *r.GPU > 0 {
		l.warn(EffectGPU, "the server refuses the create while no GPU is free")
	}
	var unknown []string
	for _, part := range []struct {
		name  string
		value *int
	}{{"CPU", r.CPU}, {"memory", r.Memory}, {"disk", r.Disk}} {
		if part.value == nil {
			unknown = append(unknown, part.name)
		}
	}
	if len(unknown) > 0 {
		l.warn(EffectDefaults, "the server does not tell its %s and will use its defaults", strings.Join(unknown, ", "))
	}
}

// unchecked tells what is only known once the server is asked. It tells the quota to
// those only to whom it tells the organization.
func (l *lossList) unchecked(f Facts) {
	var parts []string
	if f.Regions == nil {
		parts = append(parts, "regions")
	}
	if !f.Access.Known {
		parts = append(parts, "permissions")
	}
	if f.Organization.ID == "" {
		parts = append(parts, "quota")
	}
	if len(parts) > 0 {
		l.note(EffectUnchecked, "not known beforehand: %s", strings.Join(parts, ", "))
	}
}
