package rebuild_test

import (
	"encoding/json"
	"slices"
	"strings"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// checkInvariant checks what holds at every moment: the old snapshot exists, or the new
// one does, or every crash leaves a journal with the recipe. A Dockerfile that an
// edited one replaces survives in any case.
func (w *world) checkInvariant(m moment) {
	w.t.Helper()
	if w.old == nil || w.othersAct {
		return
	}
	rows := w.server.named(w.old.Name)
	if w.edited != "" && !slices.ContainsFunc(rows, func(r row) bool { return r.id == w.old.ID && r.state != model.StateRemoving }) {
		for _, how := range durabletest.Crashes() {
			if was, _ := w.old.Dockerfile(); !slices.Contains(w.dockerfiles(how), was) {
				w.t.Errorf("at %d, %s: a %s would lose the old Dockerfile", m.n, m, how)
			}
		}
	}
	for _, r := range rows {
		if r.name == w.old.Name && (r.id != w.old.ID || r.state != model.StateRemoving) {
			return
		}
	}
	for _, how := range durabletest.Crashes() {
		if !w.recipeSurvives(how, w.old.ID, w.old.Name) {
			w.t.Errorf("at %d, %s: a %s would lose the recipe", m.n, m, how)
		}
	}
}

// dockerfiles returns the saved Dockerfiles that survive a crash.
func (w *world) dockerfiles(how durabletest.Crash) []string {
	var all []string
	for file, data := range w.disk.FilesAfter(w.dir, how) {
		if strings.HasSuffix(file, ".Dockerfile") && !strings.HasPrefix(file, ".") {
			all = append(all, string(data))
		}
	}
	return all
}

// recipeSurvives reports whether a crash leaves an entry that names the snapshot and
// has its recipe.
func (w *world) recipeSurvives(how durabletest.Crash, id, name string) bool {
	for file, data := range w.disk.FilesAfter(w.dir, how) {
		e, ok := w.parsed(file, data)
		if !ok {
			continue
		}
		candidate := e.Candidate != nil && (e.Candidate.ID == id || e.Candidate.Recipe.Name == name)
		if (e.Old.ID == id || candidate) && e.Recipe.Name == e.Old.Name && len(e.Old.JSON) > 2 && e.Target.APIURL != "" {
			return true
		}
	}
	return false
}

// parsed returns the entry or the recipe of a deleted snapshot in a file. The same files are
// checked at every moment, so each content is parsed once.
func (w *world) parsed(file string, data []byte) (rebuild.Entry, bool) {
	if !strings.HasSuffix(file, ".json") && !strings.HasSuffix(file, ".deleted") {
		return rebuild.Entry{}, false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	e, known := w.entries[string(data)]
	if !known {
		var left struct{ Content rebuild.Entry }
		if json.Unmarshal(data, &left) != nil {
			left.Content = rebuild.Entry{}
		}
		e = left.Content
		if w.entries == nil {
			w.entries = map[string]rebuild.Entry{}
		}
		w.entries[string(data)] = e
	}
	return e, e.ID != ""
}
