package demo

// scheduleScript schedules the events of the first 30 seconds. Ticks are at multiples of
// ten seconds, so the first one, t1, comes 0 to 10 seconds after the start:
//
//	+3 s   search-ranker-canary is created: pending, then pulling
//	t1     payments-node-22: active
//	       go-1-26-ci gets a free runner: building
//	       tmp-bench-4 is deleted
//	t2     etl-airflow-3 fails to build: error
//	       cuda-12-train: active
//	       infra-base-2025 is deactivated: inactive
//	t3     browser-pool-130: active
//	       search-ranker-canary: active
//
// In addition, lastUsedAt of a busy snapshot changes every 4 seconds. Later events:
// debug-session-8812 is active after a minute, node-22-nightly after two, ml-base-cu128
// times out after 13 minutes, tmp-bench-2 is deleted after 25, and jax-nightly gets a
// runner after two hours.
func (w *world) scheduleScript() {
	t1 := w.start.nextTick()
	t2, t3 := t1+tick, t1+2*tick
	w.startJobUntil("payments-node-22", t1)
	w.startJobUntil("etl-airflow-3", t2)
	w.startJobUntil("cuda-12-train", t2)
	w.startJobUntil("browser-pool-130", t3)
	w.startJobUntil("node-22-nightly", (w.start + 110*second).tickAtOrAfter())
	w.startJobUntil("ml-base-cu128", w.start+9*hour)
	w.dispatchAt("go-1-26-ci", t1)
	w.dispatchAt("jax-nightly", t1+2*hour)
	w.removeAt("tmp-bench-4", t1)
	w.removeAt("tmp-bench-2", t1+25*minute)
	if s := w.ownByName["debug-session-8812"]; s != nil {
		w.finishSandboxSnapshot(s, imageDigest(s.name), w.start+60*second)
	}
	if s := w.ownByName["infra-base-2025"]; s != nil {
		s.used = t2 - idleLimit - 800*millisecond
		s.updated = s.used
	}
	w.events.schedule(w.start+3*second, w.createScripted)
	w.events.schedule(t2, w.deactivateIdle)
	w.events.schedule(t3+6*second, w.nextActivity)
}

// startJobUntil starts the job of a fixture so that it ends just before a tick.
func (w *world) startJobUntil(name string, end millis) {
	s := w.ownByName[name]
	if s == nil {
		return
	}
	s.updated = w.start - hours(fixtureNamed(name).runningHours)
	var f *failure
	if s.build != nil {
		f = w.buildFailure(s.build)
	}
	w.startJob(s, w.regionOf(s), s.updated, end-400*millisecond-s.updated, f)
}

func fixtureNamed(name string) *fixture {
	for i := range fixtures {
		if fixtures[i].name == name {
			return &fixtures[i]
		}
	}
	return &fixture{}
}

func (w *world) dispatchAt(name string, t millis) {
	if s := w.ownByName[name]; s != nil {
		w.events.schedule(t, func(now millis) { w.dispatch(s, now) })
	}
}

// removeAt deletes a fixture at a tick.
func (w *world) removeAt(name string, t millis) {
	s := w.ownByName[name]
	if s == nil {
		return
	}
	s.updated = w.start - 6*second
	w.events.schedule(t, func(millis) {
		if !s.deleted && s.state == removing {
			w.remove(s)
		}
	})
}

// createScripted creates a snapshot whose pull ends at t3.
func (w *world) createScripted(now millis) {
	const name = "search-ranker-canary"
	if w.options.Size < len(fixtures) || w.nameTaken(name) {
		return
	}
	s := w.addPending(uuid(w.activityRand), recipe{
		name: name, image: "registry.acme.dev/search/ranker:3.1.0-rc.2", region: "eu",
		cpu: 4, mem: 8, disk: 10, class: "container",
	}, now)
	s.protected = true
	w.recordActivity("create", s, now)
	ready := w.start.nextTick() + 2*tick - 700*millisecond
	w.events.schedule(now, func(now millis) {
		if s.deleted || s.state != pending {
			return
		}
		r := w.regionOf(s)
		s.runner = w.runnerByRegion[r.id]
		w.setRef(s, registry+imageRef(imageDigest(s.image)))
		s.size = syntheticSize(s.ref)
		w.setState(s, pulling, now)
		w.startJob(s, r, now, ready-now, nil)
	})
}
