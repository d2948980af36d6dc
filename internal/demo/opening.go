package demo

// The first half minute. Ticks are full ten seconds, so the first one, t1, comes 0 to 10 seconds after the start:
//
//	+3 s   search-ranker-canary appears: pending, then pulling
//	t1     payments-node-22 is built: active
//	       go-1-26-ci finds a free runner: building
//	       tmp-bench-4 is gone
//	t2     etl-airflow-3 fails to build: error
//	       cuda-12-train is pulled: active
//	       infra-base-2025 falls asleep: inactive
//	t3     browser-pool-130 is pulled: active
//	       search-ranker-canary is pulled: active
//
// and from the start on, every 4 seconds, lastUsedAt of one of the busy ones. Later the rest of the cast follows:
// debug-session-8812 after a minute, node-22-nightly after two, ml-base-cu128 meets its deadline of an hour after
// thirteen minutes, tmp-bench-2 is gone after twenty-five, jax-nightly finds a runner after two hours.

func (w *world) open() {
	t1 := w.start.nextTick()
	t2, t3 := t1+tick, t1+2*tick
	w.jobUntil("payments-node-22", t1)
	w.jobUntil("etl-airflow-3", t2)
	w.jobUntil("cuda-12-train", t2)
	w.jobUntil("browser-pool-130", t3)
	w.jobUntil("node-22-nightly", (w.start + 110*second).tickFrom())
	w.jobUntil("ml-base-cu128", w.start+9*hour)
	w.dispatchAt("go-1-26-ci", t1)
	w.dispatchAt("jax-nightly", t1+2*hour)
	w.goneAt("tmp-bench-4", t1)
	w.goneAt("tmp-bench-2", t1+25*minute)
	if s := w.own["debug-session-8812"]; s != nil {
		w.keep(s, digestOf(s.name), w.start+60*second)
	}
	if s := w.own["infra-base-2025"]; s != nil {
		s.used = t2 - sleepAfter - 800*millisecond
		s.updated = s.used
	}
	w.queue.at(w.start+3*second, w.newcomer)
	w.queue.at(t2, w.sweep)
	w.queue.at(t3+6*second, w.live)
}

// jobUntil makes the job of a role end just before a tick.
func (w *world) jobUntil(name string, end instant) {
	s := w.own[name]
	if s == nil {
		return
	}
	s.updated = w.start - hours(roleOf(name).traits.running)
	var m *mishap
	if s.build != nil {
		m = w.mishapOfBuild(s.build)
	}
	w.run(s, w.regionOf(s), s.updated, end-400*millisecond-s.updated, m)
}

func roleOf(name string) *role {
	for i := range cast {
		if cast[i].name == name {
			return &cast[i]
		}
	}
	return &role{}
}

func (w *world) dispatchAt(name string, t instant) {
	if s := w.own[name]; s != nil {
		w.queue.at(t, func(now instant) { w.dispatch(s, now) })
	}
}

// goneAt makes the clean-up of a role succeed at a tick.
func (w *world) goneAt(name string, t instant) {
	s := w.own[name]
	if s == nil {
		return
	}
	s.updated = w.start - 6*second
	w.queue.at(t, func(instant) {
		if !s.gone && s.state == removing {
			w.remove(s)
		}
	})
}

// newcomer is made by a colleague while somebody is looking, and pulled until t3.
func (w *world) newcomer(now instant) {
	const name = "search-ranker-canary"
	if w.options.Size < len(cast) || w.taken(name) {
		return
	}
	s := w.make(uuid(w.chaos), recipe{
		name: name, image: "registry.acme.dev/search/ranker:3.1.0-rc.2", region: "eu",
		cpu: 4, mem: 8, disk: 10, class: "container",
	}, now)
	s.cast = true
	ready := w.start.nextTick() + 2*tick - 700*millisecond
	w.queue.at(now, func(now instant) {
		if s.gone || s.state != pending {
			return
		}
		r := w.regionOf(s)
		s.runner = w.runners[r.id]
		w.setRef(s, registry+imageRef(digestOf(s.image)))
		s.size = sizeOf(s.ref)
		w.enter(s, pulling, now)
		w.run(s, r, now, ready-now, nil)
	})
}
