//go:build linux

package e2e

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
	"daytona/snapdeck/internal/demo/demotest"
)

const (
	inPlace     = "in place"
	verifyFirst = "verify first"
)

// fastDemo returns a demo with a clock that runs 60 times as fast.
func fastDemo(o demoapi.Options) *demoapi.Server {
	start := time.Now()
	o.Now = func() time.Time { return start.Add(60 * time.Since(start)) }
	return demoapi.New(o)
}

// target is the name of the rebuilt snapshot, which is unique in the demo.
const target = "zebra-quux"

const targetRecipe = `{"name": "` + target + `", "cpu": 2, "memory": 4, "disk": 5, "regionId": "us",
	"buildInfo": {"dockerfileContent": "FROM docker.io/library/alpine:3.21\nRUN echo zebra\n"}}`

// The step that polls the new snapshot, and the suffix of its last request.
const (
	pollNew      = "poll"
	activeSuffix = ": active"
)

// faultPoint is a request of one step of a rebuild, before or after the server handles
// it.
type faultPoint struct {
	step    string
	handled bool
}

func (p faultPoint) String() string {
	if p.handled {
		return p.step + ", handled"
	}
	return p.step + ", sent"
}

// faultyServer is a demo server that injects a fault into one request of a rebuild. It
// identifies the requests by the ids of the snapshots.
type faultyServer struct {
	t       *testing.T
	url     string
	demo    http.Handler
	home    string // home directory of the program
	reached chan struct{}
	resumed chan struct{}
	resume  func() // closes resumed

	mu          sync.Mutex
	faultPoint  faultPoint
	fault       func(http.ResponseWriter) // replaces one response
	oldID       string
	newID       string
	candidateID string
	deleted     map[string]bool // ids with a DELETE request
}

// newServer starts a server with an active target.
func newServer(t *testing.T) *faultyServer {
	s := &faultyServer{
		t:       t,
		demo:    fastDemo(demoapi.Options{Size: 12}),
		home:    t.TempDir(),
		reached: make(chan struct{}),
		resumed: make(chan struct{}),
		deleted: make(map[string]bool),
	}
	s.resume = sync.OnceFunc(func() { close(s.resumed) })
	s.url = demotest.Serve(t, s)
	t.Cleanup(s.resume)
	s.oldID = s.send(http.MethodPost, "/snapshots", targetRecipe).ID
	s.waitUntil("the target is active", func() bool { return s.send(http.MethodGet, "/snapshots/"+s.oldID, "").State == "active" })
	return s
}

func (s *faultyServer) waitUntil(what string, ok func() bool) {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("timed out waiting until %s", what)
		}
	}
}

// injectAt makes fault replace the response to the first request at p.
func (s *faultyServer) injectAt(p faultPoint, fault func(http.ResponseWriter)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faultPoint, s.fault = p, fault
}

// block is a fault that blocks until resume is called, and sends no response.
func (s *faultyServer) block(http.ResponseWriter) {
	close(s.reached)
	<-s.resumed
}

// ServeHTTP implements [http.Handler].
func (s *faultyServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	step := s.step(r, body)
	if s.inject(w, false, step) {
		return
	}
	if step == "create" {
		s.deactivateCandidate()
	}
	answer := httptest.NewRecorder()
	s.demo.ServeHTTP(answer, r)
	s.recordID(r, answer)
	if s.inject(w, true, step, step+outcomeSuffix(answer)) {
		return
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// deactivateCandidate removes the build cache of the candidate if the fault is injected
// while the new snapshot is polled. With the cache there would be nothing to poll.
func (s *faultyServer) deactivateCandidate() {
	s.mu.Lock()
	candidate, step := s.candidateID, s.faultPoint.step
	s.mu.Unlock()
	if candidate != "" && (step == pollNew || step == pollNew+activeSuffix) {
		if answer := s.call(http.MethodPost, "/snapshots/"+candidate+"/deactivate", ""); answer.Code != http.StatusNoContent {
			s.t.Errorf("deactivating the candidate: %d %s", answer.Code, answer.Body)
		}
	}
}

// inject injects the fault if the request is at the fault point, which has one of these
// steps, and reports whether it did.
func (s *faultyServer) inject(w http.ResponseWriter, handled bool, steps ...string) bool {
	s.mu.Lock()
	var fault func(http.ResponseWriter)
	if handled == s.faultPoint.handled && slices.Contains(steps, s.faultPoint.step) {
		fault, s.fault = s.fault, nil
	}
	s.mu.Unlock()
	if fault == nil {
		return false
	}
	fault(w)
	return true
}

// step returns the step of a request, or "" if it is not part of the rebuild.
func (s *faultyServer) step(r *http.Request, body []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, hasID := strings.CutPrefix(r.URL.Path, "/api/snapshots/")
	if !hasID && r.Method == http.MethodPost {
		if bytes.Contains(body, []byte("-candidate-")) {
			return "create the candidate"
		}
		return "create"
	}
	var steps map[string]string
	switch {
	case !hasID || id == "":
	case id == s.oldID:
		steps = map[string]string{"GET": "check", "DELETE": "delete", "GET again": "wait for the deletion"}
	case id == s.newID:
		steps = map[string]string{"GET": pollNew}
	case id == s.candidateID:
		steps = map[string]string{"GET": "poll the candidate", "DELETE": "delete the candidate", "GET again": "wait for the deletion of the candidate"}
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

// outcomeSuffix returns the suffix of the step for the last of repeated requests.
func outcomeSuffix(answer *httptest.ResponseRecorder) string {
	switch {
	case answer.Code == http.StatusNotFound:
		return ": deleted"
	case bytes.Contains(answer.Body.Bytes(), []byte(`"state":"active"`)):
		return activeSuffix
	default:
		return ""
	}
}

// recordID records the id of a created snapshot.
func (s *faultyServer) recordID(r *http.Request, answer *httptest.ResponseRecorder) {
	var created snapshot
	if r.Method != http.MethodPost || answer.Code != http.StatusOK || json.Unmarshal(answer.Body.Bytes(), &created) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.Contains(created.Name, "-candidate-") {
		s.candidateID = created.ID
	} else {
		s.newID = created.ID
	}
}

// snapshot contains the compared fields of a snapshot.
type snapshot struct {
	ID, Name, State string
	CPU, Mem, Disk  float64
	RegionIDs       []string
	BuildInfo       struct{ DockerfileContent string }
}

// recipe returns the recipe without the comment that a rebuild adds.
func (s snapshot) recipe() string {
	dockerfile := regexp.MustCompile(`# snapdeck rebuild .*\n`).ReplaceAllString(s.BuildInfo.DockerfileContent, "")
	return fmt.Sprintln(s.Name, s.CPU, s.Mem, s.Disk, s.RegionIDs, dockerfile)
}

// send sends a request that bypasses the faults, and decodes the snapshot.
func (s *faultyServer) send(method, path, body string) snapshot {
	s.t.Helper()
	var decoded snapshot
	s.request(method, path, body, &decoded)
	return decoded
}

func (s *faultyServer) request(method, path, body string, into any) {
	s.t.Helper()
	answer := s.call(method, path, body)
	if err := json.Unmarshal(answer.Body.Bytes(), into); err != nil || answer.Code != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s, %v", method, path, answer.Code, answer.Body, err)
	}
}

func (s *faultyServer) call(method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, s.url+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+demoapi.Key)
	r.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	s.demo.ServeHTTP(answer, r)
	return answer
}
