package demo

import (
	"math"
	"math/rand/v2"
	"strings"
)

// seedWorld returns the world at its start: the fixtures, then samples up to the size, and the
// scheduled events.
func seedWorld(o Options) *world {
	w := newWorld(o)
	r := stream(o.Seed, 3)
	for i := range regions {
		w.runnerByRegion[regions[i].id] = uuid(r)
	}
	for i := range fixtures {
		if i < o.Size {
			w.addFixture(r, &fixtures[i])
		}
	}
	for n := len(fixtures); n < o.Size; n++ {
		w.addSample(r)
	}
	w.addUnlisted(r)
	w.busy = w.pickBusy(r)
	w.seedAudit()
	w.scheduleScript()
	return w
}

// hours converts hours to milliseconds.
func hours(h float64) millis { return millis(h * float64(hour)) }

// addFixture adds a fixture.
func (w *world) addFixture(r *rand.Rand, f *fixture) {
	s := &snapshot{
		id: uuid(r), org: OrganizationID, name: f.name, image: f.image, state: f.state, size: f.size,
		cpu: f.cpu, mem: f.mem, disk: f.disk, gpuType: f.gpu, class: "container", protected: true,
		regions: regionIDs(f.regions), entrypoint: f.entrypoint, removalStuck: f.removalStuck,
	}
	s.created = w.start - hours(f.age) - millis(r.IntN(40*int(second)))
	if f.used > 0 {
		s.used = w.start - hours(f.used) + millis(r.IntN(20*int(second)))
	}
	if f.gpu != "" {
		s.gpu = 1
	}
	if f.class != "" {
		s.class = f.class
	}
	if f.hoursUntilDeactivation > 0 {
		s.used = w.start + hours(f.hoursUntilDeactivation) - idleLimit
	}
	w.setFixtureOrigin(r, s, f)
	w.setFixtureState(s, f)
	w.add(s)
}

// setFixtureOrigin sets the organization and the source of a fixture.
func (w *world) setFixtureOrigin(r *rand.Rand, s *snapshot, f *fixture) {
	switch {
	case f.generalOf == noOrganization:
		s.general, s.org = true, ""
	case f.generalOf != "":
		s.general, s.org = true, f.generalOf
	}
	switch {
	case f.sameRefAs != "" && w.ownByName[f.sameRefAs] != nil:
		same := w.ownByName[f.sameRefAs]
		s.build, s.ref, s.entrypoint = same.build, same.ref, same.entrypoint
	case f.template != "":
		template, version, _ := strings.Cut(f.template, " ")
		w.setBuild(r, s, template, version)
	case f.fromSandbox:
		s.sourceSandbox = uuid(r)
		if s.state == active {
			s.ref = registry + imageRef(randomDigest(r))
		}
	case f.image != "" && s.state != pending:
		s.ref = registry + imageRef(imageDigest(f.image))
	}
}

// setFixtureState sets the properties that depend on a fixture's state.
func (w *world) setFixtureState(s *snapshot, f *fixture) {
	switch s.state {
	case pending, building, pulling, snapshotting:
		s.updated = s.created
	case inactive:
		s.updated = s.used + idleLimit + 4*minute
	default:
		s.updated = max(s.created+2*minute, s.used)
	}
	if failure, ok := fixtureFailures[s.name]; ok {
		w.recordFailure(s, failure)
		if s.state == failed || s.state == buildFailed {
			s.reason = failure.reason
		}
		if failure.beforePull {
			s.ref = ""
		}
	}
	if w.hasRunner(s) {
		s.runner = w.runnerByRegion[s.regions[0]]
	}
	if s.state == building && s.size == 0 {
		s.size = noSize
	}
	if f.size == 0 && s.size == 0 && s.name != "UPPER_Case.Name-1" {
		s.size = syntheticSize(s.ref)
	}
	if s.size > 0 {
		w.sizeByRef[s.ref] = s.size // rebuilding gives the same size
	}
}

// hasRunner reports whether a row was assigned to a runner. A failed build without a reason never
// was.
func (w *world) hasRunner(s *snapshot) bool {
	switch s.state {
	case pending, snapshotting:
		return false
	case buildFailed:
		return s.reason != ""
	}
	return len(s.regions) > 0 && s.class != "windows"
}

// recordFailure makes a failure repeat with the same recipe.
func (w *world) recordFailure(s *snapshot, f failure) {
	switch {
	case f.reason == timeoutReason: // the next build may succeed
	case s.build != nil:
		w.failures[s.build.ref] = f
	default:
		w.failures[s.image] = f
	}
}

