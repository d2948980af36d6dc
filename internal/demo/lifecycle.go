package demo

import "cmp"

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
const buildTimeout = hour

// timedOut is the reason of a row that met its deadline.
const timeoutReason = "Timeout processing snapshot on initial runner"

// job is a build or a pull on a runner.
type job struct {
	snapshot   *snapshot
	region     string
	start, end millis
	timedOutAt        millis // when the runner was given up on; 0 if it was not
	failure     *failure // what goes wrong; nil if nothing does
}

// over tells whether nothing more comes from a job.
func (j *job) finished(now millis) bool { return now >= j.end || j.timedOutAt != 0 }

// recipe is what a create asks for.
type recipe struct {
	name, image, dockerfile string
	hashes                  []string
	fromDockerfile                   bool // from the Dockerfile, not from the image
	entrypoint              []string
	cpu, gpu, mem, disk     int
	gpuType, region, class  string
}

// create makes a snapshot. A Dockerfile that an active snapshot was built from is served from that one's image
// and is active at once; everything else is pending, and is handed to a runner while the answer is still on its
// way: a client that asks again sees it building. The vendor's CLI counts on that: it takes "pending" for the end
// of a build.
func (w *world) create(id string, c recipe, now millis) *snapshot {
	s := w.addPending(id, c, now)
	if s.build == nil || !w.activateFromCache(s, now) {
		w.events.schedule(now, func(now millis) { w.dispatch(s, now) })
	}
	return s
}

// make puts a pending snapshot into the world.
func (w *world) addPending(id string, c recipe, now millis) *snapshot {
	s := &snapshot{
		id: id, org: OrganizationID, name: c.name, image: c.image,
		state: pending, size: noSize, entrypoint: c.entrypoint, cpu: c.cpu, gpu: c.gpu, gpuType: c.gpuType,
		mem: c.mem, disk: c.disk, created: now, updated: now, regions: []string{c.region}, class: c.class,
	}
	if c.fromDockerfile {
		s.build = w.buildInfo(c.dockerfile, c.hashes, now)
		s.ref = registry + s.build.ref
		s.entrypoint = entrypointOf(c.dockerfile)
	}
	w.add(s)
	return s
}

// buildInfo is the one buildInfo of a ref. Using it again changes updatedAt once a minute at most.
func (w *world) buildInfo(dockerfile string, hashes []string, now millis) *buildInfo {
	ref := buildRef(dockerfile, hashes)
	i, ok := w.buildByRef[ref]
	if !ok {
		i = &buildInfo{dockerfile: dockerfile, hashes: hashes, created: now, updated: now, ref: ref}
		w.buildByRef[ref] = i
	}
	if now-i.updated >= minute {
		i.updated = now
	}
	return i
}

// wake makes a row active where a twin has its image ready.
func (w *world) activateFromCache(s *snapshot, now millis) bool {
	same := w.activeSameRef(s)
	if same == nil {
		return false
	}
	s.size = same.size
	w.activated(s, now)
	return true
}

func (w *world) activated(s *snapshot, now millis) {
	s.used = now // the reason of an earlier failure stays
	w.setState(s, active, now)
	w.nextIdle = min(w.nextIdle, now+idleLimit)
}

// dispatch hands a pending row to a runner, or leaves it pending until one is free.
func (w *world) dispatch(s *snapshot, now millis) {
	if s.deleted || s.state != pending {
		return
	}
	r := w.regionOf(s)
	if w.runningJobs(r.id, now) >= r.slots {
		w.events.schedule(now.nextTick(), func(now millis) { w.dispatch(s, now) })
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
func (w *world) runningJobs(region string, now millis) int {
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

func (w *world) dispatchBuild(s *snapshot, r *region, now millis) {
	m := w.buildFailure(s.build)
	s.runner = w.runnerByRegion[r.id]
	if m != nil && m.noRunner {
		s.reason = m.reason
		w.setState(s, buildFailed, now)
		return
	}
	if w.activateFromCache(s, now) {
		return
	}
	w.setState(s, building, now)
	w.startJob(s, r, now, buildDuration(s.build), m)
}

func (w *world) dispatchPull(s *snapshot, r *region, now millis) {
	s.runner = w.runnerByRegion[r.id]
	m := w.pullFailure(s.image)
	if m != nil && m.beforePull {
		s.reason = m.reason
		if m.size != 0 {
			s.size = m.size
		}
		w.setState(s, failed, now)
		return
	}
	if s.ref == "" { // one that was active before keeps what its tag stood for then
		w.setRef(s, registry+imageRef(imageDigest(s.image)))
	}
	if s.size < 0 {
		s.size = cmp.Or(w.sizeByRef[s.ref], syntheticSize(s.ref))
	}
	if w.activateFromCache(s, now) {
		return
	}
	w.setState(s, pulling, now)
	w.startJob(s, r, now, pullDuration(s.ref), m)
}

// run starts a job, and foresees its end and its deadline.
func (w *world) startJob(s *snapshot, r *region, now, takes millis, m *failure) {
	j := &job{snapshot: s, region: r.id, start: now, end: now + takes, failure: m}
	s.job = j
	w.jobs = append(w.jobs, j)
	w.events.schedule(j.end.tickAtOrAfter(), func(now millis) { w.finishJob(j, now) })
	w.events.schedule((now + buildTimeout).tickAtOrAfter(), func(now millis) { w.timeOutJob(j, now) })
}

// settle writes what came of a job. The job does not look whether somebody has asked to delete the row
// meanwhile: if both fall on the same tick it writes over "removing", and the snapshot stays. Users of the real
// server have met that, so a delete is not done until the row is gone.
func (w *world) finishJob(j *job, now millis) {
	s := j.snapshot
	if s.deleted || s.job != j || !s.state.isRunning() && s.state != removing {
		return
	}
	if j.failure != nil {
		s.reason = j.failure.reason
		w.setState(s, failed, now)
		return
	}
	if s.entrypoint == nil && s.build != nil {
		s.entrypoint = entrypointOf(s.build.dockerfile)
	} else if s.entrypoint == nil {
		s.entrypoint = []string{"/bin/bash"}
	}
	if s.size < 0 {
		s.size = cmp.Or(w.sizeByRef[s.ref], syntheticSize(s.ref))
	}
	w.activated(s, now)
}

// runs tells whether a runner is at work on a snapshot in state s.
func (s state) isRunning() bool { return s == building || s == pulling || s == snapshotting }

func (w *world) timeOutJob(j *job, now millis) {
	s := j.snapshot
	if s.deleted || s.job != j || !s.state.isRunning() || now < s.updated+buildTimeout {
		return
	}
	j.timedOutAt = now
	s.reason = timeoutReason
	w.setState(s, failed, now)
}

// delete marks a row; the job of the next tick takes it away, unless it is not marked any more by then.
func (w *world) delete(s *snapshot, now millis) {
	w.setState(s, removing, now)
	w.events.schedule(now.nextTick(), func(millis) {
		if !s.deleted && s.state == removing && !s.removalStuck {
			w.remove(s)
		}
	})
}

// deactivate puts a row to sleep from any state; a delete that was under way is off.
func (w *world) deactivate(s *snapshot, now millis) {
	if s.state != inactive {
		w.setState(s, inactive, now)
	}
}

// activate sends an inactive row to a runner again.
func (w *world) activate(s *snapshot, now millis) {
	w.setState(s, pending, now)
	w.events.schedule(now, func(now millis) { w.dispatch(s, now) })
}
