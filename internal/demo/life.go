package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// How the organization lives when nobody looks: sandboxes are started from a few busy snapshots every few
// seconds, and every minute or two a colleague does something. Chance decides what, from a source of its own, so
// that one seed is one story; how many snapshots there are decides whether to make or to delete one, so that
// their number stays about the same.

// beatEvery is how often a sandbox is started from a busy snapshot.
const beatEvery = 4 * second

// beats starts the sandboxes that were due up to now. After a long jump of the clock only the last two rounds
// matter, because each round uses every busy snapshot.
func (w *world) beats(now instant) {
	due := int((now - w.start) / beatEvery)
	if len(w.busy) == 0 || due <= w.beat {
		return
	}
	for k := max(w.beat, due-2*len(w.busy)) + 1; k <= due; k++ {
		s := w.busy[k%len(w.busy)]
		at := w.start + instant(k)*beatEvery
		if s.gone || s.state != active || at-s.used < minute {
			continue // the server notes a use once a minute at most
		}
		s.used = at - instant(fixed(s.id, strconv.Itoa(k))%900)
		s.updated = s.used
		w.touch(s)
	}
	w.beat = due
}

// live lets one thing happen, and foresees the next.
func (w *world) live(now instant) {
	r := w.chaos
	w.queue.at(now+30*second+instant(r.ExpFloat64()*float64(70*second)), w.live)
	deed := r.IntN(100)
	switch crowded := len(w.rows) - w.options.Size; {
	case crowded > 2 && deed < 60, crowded >= 0 && deed < 25:
		w.colleagueDeletes(r, now)
	case deed < 60:
		w.colleagueBuilds(r, now)
	case deed < 80:
		w.colleaguePulls(r, now)
	case deed < 86:
		w.colleagueKeepsSandbox(r, now)
	case deed < 92:
		w.colleagueActivates(r, now)
	default:
		w.colleagueUses(r, now)
	}
}

// someRow picks a row that fits, or nil if chance does not find one.
func (w *world) someRow(r *rand.Rand, fits func(*snapshot) bool) *snapshot {
	for range 40 {
		s := w.rows[r.IntN(len(w.rows))]
		if s.org == OrganizationID && !s.general && fits(s) {
			return s
		}
	}
	return nil
}

func (w *world) colleagueDeletes(r *rand.Rand, now instant) {
	s := w.someRow(r, func(s *snapshot) bool {
		return !s.cast && now-s.created > 5*minute && s.state != removing && !s.state.runs()
	})
	if s != nil {
		w.delete(s, now)
	}
}

func (w *world) colleagueBuilds(r *rand.Rand, now instant) {
	made := invent(r, w.taken)
	if made.template == "" {
		made.template, made.version = "python-base", "13"
	}
	t := w.templates.get(made.template)
	c := w.ordinary(r, made.name)
	c.built, c.dockerfile, c.hashes = true, t.fill(r, made.name, made.version), t.hashes(r)
	if r.IntN(5) == 0 {
		w.breakBuild(r, c)
	}
	w.create(uuid(r), c, now)
}

func (w *world) colleaguePulls(r *rand.Rand, now instant) {
	made := invent(r, w.taken)
	c := w.ordinary(r, made.name)
	c.image = fmt.Sprintf("registry.acme.dev/%s:%d.%d.%d", made.name, 1+r.IntN(9), r.IntN(20), r.IntN(40))
	if r.IntN(8) == 0 {
		w.broken[c.image] = pullMishap(r, c.image)
	}
	w.create(uuid(r), c, now)
}

func (w *world) ordinary(r *rand.Rand, name string) recipe {
	cpu := 1 + r.IntN(4)
	return recipe{
		name: name, cpu: cpu, mem: 2 * cpu, disk: 3 + r.IntN(10), class: "container", region: someRegions(r)[0],
	}
}

// colleagueKeepsSandbox makes a snapshot from a running sandbox, which takes about a minute.
func (w *world) colleagueKeepsSandbox(r *rand.Rand, now instant) {
	s := &snapshot{
		id: uuid(r), org: OrganizationID, name: fmt.Sprintf("debug-session-%d", 9000+r.IntN(90000)),
		state: snapshotting, size: noSize, cpu: 2, mem: 4, disk: 8, created: now, updated: now,
		regions: someRegions(r)[:1], class: "container", sourceSandbox: uuid(r),
	}
	if w.taken(s.name) {
		return
	}
	w.enlist(s)
	w.keep(s, digest(r), now+40*second+instant(r.IntN(50*int(second))))
}

// keep foresees that a snapshot of a sandbox is ready.
func (w *world) keep(s *snapshot, digest string, ready instant) {
	w.queue.at(ready.tickFrom(), func(now instant) {
		if s.gone || s.state != snapshotting {
			return
		}
		s.runner = w.runners[s.regions[0]]
		w.setRef(s, registry+imageRef(digest))
		s.size = sizeOf(s.ref)
		w.activated(s, now)
	})
}

func (w *world) colleagueActivates(r *rand.Rand, now instant) {
	s := w.someRow(r, func(s *snapshot) bool { return !s.cast && s.state == inactive && now-s.updated > coolDown })
	if s != nil {
		w.activate(s, now)
	}
}

func (w *world) colleagueUses(r *rand.Rand, now instant) {
	s := w.someRow(r, func(s *snapshot) bool { return !s.cast && s.state == active })
	if s != nil {
		s.used, s.updated = now, now
		w.touch(s)
	}
}

// breakBuild makes a build fail at one of its commands.
func (w *world) breakBuild(r *rand.Rand, c recipe) {
	w.broken[buildRef(c.dockerfile, c.hashes)] = buildMishap(r, c.dockerfile)
}

// laterMishap invents why a row failed, and remembers it.
func (w *world) laterMishap(r *rand.Rand, s *snapshot) mishap {
	m := pullMishap(r, s.image)
	if s.build != nil {
		m = buildMishap(r, s.build.dockerfile)
		w.broken[s.build.ref] = m
	}
	return m
}

func buildMishap(r *rand.Rand, dockerfile string) mishap {
	kind := laterMishaps.builds[r.IntN(len(laterMishaps.builds))]
	steps := instructions(dockerfile)
	from := r.IntN(len(steps))
	for i := range steps {
		step := (from + i) % len(steps)
		if command, ok := strings.CutPrefix(steps[step], "RUN "); ok {
			return mishap{reason: commandFailed(command, kind.code), step: step, tail: kind.tail}
		}
	}
	return mishap{reason: buildFailure + "no such base image", step: 0}
}

func pullMishap(r *rand.Rand, image string) mishap {
	return mishap{reason: fmt.Sprintf(laterMishaps.pulls[r.IntN(len(laterMishaps.pulls))], image)}
}