// setBuild sets the Dockerfile of a row.
func (w *world) setBuild(r *rand.Rand, s *snapshot, template, version string) {
	t := w.templates.get(template)
	text := t.render(r, s.name, version)
	s.build = w.buildInfo(text, t.contextHashes(r), s.created)
	s.ref = registry + s.build.ref
	s.entrypoint = entrypointOf(text)
}

// regionIDs returns the ids of regions by their names. Without names it is an empty list, not null.
func regionIDs(names string) []string {
	ids := []string{}
	for name := range strings.FieldsSeq(names) {
		for i := range regions {
			if regions[i].name == name {
				ids = append(ids, regions[i].id)
			}
		}
	}
	return ids
}

// addSample adds a generated snapshot: about three in four are active and were used within the last
// two weeks.
func (w *world) addSample(r *rand.Rand) {
	generated := newSample(r, w.nameTaken)
	s := &snapshot{
		id: uuid(r), org: OrganizationID, name: generated.name, image: generated.image, state: active,
		cpu: 1 + r.IntN(4), class: "container", regions: randomRegions(r),
	}
	s.mem = 2 * s.cpu
	s.disk = 3 + r.IntN(12)
	s.runner = w.runnerByRegion[s.regions[0]]
	switch chance := r.IntN(100); {
	case chance < 21:
		s.state = inactive
		s.used = w.start - idleLimit - hours(20+r.ExpFloat64()*1400)
		s.updated = s.used + idleLimit + millis(r.IntN(int(idleCheckInterval)))
		s.created = s.used - hours(5+r.ExpFloat64()*1500)
	case chance < 24:
		s.state = failed
		s.created = w.start - hours(.5+r.ExpFloat64()*150)
		s.updated = s.created + 40*second
	default:
		s.used = w.start - hours(math.Mod(.05+r.ExpFloat64()*70, 325)) - millis(r.IntN(int(second)))
		s.created = s.used - hours(1+r.ExpFloat64()*900)
		s.updated = s.used
	}
	w.setSampleOrigin(r, s, generated)
	s.name = w.versionedName(s)
	w.add(s)
}

func (w *world) setSampleOrigin(r *rand.Rand, s *snapshot, generated sample) {
	if generated.template != "" {
		w.setBuild(r, s, generated.template, generated.version)
	} else {
		s.ref = registry + imageRef(imageDigest(generated.image))
		if r.IntN(3) == 0 {
			s.entrypoint = []string{"sleep", "infinity"}
		}
	}
	s.size = syntheticSize(s.ref)
	if s.state == failed {
		f := w.randomFailure(r, s)
		s.reason, s.size = f.reason, noSize
	}
}

func (w *world) nameTaken(name string) bool {
	return w.ownByName[name] != nil || w.generalByName[name] != nil
}

// randomRegions returns the regions of a generated snapshot, mostly one.
func randomRegions(r *rand.Rand) []string {
	sets := []string{"us", "us", "us", "us", "eu", "eu", "eu", "ap", "us eu", "us eu", "us eu ap", "acme-dc1", "us acme-dc1"}
	return regionIDs(sets[r.IntN(len(sets))])
}

// addUnlisted adds snapshots that the organization does not list: one of another organization and a
// hidden general one.
func (w *world) addUnlisted(r *rand.Rand) {
	for _, s := range []*snapshot{
		{name: "globex-secret", org: otherOrganization},
		{name: "hidden-general", org: otherOrganization, general: true},
	} {
		s.id, s.image, s.class, s.unlisted, s.state = uuid(r), "daytonaio/internal:1.0", "container", true, active
		s.cpu, s.mem, s.disk, s.size, s.regions = 1, 1, 3, 1, []string{"us"}
		s.created, s.updated = w.start-21*day, w.start-10*day
		s.ref = registry + imageRef(imageDigest(s.name))
		w.add(s)
	}
}

// pickBusy returns the snapshots from which sandboxes are started regularly.
func (w *world) pickBusy(r *rand.Rand) []*snapshot {
	var busy []*snapshot
	for _, name := range []string{"node-20-agents", "python-3-13-base", "node-24-agents"} {
		if s := w.ownByName[name]; s != nil {
			busy = append(busy, s)
		}
	}
	if s := w.generalByName["daytona-small"]; s != nil {
		busy = append(busy, s)
	}
	for _, s := range w.rows {
		if len(busy) >= 15 {
			break
		}
		if !s.protected && s.state == active && r.IntN(3) == 0 {
			busy = append(busy, s)
		}
	}
	return busy
}
