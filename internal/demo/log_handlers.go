package demo

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Build logs. The API passes on what a runner says, so it must know which runner; the log then comes with the
// runner's headers and the runner's errors.

// runnerWait is how long the API waits for a runner to take a build.
const runnerWait = 30 * second

// lookEvery is how often, in real time, a request that waits looks at the clock of the world.
const pollInterval = 50 * time.Millisecond

// getBuildLogs answers GET /snapshots/{id}/build-logs. Of an active snapshot there is nothing to say.
func (s *Server) getBuildLogs(x *exchange) error {
	row, err := s.findBuild(x)
	if err != nil {
		return err
	}
	if s.stateOf(row) == active {
		x.noContent(http.StatusOK)
		return nil
	}
	if err := s.waitForRunner(x, row); err != nil {
		return err
	}
	return s.writeLog(x, row)
}

// getBuildLogsURL answers GET /snapshots/{id}/build-logs-url with where the log is: at a proxy, which in the
// demo is the same server under another path.
func (s *Server) getBuildLogsURL(x *exchange) error {
	row, err := s.findBuild(x)
	if err != nil {
		return err
	}
	if err := s.waitForRunner(x, row); err != nil {
		return err
	}
	url := x.origin() + "/proxy/snapshots/" + row.id + "/build-logs"
	x.json(http.StatusOK, append(appendField(nil, '{', "url", url), '}'))
	return nil
}

// getRunnerLogs answers at the proxy: with whatever the runner still has.
func (s *Server) getRunnerLogs(x *exchange) error {
	row, err := s.findBuild(x)
	if err != nil {
		return err
	}
	return s.writeLog(x, row)
}

// builtRow finds the snapshot whose log is wanted. A name finds it too, and then meets a query for ids.
func (s *Server) findBuild(x *exchange) (*snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	row, f := s.world.findOwn(x.params[0])
	switch {
	case f != nil:
		return nil, f
	case !isUUID(x.params[0]):
		return nil, internalError()
	case row.build == nil:
		return nil, notFound("Snapshot " + row.id + " has no build info")
	}
	return row, nil
}

func (s *Server) stateOf(row *snapshot) state {
	s.mu.Lock()
	defer s.mu.Unlock()
	return row.state
}

// awaitRunner waits until a runner has the build. On the world's clock or on a real one, whichever is first, it
// gives up after 30 seconds; it ends at once when the client goes away.
func (s *Server) waitForRunner(x *exchange, row *snapshot) error {
	ctx, cancel := context.WithTimeout(x.r.Context(), time.Duration(runnerWait)*time.Millisecond)
	defer cancel()
	began := x.now
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		s.mu.Lock()
		assigned, gone := row.runner != "", row.deleted
		s.mu.Unlock()
		switch {
		case assigned:
			return nil
		case gone:
			return snapshotNotFound(row.id)
		case x.now >= began+runnerWait || ctx.Err() != nil:
			return notFound("Timeout waiting for build runner assignment for snapshot " + row.id)
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
		x.now = s.advance()
	}
}

// writeLog writes the log as far as it goes, or follows it to the end of the build.
func (s *Server) writeLog(x *exchange, row *snapshot) error {
	j := s.logJob(row)
	h := x.w.Header()
	set(h, "Connection", "close")
	delete(h, "Keep-Alive")
	if j == nil {
		body := runnerErrorBody(row.build.ref, x.now)
		set(h, "Content-Type", "application/json")
		set(h, "Content-Length", strconv.Itoa(len(body)))
		x.w.WriteHeader(http.StatusNotFound)
		_, _ = x.w.Write(body)
		return nil
	}
	set(h, "Content-Type", "application/octet-stream")
	lines := buildLog(j, row.build)
	if x.r.URL.Query().Get("follow") != "true" {
		text := strings.Join(s.linesUntil(j, lines, x.now), "")
		set(h, "Content-Length", strconv.Itoa(len(text)))
		_, _ = x.w.Write([]byte(text))
		return nil
	}
	s.follow(x, j, lines)
	return nil
}

// jobOf is the job whose log a runner still has: a build of this session, or one that failed.
func (s *Server) logJob(row *snapshot) *job {
	s.mu.Lock()
	defer s.mu.Unlock()
	if row.job != nil || row.state != failed {
		return row.job
	}
	j := &job{snapshot: row, end: row.updated, start: row.updated - buildDuration(row.build)}
	if row.reason == timeoutReason {
		j.start, j.end, j.timedOutAt = row.updated-buildTimeout, row.updated+2*buildTimeout, row.updated
	}
	j.failure = s.world.buildFailure(row.build)
	row.job = j
	return j
}

// said is the text of the lines that were written up to now.
func (s *Server) linesUntil(j *job, lines []logLine, now millis) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.timedOutAt != 0 {
		now = min(now, j.timedOutAt)
	}
	var text []string
	for _, l := range lines {
		if j.start+l.at > now {
			break
		}
		text = append(text, l.text)
	}
	return text
}

// follow writes lines as the world's clock comes to them. It looks at that clock on a real ticker, since nothing
// else would move the world while the client does nothing but read.
func (s *Server) follow(x *exchange, j *job, lines []logLine) {
	out := http.NewResponseController(x.w)
	x.w.WriteHeader(http.StatusOK)
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for written := 0; ; {
		text := s.linesUntil(j, lines, x.now)
		if len(text) > written || written == 0 {
			_, err := x.w.Write([]byte(strings.Join(text[written:], "")))
			if err != nil || out.Flush() != nil {
				return
			}
			written = len(text)
		}
		s.mu.Lock()
		over := j.finished(x.now)
		s.mu.Unlock()
		if over {
			return
		}
		select {
		case <-x.r.Context().Done():
			return
		case <-ticker.C:
		}
		x.now = s.advance()
	}
}
