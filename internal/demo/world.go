package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// world is the state of the demo organization. It is not safe for concurrent use: the server locks
// it.
type world struct {
	options Options
	start   millis
	now     millis // the time of the last advance
	version uint64 // incremented by every change to a row
	events  eventQueue

	rows          []*snapshot // all rows, including unlisted ones, unsorted
	byID          map[string]*snapshot
	ownByName     map[string]*snapshot // of the organization
	generalByName map[string]*snapshot
	byRef         map[string][]*snapshot // rows with the same ref
	buildByRef    map[string]*buildInfo  // key is the ref without the registry
	sizeByRef     map[string]float64     // of fixtures in GB
	inState       [len(stateNames)]int   // number of listed rows

	lists          listCache
	jobs           []*job
	audit          []auditEntry       // oldest first
	failures       map[string]failure // by ref of the Dockerfile or name of the image
	runnerByRegion map[string]string
	nextIdle       millis // no active row becomes idle before this

	templates templates

	idRand       *rand.Rand // for ids of snapshots that clients create
	activityRand *rand.Rand // for random events
	auditRand    *rand.Rand // for the audit log, so that it does not change the world
	busy         []*snapshot
	uses         int // sandboxes started from busy snapshots
}

func newWorld(o Options) *world {
	w := &world{
		options:        o,
		byID:           make(map[string]*snapshot, o.Size),
		ownByName:      make(map[string]*snapshot, o.Size),
		generalByName:  map[string]*snapshot{},
		byRef:          make(map[string][]*snapshot, o.Size),
		buildByRef:     map[string]*buildInfo{},
		sizeByRef:      map[string]float64{},
		failures:       map[string]failure{},
		runnerByRegion: map[string]string{},
		templates:      templates{},
		idRand:         stream(o.Seed, 1),
		activityRand:   stream(o.Seed, 2),
		auditRand:      stream(o.Seed, 4),
	}
	w.start = toMillis(o.Now())
	w.now = w.start
	w.lists.world = w
	return w
}

// stream returns a separate random source per purpose, so that requests do not influence random
// events.
func stream(seed int64, purpose uint64) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(seed), purpose)) //nolint:gosec // must be reproducible
}

// advance runs all events that are due. It does nothing if the clock stopped or went back.
func (w *world) advance(now millis) {
	for {
		e, due := w.events.pop(now)
		if !due {
			break
		}
		w.recordUses(e.at)
		w.now = max(w.now, e.at)
		e.run(w.now)
	}
	w.recordUses(now)
	w.now = max(w.now, now)
}

// add adds a row.
func (w *world) add(s *snapshot) {
	s.index = len(w.rows)
	s.lowerName = strings.ToLower(s.name)
	w.rows = append(w.rows, s)
	w.byID[s.id] = s
	if s.general {
		w.generalByName[s.name] = s
	}
	if s.org == OrganizationID {
		w.ownByName[s.name] = s
	}
	if s.ref != "" {
		w.byRef[s.ref] = append(w.byRef[s.ref], s)
	}
	if !s.unlisted {
		w.inState[s.state]++
	}
	w.markChanged(s)
}

// remove deletes a row.
func (w *world) remove(s *snapshot) {
	s.deleted = true
	delete(w.byID, s.id)
	if w.ownByName[s.name] == s {
		delete(w.ownByName, s.name)
	}
	if w.generalByName[s.name] == s {
		delete(w.generalByName, s.name)
	}
	w.removeRef(s)
	if !s.unlisted {
		w.inState[s.state]--
	}
	w.markChanged(s)
	last := len(w.rows) - 1
	w.rows[s.index] = w.rows[last]
	w.rows[s.index].index = s.index
	w.rows[last] = nil
	w.rows = w.rows[:last]
}

// markChanged records a change to a row.
func (w *world) markChanged(s *snapshot) {
	w.version++
	s.version = w.version
}

// setState changes the state of a row.
func (w *world) setState(s *snapshot, to state, now millis) {
	if !s.unlisted {
		w.inState[s.state]--
		w.inState[to]++
	}
	if s.state == active && len(w.byRef[s.ref]) > 1 {
		w.nextIdle = 0 // it may have kept a row with the same ref active
	}
	s.state = to
	s.updated = now
	w.markChanged(s)
}

// setRef changes the ref of a row.
func (w *world) setRef(s *snapshot, ref string) {
	if s.ref == ref {
		return
	}
	w.removeRef(s)
	s.ref = ref
	w.byRef[ref] = append(w.byRef[ref], s)
}

func (w *world) removeRef(s *snapshot) {
	if s.ref == "" {
		return
	}
	rest := slices.DeleteFunc(w.byRef[s.ref], func(t *snapshot) bool { return t == s })
	if len(rest) == 0 {
		delete(w.byRef, s.ref)
		return
	}
	w.byRef[s.ref] = rest
}

// activeSameRef returns another active row with the same ref in the region of s, where a runner has
// its image.
func (w *world) activeSameRef(s *snapshot) *snapshot {
	for _, t := range w.byRef[s.ref] {
		if t != s && t.state == active && slices.Contains(t.regions, w.regionOf(s).id) {
			return t
		}
	}
	return nil
}

// inUse returns how many snapshots count against the quota: those of the organization, its general
// ones included.
func (w *world) inUse() int {
	n := 0
	for s, count := range w.inState {
		if state(s).usesQuota() {
			n += count
		}
	}
	for _, s := range w.generalByName {
		if !s.unlisted && s.org != OrganizationID && s.state.usesQuota() {
			n--
		}
	}
	return n
}

// find finds a row like GET: by id, then the organization's by name, then a general one by name.
func (w *world) find(idOrName string) (*snapshot, *apiError) {
	if s, ok := w.byID[idOrName]; ok {
		if s.org != OrganizationID && !s.general {
			return nil, snapshotNotVisible(idOrName)
		}
		return s, nil
	}
	if s, ok := w.ownByName[idOrName]; ok {
		return s, nil
	}
	if s, ok := w.generalByName[idOrName]; ok {
		return s, nil
	}
	return nil, snapshotNotFound(idOrName)
}

// findOwn finds a row like all requests except GET: general rows of other organizations are not
// found.
func (w *world) findOwn(idOrName string) (*snapshot, *apiError) {
	s, apiErr := w.find(idOrName)
	if apiErr == nil && s.org != OrganizationID {
		return nil, snapshotNotVisible(idOrName)
	}
	return s, apiErr
}

const hexDigits = "0123456789abcdef"

// uuid returns a random version 4 UUID.
func uuid(r *rand.Rand) string {
	const pattern = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx"
	hi, lo := r.Uint64(), r.Uint64()
	b := []byte(pattern)
	for i, c := range b {
		if c != 'x' && c != 'y' {
			continue
		}
		n := hi & 15
		hi = hi>>4 | lo<<60
		lo >>= 4
		if c == 'y' {
			n = n&3 | 8
		}
		b[i] = hexDigits[n]
	}
	return string(b)
}
