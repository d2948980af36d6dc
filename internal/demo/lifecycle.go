package demo

import (
	"cmp"
	"strings"
)

// The life of a snapshot, as the server's jobs drive it:
//
//	image:       pending -> pulling  -> active | error
//	Dockerfile:  pending -> building -> active | error, or build_failed if no runner took it
//	sandbox:     snapshotting -> active
//	delete:      any -> removing -> gone
//	idle:        active -> inactive
//
// A new row is dispatched to a runner at once, all other changes wait for the next full ten seconds.

// deadline is how long a build or pull may take.
const deadline = hour

// timedOut is the reason of a row that met its deadline.
const timedOut = "Timeout processing snapshot on initial runner"

// job is a build or a pull on a runner.
type job struct {
	snapshot   *snapshot
	region     string
	start, end instant
	cut        instant // when the runner was given up on; 0 if it was not
	mishap     *mishap // what goes wrong; nil if nothing does
}

// over tells whether nothing more comes from a job.
func (j *job) over(now instant) bool { return now >= j.end || j.cut != 0 }

// recipe is what a create asks for.
type recipe struct {
	name, image, dockerfile string
	hashes                  []string
	built                   bool // from the Dockerfile, not from the image
	entrypoint              []string
	cpu, gpu, mem, disk     int
	gpuType, region, class  string
}

// create makes a snapshot. A Dockerfile that an active snapshot was built from is served from that one's image
// and is active at once; everything else is pending, and is handed to a runner while the answer is still on its
// way: a client that asks again sees it building. The vendor's CLI counts on that: it takes "pending" for the end
// of a build.
func (w *world) create(id string, c recipe, now instant) *snapshot {
	s := w.make(id, c, now)
	if s.build == nil || !w.wake(s, now) {
		w.queue.at(now, func(now instant) { w.dispatch(s, now) })
	}
	return s
}

// make puts a pending snapshot into the world.
func (w *world) make(id string, c recipe, now instant) *snapshot {
	s := &snapshot{
		id: id, org: OrganizationID, name: c.name, folded: strings.ToLower(c.name), image: c.image,
		state: pending, size: noSize, entrypoint: c.entrypoint, cpu: c.cpu, gpu: c.gpu, gpuType: c.gpuType,
		mem: c.mem, disk: c.disk, created: now, updated: now, regions: []string{c.region}, class: c.class,
	}
	if c.built {
		s.build = w.buildInfo(c.dockerfile, c.hashes, now)
		s.ref = registry + s.build.ref
		s.entrypoint = entrypointOf(c.dockerfile)
	}
	w.add(s)
	return s
}

// buildInfo is the one buildInfo of a ref. Using it again changes updatedAt once a minute at most.
func (w *world) buildInfo(dockerfile string, hashes []string, now instant) *buildInfo {
	ref := buildRef(dockerfile, hashes)
	i, ok := w.builds[ref]
	if !ok {
		i = &buildInfo{dockerfile: dockerfile, hashes: hashes, created: now, updated: now, ref: ref}
		w.builds[ref] = i
	}
	if now-i.updated >= minute {
		i.updated = now
	}
	return i
}

// wake makes a row active where a twin has its image ready.
func (w *world) wake(s *snapshot, now instant) bool {
	twin := w.activeTwin(s)
	if twin == nil {
		return false
	}
	s.size = twin.size
	w.activated(s, now)
	return true
}

func (w *world) activated(s *snapshot, now instant) {
	s.used = now // the reason of an earlier failure stays
	w.enter(s, active, now)
	w.sleepy = min(w.sleepy, now+sleepAfter)
}

// dispatch hands a pending row to a runner, or leaves it pending until one is free.
func (w *world) dispatch(s *snapshot, now instant) {
	if s.gone || s.state != pending {
		return
	}
	r := w.regionOf(s)
	if w.running(r.id, now) >= r.slots {
		w.queue.at(now.nextTick(), func(now instant) { w.dispatch(s, now) })
		return
	}
	if s.build != nil {
		w.dispatchBuild(s, r, now)
		return
	}
	w.dispatchPull(s, r, now)
}

// regionOf is where a row is built: its first region, or the default one where it has none.
func (w *world) regionOf(s *snapshot) *region {
	if len(s.regions) > 0 {
		return findRegion(s.regions[0])
	}
	return findRegion(defaultRegion)
}

