package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Background activity: sandboxes are started from a few busy snapshots every few
// seconds, and every minute or two a random event happens. The events come from their
// own random source, so one seed always gives the same events. Whether a snapshot is
// created or deleted depends on their number, so that it stays about the same.

// useInterval is how often a sandbox is started from a busy snapshot.
const useInterval = 4 * second

// recordUses records the uses of busy snapshots up to now. If the clock jumped far ahead, only the
// last two rounds matter, because each round uses every busy snapshot.
func (w *world) recordUses(now millis) {
	due := int((now - w.start) / useInterval)
	if len(w.busy) == 0 || due <= w.uses {
		return
	}
	for k := max(w.uses, due-2*len(w.busy)) + 1; k <= due; k++ {
		s := w.busy[k%len(w.busy)]
		at := w.start + millis(k)*useInterval
		if s.deleted || s.state != active || at-s.used < minute {
			continue // the server records a use at most once a minute
		}
		s.used = at - millis(stableHash(s.id, strconv.Itoa(k))%900)
		s.updated = s.used
		w.markChanged(s)
	}
	w.uses = due
}

// nextActivity performs one random event and schedules the next.
func (w *world) nextActivity(now millis) {
	r := w.activityRand
	w.events.schedule(now+30*second+millis(r.ExpFloat64()*float64(70*second)), w.nextActivity)
	roll := r.IntN(100)
	switch surplus := len(w.rows) - w.options.Size; {
	case surplus > 2 && roll < 60, surplus >= 0 && roll < 25:
		w.randomDelete(r, now)
	case roll < 60:
		w.randomBuild(r, now)
	case roll < 80:
		w.randomPull(r, now)
	case roll < 86:
		w.randomSandboxSnapshot(r, now)
	case roll < 92:
		w.randomActivation(r, now)
	default:
		w.randomUse(r, now)
	}
}

// randomRow returns a random row that matches, or nil if it finds none in 40 attempts.
func (w *world) randomRow(r *rand.Rand, matches func(*snapshot) bool) *snapshot {
	for range 40 {
		s := w.rows[r.IntN(len(w.rows))]
		if s.org == OrganizationID && !s.general && matches(s) {
			return s
		}
	}
	return nil
}

func (w *world) randomDelete(r *rand.Rand, now millis) {
	s := w.randomRow(r, func(s *snapshot) bool {
		return !s.protected && now-s.created > 5*minute && s.state != removing && !s.state.isRunning()
	})
	if s != nil {
		w.delete(s, now)
		w.recordActivity("delete", s, now)
	}
}

func (w *world) randomBuild(r *rand.Rand, now millis) {
	generated := newSample(r, w.nameTaken)
	if generated.template == "" {
		generated.template, generated.version = "python-base", "13"
	}
	t := w.templates.get(generated.template)
	c := w.randomRecipe(r, generated.name)
	c.fromDockerfile, c.dockerfile, c.hashes = true, t.render(r, generated.name, generated.version), t.contextHashes(r)
	if r.IntN(5) == 0 {
		w.failBuild(r, c)
	}
	w.recordActivity("create", w.create(uuid(r), c, now), now)
}

func (w *world) randomPull(r *rand.Rand, now millis) {
	generated := newSample(r, w.nameTaken)
	c := w.randomRecipe(r, generated.name)
	c.image = fmt.Sprintf("registry.acme.dev/%s:%d.%d.%d", generated.name, 1+r.IntN(9), r.IntN(20), r.IntN(40))
	if r.IntN(8) == 0 {
		w.failures[c.image] = randomPullFailure(r, c.image)
	}
	w.recordActivity("create", w.create(uuid(r), c, now), now)
}

func (w *world) randomRecipe(r *rand.Rand, name string) recipe {
	cpu := 1 + r.IntN(4)
	return recipe{
		name: name, cpu: cpu, mem: 2 * cpu, disk: 3 + r.IntN(10), class: "container", region: randomRegions(r)[0],
	}
}

// randomSandboxSnapshot creates a snapshot from a running sandbox, which takes about a minute.
func (w *world) randomSandboxSnapshot(r *rand.Rand, now millis) {
	s := &snapshot{
		id: uuid(r), org: OrganizationID, name: fmt.Sprintf("debug-session-%d", 9000+r.IntN(90000)),
		state: snapshotting, size: noSize, cpu: 2, mem: 4, disk: 8, created: now, updated: now,
		regions: randomRegions(r)[:1], class: "container", sourceSandbox: uuid(r),
	}
	if w.nameTaken(s.name) {
		return
	}
	w.add(s)
	w.finishSandboxSnapshot(s, randomDigest(r), now+40*second+millis(r.IntN(50*int(second))))
}

// finishSandboxSnapshot schedules the end of snapshotting.
func (w *world) finishSandboxSnapshot(s *snapshot, digest string, ready millis) {
	w.events.schedule(ready.tickAtOrAfter(), func(now millis) {
		if s.deleted || s.state != snapshotting {
			return
		}
		s.runner = w.runnerByRegion[s.regions[0]]
		w.setRef(s, registry+imageRef(digest))
		s.size = syntheticSize(s.ref)
		w.setActive(s, now)
	})
}

func (w *world) randomActivation(r *rand.Rand, now millis) {
	s := w.randomRow(r, func(s *snapshot) bool { return !s.protected && s.state == inactive && now-s.updated > activationDelay })
	if s != nil {
		w.activate(s, now)
		w.recordActivity("activate", s, now)
	}
}

func (w *world) randomUse(r *rand.Rand, now millis) {
	s := w.randomRow(r, func(s *snapshot) bool { return !s.protected && s.state == active })
	if s != nil {
		s.used, s.updated = now, now
		w.markChanged(s)
	}
}

// failBuild makes a build fail at one of its commands.
func (w *world) failBuild(r *rand.Rand, c recipe) {
	w.failures[buildRef(c.dockerfile, c.hashes)] = randomBuildFailure(r, c.dockerfile)
}

// randomFailure returns a failure for a row and records it, so that it repeats.
func (w *world) randomFailure(r *rand.Rand, s *snapshot) failure {
	f := randomPullFailure(r, s.image)
	if s.build != nil {
		f = randomBuildFailure(r, s.build.dockerfile)
		w.failures[s.build.ref] = f
	}
	return f
}

func randomBuildFailure(r *rand.Rand, dockerfile string) failure {
	kind := randomFailures.builds[r.IntN(len(randomFailures.builds))]
	steps := instructions(dockerfile)
	from := r.IntN(len(steps))
	for i := range steps {
		step := (from + i) % len(steps)
		if command, ok := strings.CutPrefix(steps[step], "RUN "); ok {
			return failure{reason: commandFailed(command, kind.code), step: step, logTail: kind.tail}
		}
	}
	return failure{reason: buildFailurePrefix + "no such base image", step: 0}
}

func randomPullFailure(r *rand.Rand, image string) failure {
	return failure{reason: fmt.Sprintf(randomFailures.pulls[r.IntN(len(randomFailures.pulls))], image)}
}
