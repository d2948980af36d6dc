//go:build linux

package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	demoapi "daytona/snapdeck/internal/demo"
)

const (
	inPlace     = "in place"
	verifyFirst = "verify first"
)

// haste is how much faster than ours the clock of the server runs.
const haste = 60

// victim is the snapshot that is rebuilt. Nothing else in the demo has such a name.
const victim = "zebra-quux"

const victimRecipe = `{"name": "` + victim + `", "cpu": 2, "memory": 4, "disk": 5, "regionId": "us",
	"buildInfo": {"dockerfileContent": "FROM docker.io/library/alpine:3.21\nRUN echo zebra\n"}}`

// The step that follows the new snapshot, and what it waits for.
const (
	follow   = "follow"
	isActive = ": it is active"
)

// moment is a point of a rebuild: a request of one of its steps, before the server
// acts on it or when it has acted and nobody has heard of it.
type moment struct {
	step  string
	acted bool
}

func (m moment) String() string {
	if m.acted {
		return m.step + ", the server acted"
	}
	return m.step + ", sent"
}

// stage is a server on which something happens at one moment of the play. It tells
// the requests of the rebuild from the others by their ids.
type stage struct {
	t       *testing.T
	url     string
	api     http.Handler
	home    string // of the program
	reached chan struct{}
	goOn    chan struct{}
	resume  func() // closes it

	mu        sync.Mutex
	when      moment
	happens   func(http.ResponseWriter) // instead of an answer, once
	old       string
	fresh     string
	candidate string
	deleted   map[string]bool // ids of which a delete was sent
}

// newStage starts a server with the victim on it.
func newStage(t *testing.T) *stage {
	began := time.Now()
	s := &stage{
		t:       t,
		api:     demoapi.New(demoapi.Options{Size: 12, Now: func() time.Time { return began.Add(haste * time.Since(began)) }}),
		home:    t.TempDir(),
		reached: make(chan struct{}),
		goOn:    make(chan struct{}),
		deleted: make(map[string]bool),
	}
	server := httptest.NewServer(s)
	s.resume = sync.OnceFunc(func() { close(s.goOn) })
	t.Cleanup(server.Close)
	t.Cleanup(s.resume)
	s.url = server.URL + "/api"
	s.old = s.ask(http.MethodPost, "/snapshots", victimRecipe).ID
	s.until("the victim is active", func() bool { return s.ask(http.MethodGet, "/snapshots/"+s.old, "").State == "active" })
	return s
}

func (s *stage) until(what string, ok func() bool) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("waited in vain until %s", what)
		}
	}
}

// at lets something happen instead of an answer when the moment comes for the first
// time.
func (s *stage) at(m moment, happens func(http.ResponseWriter)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.when, s.happens = m, happens
}

// pause stops the play until it is resumed, and then there is no answer.
func (s *stage) pause(http.ResponseWriter) {
	close(s.reached)
	<-s.goOn
}

// ServeHTTP implements [http.Handler].
func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	step := s.step(r, body)
	if s.happened(w, false, step) {
		return
	}
	if step == "create" {
		s.forgetBuild()
	}
	answer := httptest.NewRecorder()
	s.api.ServeHTTP(answer, r)
	s.learn(r, answer)
	if s.happened(w, true, step, step+outcome(answer)) {
		return
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// forgetBuild puts the candidate to sleep where the play is about the time after the
// create: with the build of the candidate at hand the server would be done with the
// new snapshot at once, and there would be nothing to follow.
func (s *stage) forgetBuild() {
	s.mu.Lock()
	candidate, step := s.candidate, s.when.step
	s.mu.Unlock()
	if candidate != "" && (step == follow || step == follow+isActive) {
		if answer := s.call(http.MethodPost, "/snapshots/"+candidate+"/deactivate", ""); answer.Code != http.StatusNoContent {
			s.t.Errorf("the candidate cannot be put to sleep: %d %s", answer.Code, answer.Body)
		}
	}
}

// happened lets happen what shall happen at the moment, which has these names, and
// reports whether it did.
func (s *stage) happened(w http.ResponseWriter, acted bool, steps ...string) bool {
	s.mu.Lock()
	happens := s.happens
	if acted == s.when.acted && slices.Contains(steps, s.when.step) {
		s.happens = nil
	} else {
		happens = nil
	}
	s.mu.Unlock()
	if happens == nil {
		return false
	}
	happens(w)
	return true
}

// step is what a request means to the rebuild, "" where it is not the rebuild's.
func (s *stage) step(r *http.Request, body []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, one := strings.CutPrefix(r.URL.Path, "/api/snapshots/")
	if !one && r.Method == http.MethodPost {
		if bytes.Contains(body, []byte("-candidate-")) {
			return "create the candidate"
		}
		return "create"
	}
	var steps map[string]string
	switch {
	case !one || id == "":
	case id == s.old:
		steps = map[string]string{"GET": "check", "DELETE": "delete", "GET again": "wait"}
	case id == s.fresh:
		steps = map[string]string{"GET": follow}
	case id == s.candidate:
		steps = map[string]string{"GET": "follow the candidate", "DELETE": "delete the candidate", "GET again": "wait for its end"}
	}
	method := r.Method
	if s.deleted[id] {
		method += " again"
	}
	if r.Method == http.MethodDelete {
		s.deleted[id] = true
	}
	return steps[method]
}

// outcome tells apart the answers to the questions that are asked again and again.
func outcome(answer *httptest.ResponseRecorder) string {
	switch {
	case answer.Code == http.StatusNotFound:
		return ": it is gone"
	case bytes.Contains(answer.Body.Bytes(), []byte(`"state":"active"`)):
		return isActive
	default:
		return ""
	}
}

// learn notes the ids of what was created.
func (s *stage) learn(r *http.Request, answer *httptest.ResponseRecorder) {
	var made snapshot
	if r.Method != http.MethodPost || answer.Code != http.StatusOK || json.Unmarshal(answer.Body.Bytes(), &made) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.Contains(made.Name, "-candidate-") {
		s.candidate = made.ID
	} else {
		s.fresh = made.ID
	}
}

// snapshot is what of a snapshot is compared.
type snapshot struct {
	ID, Name, State string
	CPU, Mem, Disk  float64
	RegionIDs       []string
	BuildInfo       struct{ DockerfileContent string }
}

// recipe is what the snapshot is made from, without the comment of a rebuild.
func (s snapshot) recipe() string {
	dockerfile := regexp.MustCompile(`# snapdeck rebuild .*\n`).ReplaceAllString(s.BuildInfo.DockerfileContent, "")
	return fmt.Sprintln(s.Name, s.CPU, s.Mem, s.Disk, s.RegionIDs, dockerfile)
}

// ask asks the demo API behind the stage.
func (s *stage) ask(method, path, body string) snapshot {
	s.t.Helper()
	var one snapshot
	s.request(method, path, body, &one)
	return one
}

func (s *stage) request(method, path, body string, into any) {
	s.t.Helper()
	answer := s.call(method, path, body)
	if err := json.Unmarshal(answer.Body.Bytes(), into); err != nil || answer.Code != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s, %v", method, path, answer.Code, answer.Body, err)
	}
}

func (s *stage) call(method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, s.url+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+demoapi.Key)
	r.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	s.api.ServeHTTP(answer, r)
	return answer
}
