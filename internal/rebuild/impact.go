package rebuild

import (
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// impactList collects the impact of a plan.
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
	l.serverCheck(p, q.Release)
	l.unchecked(q)
	l.replaced(p.Snapshot, "inactive now, active afterwards")
	return l.sorted()
}

// replaced adds what every new snapshot in place of an old one changes. activates is the note
// for an inactive one.
func (l *impactList) replaced(old *model.Snapshot, activates string) {
	if old.LastUsedAt.Presence == model.Present {
		l.note(model.ImpactLastUsed, "last-used time is reset")
	}
	if old.State == model.StateInactive {
		l.note(model.ImpactActivates, "%s", activates)
	}
	l.note(model.ImpactID, "new id and creation time")
}

// sorted returns the list with the warnings first.
func (l impactList) sorted() []model.Impact {
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

// maxLostRegions is how many lost regions are named. No real snapshot has more.
const maxLostRegions = 20

func (l *impactList) regions(p model.Plan, q model.RebuildRequest) {
	if p.Recipe.RegionID == "" {
		l.warn(model.ImpactDefaultRegion, "in no region of the organization: created in the default region")
		return
	}
	var lost []string
	for i, id := range model.SortRegions(p.Snapshot.RegionIDs.Value, q.Regions) {
		if len(lost) == maxLostRegions {
			lost = append(lost, fmt.Sprintf("up to %d more", len(p.Snapshot.RegionIDs.Value)-i))
			break
		}
		if id != p.Recipe.RegionID {
			lost = append(lost, regionName(id, q.Regions))
		}
	}
	switch len(lost) {
	case 0:
	case 1:
		l.warn(model.ImpactRegions, "region %s is lost: the API creates in one region only", lost[0])
	default:
		l.warn(model.ImpactRegions, "regions %s are lost: the API creates in one region only", strings.Join(lost, ", "))
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

// sameRef adds what other snapshots with the same ref or name change.
func (l *impactList) sameRef(p model.Plan, q model.RebuildRequest) {
	if q.Store == nil {
		return
	}
	if i := slices.IndexFunc(q.Store.All(), func(s *model.Snapshot) bool {
		return s.General && s.Name == p.Snapshot.Name
	}); i >= 0 {
		l.warn(model.ImpactGeneral, "a general snapshot has the same name and is used until the new one exists")
	}
	if p.Recipe.BuildInfo == nil {
		for _, other := range q.Store.SameRef(p.Snapshot) {
			l.warn(model.ImpactSameRef, "same ref as %s: the image may lose its copy on the runner", other.Name)
			return
		}
		return
	}
	if other := cachedBy(p, q.Store); other != nil {
		l.warn(model.ImpactCached, "same ref as %s: served from cache, no build", other.Name)
	}
}

// cachedBy returns the active snapshot that will serve the new one from its cache.
func cachedBy(p model.Plan, store *model.Store) *model.Snapshot {
	same := func(s *model.Snapshot) bool { return s.Ref.Value == p.Snapshot.Ref.Value && s.Ref.Value != "" }
	if p.Edited || p.Mode == model.VerifyFirst || p.Mode == model.Create {
		ref := p.Recipe.BuildInfo.Ref()
		same = func(s *model.Snapshot) bool { return s.Build().SnapshotRef.Value == ref }
	}
	for _, s := range store.All() {
		if s.ID != p.Snapshot.ID && s.State == model.StateActive && same(s) {
			return s
		}
	}
	return nil
}

// source adds what may differ in the new snapshot.
func (l *impactList) source(p model.Plan) {
	tag, absent := "the tag of %s is resolved again and may point to another image", "%s not known: set to the server's default"
	if p.Mode == model.Create { // nothing was there before
		tag, absent = "the tag of %s is resolved now: other snapshots may have an older image", "%s not given: set to the server's default"
	}
	r := p.Recipe
	if r.BuildInfo == nil {
		if r.ImageName != "" && !strings.Contains(r.ImageName, "@sha256:") {
			l.warn(model.ImpactTag, tag, r.ImageName)
		}
		if len(r.Entrypoint) > 0 {
			l.note(model.ImpactEntrypoint, "entrypoint is sent explicitly, even if it came from the image")
		}
	} else if len(r.BuildInfo.ContextHashes) > 0 {
		l.warn(model.ImpactBuildContext, "uses an uploaded build context, which may have expired")
	}
	if p.Mode == model.VerifyFirst {
		l.note(model.ImpactComment, "a comment is added to the Dockerfile to force a build")
	}
	if r.GPU != nil && *r.GPU > 0 {
		l.warn(model.ImpactGPU, "needs a free GPU, or the server refuses the create")
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
		l.warn(model.ImpactDefaults, absent, strings.Join(unknown, ", "))
	}
}

// serverCheck adds what the server check does not prove.
func (l *impactList) serverCheck(p model.Plan, release string) {
	switch {
	case !p.ServerCheck:
	case release == "" || checksNameLast(release):
		l.note(model.ImpactServerCheck, "server check proves neither the image nor the uploaded context")
	default:
		l.note(model.ImpactServerCheck, "server check may prove nothing: release %s may check the name first", release)
	}
}

// unchecked adds what is known only once the server is asked. The server shows the
// quota to those who can read the organization.
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
		l.note(model.ImpactUnchecked, "%s not checked", strings.Join(parts, ", "))
	}
}
