package demo

import "cmp"

// Lifecycles of a snapshot:
//
//	image:       pending -> pulling  -> active | error
//	Dockerfile:  pending -> building -> active | error, or build_failed without a runner
//	sandbox:     snapshotting -> active
//	delete:      any -> removing -> deleted
//	idle:        active -> inactive
//
// A new row is dispatched to a runner at once. All other changes happen at ticks.

// buildTimeout is how long a build or pull may take.
const buildTimeout = hour

// timeoutReason is the error reason after a timeout.
const timeoutReason = "Timeout processing snapshot on initial runner"

// job is a build or a pull on a runner.
type job struct {
	snapshot   *snapshot
	region     string
	start, end millis
	timedOutAt millis   // 0 if it did not time out
	failure    *failure // nil if it succeeds
}

// finished reports whether the job has ended, so that its log is complete.
func (j *job) finished(now millis) bool { return now >= j.end || j.timedOutAt != 0 }

// recipe is the content of a create request.
type recipe struct {
	name, image, dockerfile string
	hashes                  []string
	fromDockerfile          bool // otherwise from the image
	entrypoint              []string
	cpu, gpu, mem, disk     int
	gpuType, region, class  string
}

// create creates a snapshot. If an active snapshot has the same ref, it is active at once.
// Otherwise it is pending and dispatched before the response arrives, so the next GET returns
// building. The Daytona CLI relies on this: it takes "pending" for the end of a build.
func (w *world) create(id string, c recipe, now millis) *snapshot {
	s := w.addPending(id, c, now)
	if s.build == nil || !w.activateFromCache(s, now) {
		w.events.schedule(now, func(now millis) { w.dispatch(s, now) })
	}
	return s
}

// addPending adds a pending snapshot.
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

// buildInfo returns the buildInfo of a ref. Using it again changes updatedAt at most once a minute.
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

// activateFromCache activates a row if the image of an active row with the same ref is available.
func (w *world) activateFromCache(s *snapshot, now millis) bool {
	same := w.activeSameRef(s)
	if same == nil {
		return false
	}
	s.size = same.size
	w.setActive(s, now)
	return true
}

func (w *world) setActive(s *snapshot, now millis) {
	s.used = now // an earlier error reason stays, as on the server
	w.setState(s, active, now)
	w.nextIdle = min(w.nextIdle, now+idleLimit)
}

// dispatch assigns a pending row to a runner, or leaves it pending until one is free.
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

// regionOf returns the region where a row is built: its first one or the default.
func (w *world) regionOf(s *snapshot) *region {
	if len(s.regions) > 0 {
		return findRegion(s.regions[0])
	}
	return findRegion(defaultRegion)
}

// runningJobs counts the running jobs in a region and removes finished jobs.
func (w *world) runningJobs(region string, now millis) int {
	n, running := 0, w.jobs[:0]
	for _, j := range w.jobs {
		if j.end <= now {
			continue
		}
		running = append(running, j)
		if j.region == region {
			n++
		}
	}
	clear(w.jobs[len(running):])
	w.jobs = running
	return n
}

func (w *world) dispatchBuild(s *snapshot, r *region, now millis) {
	f := w.buildFailure(s.build)
	s.runner = w.runnerByRegion[r.id]
	if f != nil && f.noRunner {
		s.reason = f.reason
		w.setState(s, buildFailed, now)
		return
	}
	if w.activateFromCache(s, now) {
		return
	}
	w.setState(s, building, now)
	w.startJob(s, r, now, buildDuration(s.build), f)
}

func (w *world) dispatchPull(s *snapshot, r *region, now millis) {
	s.runner = w.runnerByRegion[r.id]
	f := w.pullFailure(s.image)
	if f != nil && f.beforePull {
		s.reason = f.reason
		if f.size != 0 {
			s.size = f.size
		}
		w.setState(s, failed, now)
		return
	}
	if s.ref == "" { // a row that was active before keeps its ref
		w.setRef(s, registry+imageRef(imageDigest(s.image)))
	}
	if s.size < 0 {
		s.size = cmp.Or(w.sizeByRef[s.ref], syntheticSize(s.ref))
	}
	if w.activateFromCache(s, now) {
		return
	}
	w.setState(s, pulling, now)
	w.startJob(s, r, now, pullDuration(s.ref), f)
}

// startJob starts a job and schedules its end and its timeout.
func (w *world) startJob(s *snapshot, r *region, now, duration millis, f *failure) {
	j := &job{snapshot: s, region: r.id, start: now, end: now + duration, failure: f}
	s.job = j
	w.jobs = append(w.jobs, j)
	w.events.schedule(j.end.tickAtOrAfter(), func(now millis) { w.finishJob(j, now) })
	w.events.schedule((now + buildTimeout).tickAtOrAfter(), func(now millis) { w.timeOutJob(j, now) })
}

// finishJob stores the result of a job. As on the real server, it does not check whether the row is
// being removed: if both end at the same tick, it overwrites "removing" and the snapshot stays. A
// client must therefore wait until the row is deleted.
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
	w.setActive(s, now)
}

// isRunning reports whether a runner is working on a snapshot in state s.
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

// delete marks a row as removing. At the next tick it is deleted unless its state has changed.
func (w *world) delete(s *snapshot, now millis) {
	w.setState(s, removing, now)
	w.events.schedule(now.nextTick(), func(millis) {
		if !s.deleted && s.state == removing && !s.removalStuck {
			w.remove(s)
		}
	})
}

// deactivate deactivates a row in any state, which cancels a removal.
func (w *world) deactivate(s *snapshot, now millis) {
	if s.state != inactive {
		w.setState(s, inactive, now)
	}
}

// activate dispatches an inactive row to a runner again.
func (w *world) activate(s *snapshot, now millis) {
	w.setState(s, pending, now)
	w.events.schedule(now, func(now millis) { w.dispatch(s, now) })
}
