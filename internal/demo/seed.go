package demo

import (
	"math"
	"math/rand/v2"
	"strings"
)

// seed makes the world as it is at the start: the cast, then invented snapshots up to the size, and the story
// of the first half minute.
func seed(o Options) *world {
	w := newWorld(o)
	r := stream(o.Seed, 3)
	for i := range regions {
		w.runners[regions[i].id] = uuid(r)
	}
	for i := range cast {
		if i < o.Size {
			w.play(r, &cast[i])
		}
	}
	for n := len(cast); n < o.Size; n++ {
		w.extra(r)
	}
	w.strangers(r)
	w.busy = w.busiest(r)
	w.open()
	return w
}

// hours is a span that is written in hours.
func hours(h float64) instant { return instant(h * float64(hour)) }

// play puts a role into the world.
func (w *world) play(r *rand.Rand, p *role) {
	s := &snapshot{
		id: uuid(r), org: OrganizationID, name: p.name, image: p.image, state: p.state, size: p.size,
		cpu: p.cpu, mem: p.mem, disk: p.disk, gpuType: p.traits.gpu, class: "container", cast: true,
		regions: regionIDs(p.regions), entrypoint: p.traits.entrypoint, stuck: p.traits.stuck,
	}
	s.created = w.start - hours(p.age) - instant(r.IntN(40*int(second)))
	if p.used > 0 {
		s.used = w.start - hours(p.used) + instant(r.IntN(20*int(second)))
	}
	if p.traits.gpu != "" {
		s.gpu = 1
	}
	if p.traits.class != "" {
		s.class = p.traits.class
	}
	if p.traits.lastsFor > 0 {
		s.used = w.start + hours(p.traits.lastsFor) - sleepAfter
	}
	w.castOrigin(r, s, p)
	w.castState(s, p)
	w.enlist(s)
}

// castOrigin says what a role was made from.
func (w *world) castOrigin(r *rand.Rand, s *snapshot, p *role) {
	switch {
	case p.traits.general == nobodys:
		s.general, s.org = true, ""
	case p.traits.general != "":
		s.general, s.org = true, p.traits.general
	}
	switch {
	case p.traits.twin != "" && w.own[p.traits.twin] != nil:
		twin := w.own[p.traits.twin]
		s.build, s.ref, s.entrypoint = twin.build, twin.ref, twin.entrypoint
	case p.template != "":
		template, version, _ := strings.Cut(p.template, " ")
		w.built(r, s, template, version)
	case p.traits.sandbox:
		s.sourceSandbox = uuid(r)
		if s.state == active {
			s.ref = registry + imageRef(digest(r))
		}
	case p.image != "" && s.state != pending:
		s.ref = registry + imageRef(digestOf(p.image))
	}
}

// castState says what a role's state brings with it.
func (w *world) castState(s *snapshot, p *role) {
	switch s.state {
	case pending, building, pulling, snapshotting:
		s.updated = s.created
	case inactive:
		s.updated = s.used + sleepAfter + 4*minute
	default:
		s.updated = max(s.created+2*minute, s.used)
	}
	if m, ok := mishaps[s.name]; ok {
		w.remember(s, m)
		if s.state == failed || s.state == buildFailed {
			s.reason = m.reason
		}
		if m.early {
			s.ref = ""
		}
	}
	if w.hasRunner(s) {
		s.runner = w.runners[s.regions[0]]
	}
	if s.state == building && s.size == 0 {
		s.size = noSize
	}
	if p.size == 0 && s.size == 0 && s.name != "UPPER_Case.Name-1" {
		s.size = sizeOf(s.ref)
	}
	if s.size > 0 {
		w.sizes[s.ref] = s.size // also when it is built again
	}
}

// hasRunner tells whether a runner has dealt with a row. One that failed to build without a reason never had one.
func (w *world) hasRunner(s *snapshot) bool {
	switch s.state {
	case pending, snapshotting:
		return false
	case buildFailed:
		return s.reason != ""
	}
	return len(s.regions) > 0 && s.class != "windows"
}

// remember makes a failure happen again with the same recipe.
func (w *world) remember(s *snapshot, m mishap) {
	switch {
	case m.reason == timedOut: // the next try may be in time
	case s.build != nil:
		w.broken[s.build.ref] = m
	default:
		w.broken[s.image] = m
	}
}

