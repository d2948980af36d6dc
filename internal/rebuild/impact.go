package rebuild

import (
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

type impactList []model.Impact

func (l *impactList) warn(kind model.ImpactKind, format string, args ...any) {
	*l = append(*l, model.Impact{Kind: kind, Warning: true, Text: fmt.Sprintf(format, args...)})
}

func (l *impactList) note(kind model.ImpactKind, format string, args ...any) {
	*l = append(*l, model.Impact{Kind: kind, Text: fmt.Sprintf(format, args...)})
}

// impactOf lists what a plan changes or loses, warnings first.
func impactOf(p model.Plan, q model.RebuildRequest) []model.Impact {
	var l impactList
	l.regions(p, q)
	l.sameRef(p, q)
	l.source(p)
	l.unchecked(q)
	if p.Snapshot.LastUsedAt.Presence == model.Present {
		l.note(model.ImpactLastUsed, "the time of its last use is lost: it counts as never used")
	}
	if p.Snapshot.State == model.StateInactive {
		l.note(model.ImpactActivates, "it is inactive now and will be active")
	}
	l.note(model.ImpactID, "it gets a new id and a new time of creation")
	slices.SortStableFunc(l, func(a, b model.Impact) int {
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

func (l *impactList) regions(p model.Plan, q model.RebuildRequest) {
	if p.Recipe.RegionID == "" {
		l.warn(model.ImpactDefaultRegion, "it is in no region of the organization: it is created in the default one")
		return
	}
	var lost []string
	for _, id := range p.Snapshot.RegionIDs.Value {
		if id != p.Recipe.RegionID {
			lost = append(lost, regionName(id, q.Regions))
		}
	}
	switch len(lost) {
	case 0:
	case 1:
		l.warn(model.ImpactRegions, "region %s is lost: the API creates in one region", lost[0])
	default:
		l.warn(model.ImpactRegions, "regions %s are lost: the API creates in one region", strings.Join(lost, ", "))
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

// sameRef tells what other snapshots have to do with it.
func (l *impactList) sameRef(p model.Plan, q model.RebuildRequest) {
	if q.Store == nil {
		return
	}
	if i := slices.IndexFunc(q.Store.All(), func(s *model.Snapshot) bool {
		return s.General && s.Name == p.Snapshot.Name
	}); i >= 0 {
		l.warn(model.ImpactGeneral, "until it is created again, the general snapshot of the same name answers for it")
	}
	if p.Recipe.BuildInfo == nil {
		for _, twin := range q.Store.SameRef(p.Snapshot) {
			l.warn(model.ImpactSameRef, "%s has the same ref: a rebuild has been seen to cost the image its copy on the runner", twin.Name)
			return
		}
		return
	}
	if twin := cacheOf(p, q.Store); twin != nil {
		l.warn(model.ImpactCached, "%s has the same ref: nothing is built, its cache serves it", twin.Name)
	}
}

// cacheOf finds the snapshot whose image would serve the new one.
func cacheOf(p model.Plan, store *model.Store) *model.Snapshot {
	same := func(s *model.Snapshot) bool { return s.Ref.Value == p.Snapshot.Ref.Value && s.Ref.Value != "" }
	if p.Edited || p.Mode == model.VerifyFirst {
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
func (l *impactList) source(p model.Plan) {
	r := p.Recipe
	if r.BuildInfo == nil {
		if r.ImageName != "" && !strings.Contains(r.ImageName, "@sha256:") {
			l.warn(model.ImpactTag, "the tag of %s is looked up again and may mean another image now", r.ImageName)
		}
		if len(r.Entrypoint) > 0 {
			l.note(model.ImpactEntrypoint, "its entrypoint is sent as it is, also where it came from the image")
		}
	} else if len(r.BuildInfo.ContextHashes) > 0 {
		l.warn(model.ImpactBuildContext, "it needs the files that were uploaded for it; the server does not tell whether it still has them")
	}
	if p.Mode == model.VerifyFirst {
		l.note(model.ImpactComment, "a comment line is added to its Dockerfile, so that it is really built")
	}
	if r.GPU != nil && *r.GPU > 0 {
		l.warn(model.ImpactGPU, "the server refuses the create while no GPU is free")
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
		l.warn(model.ImpactDefaults, "the server does not tell its %s and will use its defaults", strings.Join(unknown, ", "))
	}
}

// unchecked tells what is only known once the server is asked. It tells the quota to
// those only to whom it tells the organization.
func (l *impactList) unchecked(q model.RebuildRequest) {
	var parts []string
	if q.Regions == nil {
		parts = append(parts, "regions")
	}
	if !q.Access.Known {
		parts = append(parts, "permissions")
	}
	if q.Organization.ID == "" {
		parts = append(parts, "quota")
	}
	if len(parts) > 0 {
		l.note(model.ImpactUnchecked, "not known beforehand: %s", strings.Join(parts, ", "))
	}
}