// running counts the builds and pulls in a region, and forgets those that have ended.
func (w *world) running(region string, now instant) int {
	n, kept := 0, w.jobs[:0]
	for _, j := range w.jobs {
		if j.end <= now {
			continue
		}
		kept = append(kept, j)
		if j.region == region {
			n++
		}
	}
	clear(w.jobs[len(kept):])
	w.jobs = kept
	return n
}

func (w *world) dispatchBuild(s *snapshot, r *region, now instant) {
	m := w.mishapOfBuild(s.build)
	s.runner = w.runners[r.id]
	if m != nil && m.undispatched {
		s.reason = m.reason
		w.enter(s, buildFailed, now)
		return
	}
	if w.wake(s, now) {
		return
	}
	w.enter(s, building, now)
	w.run(s, r, now, buildTime(s.build), m)
}

func (w *world) dispatchPull(s *snapshot, r *region, now instant) {
	s.runner = w.runners[r.id]
	m := w.mishapOfImage(s.image)
	if m != nil && m.early {
		s.reason = m.reason
		if m.size != 0 {
			s.size = m.size
		}
		w.enter(s, failed, now)
		return
	}
	if s.ref == "" { // one that was active before keeps what its tag stood for then
		w.setRef(s, registry+imageRef(digestOf(s.image)))
	}
	if s.size < 0 {
		s.size = cmp.Or(w.sizes[s.ref], sizeOf(s.ref))
	}
	if w.wake(s, now) {
		return
	}
	w.enter(s, pulling, now)
	w.run(s, r, now, pullTime(s.ref), m)
}

// run starts a job, and foresees its end and its deadline.
func (w *world) run(s *snapshot, r *region, now, takes instant, m *mishap) {
	j := &job{snapshot: s, region: r.id, start: now, end: now + takes, mishap: m}
	s.job = j
	w.jobs = append(w.jobs, j)
	w.queue.at(j.end.tickFrom(), func(now instant) { w.settle(j, now) })
	w.queue.at((now + deadline).tickFrom(), func(now instant) { w.expire(j, now) })
}

// settle writes what came of a job. The job does not look whether somebody has asked to delete the row
// meanwhile: if both fall on the same tick it writes over "removing", and the snapshot stays. Users of the real
// server have met that, so a delete is not done until the row is gone.
func (w *world) settle(j *job, now instant) {
	s := j.snapshot
	if s.gone || s.job != j || !s.state.runs() && s.state != removing {
		return
	}
	if j.mishap != nil {
		s.reason = j.mishap.reason
		w.enter(s, failed, now)
		return
	}
	if s.entrypoint == nil && s.build != nil {
		s.entrypoint = entrypointOf(s.build.dockerfile)
	} else if s.entrypoint == nil {
		s.entrypoint = []string{"/bin/bash"}
	}
	if s.size < 0 {
		s.size = cmp.Or(w.sizes[s.ref], sizeOf(s.ref))
	}
	w.activated(s, now)
}

// runs tells whether a runner is at work on a snapshot in state s.
func (s state) runs() bool { return s == building || s == pulling || s == snapshotting }

func (w *world) expire(j *job, now instant) {
	s := j.snapshot
	if s.gone || s.job != j || !s.state.runs() || now < s.updated+deadline {
		return
	}
	j.cut = now
	s.reason = timedOut
	w.enter(s, failed, now)
}

// delete marks a row; the job of the next tick takes it away, unless it is not marked any more by then.
func (w *world) delete(s *snapshot, now instant) {
	w.enter(s, removing, now)
	w.queue.at(now.nextTick(), func(instant) {
		if !s.gone && s.state == removing && !s.stuck {
			w.remove(s)
		}
	})
}

// deactivate puts a row to sleep from any state; a delete that was under way is off.
func (w *world) deactivate(s *snapshot, now instant) {
	if s.state != inactive {
		w.enter(s, inactive, now)
	}
}

// activate sends an inactive row to a runner again.
func (w *world) activate(s *snapshot, now instant) {
	w.enter(s, pending, now)
	w.queue.at(now, func(now instant) { w.dispatch(s, now) })
}