// built gives a row a Dockerfile.
func (w *world) built(r *rand.Rand, s *snapshot, template, version string) {
	t := w.templates.get(template)
	text := t.fill(r, s.name, version)
	s.build = w.buildInfo(text, t.hashes(r), s.created)
	s.ref = registry + s.build.ref
	s.entrypoint = entrypointOf(text)
}

func (w *world) enlist(s *snapshot) {
	s.folded = strings.ToLower(s.name)
	w.add(s)
}

// regionIDs are the ids of regions that are given by name; no regions are an empty list, not null.
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

// extra invents one more snapshot: five in six are active, and used between minutes and two weeks ago.
func (w *world) extra(r *rand.Rand) {
	made := invent(r, w.taken)
	s := &snapshot{
		id: uuid(r), org: OrganizationID, name: made.name, image: made.image, state: active,
		cpu: 1 + r.IntN(4), class: "container", regions: someRegions(r),
	}
	s.mem = 2 * s.cpu
	s.disk = 3 + r.IntN(12)
	s.runner = w.runners[s.regions[0]]
	switch chance := r.IntN(100); {
	case chance < 21:
		s.state = inactive
		s.used = w.start - sleepAfter - hours(20+r.ExpFloat64()*1400)
		s.updated = s.used + sleepAfter + instant(r.IntN(int(sweepEvery)))
		s.created = s.used - hours(5+r.ExpFloat64()*1500)
	case chance < 24:
		s.state = failed
		s.created = w.start - hours(.5+r.ExpFloat64()*150)
		s.updated = s.created + 40*second
	default:
		s.used = w.start - hours(math.Mod(.05+r.ExpFloat64()*70, 325)) - instant(r.IntN(int(second)))
		s.created = s.used - hours(1+r.ExpFloat64()*900)
		s.updated = s.used
	}
	w.extraOrigin(r, s, made)
	w.enlist(s)
}

func (w *world) extraOrigin(r *rand.Rand, s *snapshot, made invented) {
	if made.template != "" {
		w.built(r, s, made.template, made.version)
	} else {
		s.ref = registry + imageRef(digestOf(made.image))
		if r.IntN(3) == 0 {
			s.entrypoint = []string{"sleep", "infinity"}
		}
	}
	s.size = sizeOf(s.ref)
	if s.state == failed {
		m := w.laterMishap(r, s)
		s.reason, s.size = m.reason, noSize
	}
}

func (w *world) taken(name string) bool { return w.own[name] != nil || w.general[name] != nil }

// someRegions invents where a snapshot can be used: mostly in one place.
func someRegions(r *rand.Rand) []string {
	sets := []string{"us", "us", "us", "us", "eu", "eu", "eu", "ap", "us eu", "us eu", "us eu ap", "acme-dc1", "us acme-dc1"}
	return regionIDs(sets[r.IntN(len(sets))])
}

// strangers are in the world but not in the organization's list: one of another organization, and a general one
// that is hidden.
func (w *world) strangers(r *rand.Rand) {
	for _, s := range []*snapshot{
		{name: "globex-secret", org: foreignOrganization},
		{name: "hidden-general", org: foreignOrganization, general: true},
	} {
		s.id, s.image, s.class, s.foreign, s.state = uuid(r), "daytonaio/internal:1.0", "container", true, active
		s.cpu, s.mem, s.disk, s.size, s.regions = 1, 1, 3, 1, []string{"us"}
		s.created, s.updated = w.start-21*day, w.start-10*day
		s.ref = registry + imageRef(digestOf(s.name))
		w.enlist(s)
	}
}

// busiest are the snapshots from which sandboxes are started all the time.
func (w *world) busiest(r *rand.Rand) []*snapshot {
	var busy []*snapshot
	for _, name := range []string{"node-20-agents", "python-3-13-base", "node-24-agents"} {
		if s := w.own[name]; s != nil {
			busy = append(busy, s)
		}
	}
	if s := w.general["daytona-small"]; s != nil {
		busy = append(busy, s)
	}
	for _, s := range w.rows {
		if len(busy) >= 15 {
			break
		}
		if !s.cast && s.state == active && r.IntN(3) == 0 {
			busy = append(busy, s)
		}
	}
	return busy
}
