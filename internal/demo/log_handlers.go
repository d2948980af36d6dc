package demo

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Build logs. The API forwards the response of the build's runner, including its headers
// and errors.

// runnerWait is how long the API waits for a runner to take a build.
const runnerWait = 30 * second

// pollInterval is how often, in real time, a waiting request reads the world's clock.
const pollInterval = 50 * time.Millisecond

// getBuildLogs handles GET /snapshots/{id}/build-logs. The log of an active snapshot is empty.
func (s *Server) getBuildLogs(x *exchange) error {
	row, err := s.findBuild(x)
	if err != nil {
		return err
	}
	if s.stateOf(row) == active {
		x.writeStatus(http.StatusOK)
		return nil
	}
	if err := s.waitForRunner(x, row); err != nil {
		return err
	}
	return s.writeLog(x, row)
}

// getBuildLogsURL handles GET /snapshots/{id}/build-logs-url. The URL is that of a proxy, in the
// demo another path of the same server.
func (s *Server) getBuildLogsURL(x *exchange) error {
	row, err := s.findBuild(x)
	if err != nil {
		return err
	}
	if err := s.waitForRunner(x, row); err != nil {
		return err
	}
	url := x.origin() + "/proxy/snapshots/" + row.id + "/build-logs"
	x.writeJSON(http.StatusOK, append(appendField(nil, '{', "url", url), '}'))
	return nil
}

// getRunnerLogs handles the proxy's URL. It returns the log as long as the runner has it.
func (s *Server) getRunnerLogs(x *exchange) error {
	row, err := s.findBuild(x)
	if err != nil {
		return err
	}
	return s.writeLog(x, row)
}

// findBuild finds the snapshot of a log request. For a name it returns an internal error, because
// the server's next query requires an id.
func (s *Server) findBuild(x *exchange) (*snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	row, apiErr := s.world.findOwn(x.params[0])
	switch {
	case apiErr != nil:
		return nil, apiErr
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

// waitForRunner waits until a runner has the build, at most 30 seconds on the world's or the real
// clock. It returns when the client disconnects.
func (s *Server) waitForRunner(x *exchange, row *snapshot) error {
	ctx, cancel := context.WithTimeout(x.r.Context(), time.Duration(runnerWait)*time.Millisecond)
	defer cancel()
	startedAt := x.now
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		s.mu.Lock()
		assigned, deleted := row.runner != "", row.deleted
		s.mu.Unlock()
		switch {
		case assigned:
			return nil
		case deleted:
			return snapshotNotFound(row.id)
		case x.now >= startedAt+runnerWait || ctx.Err() != nil:
			return notFound("Timeout waiting for build runner assignment for snapshot " + row.id)
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
		x.now = s.advance()
	}
}

// writeLog writes the log up to now, or follows it until the end of the build.
func (s *Server) writeLog(x *exchange, row *snapshot) error {
	j := s.logJob(row)
	h := x.w.Header()
	setHeader(h, "Connection", "close")
	delete(h, "Keep-Alive")
	if j == nil {
		body := runnerErrorBody(row.build.ref, x.now)
		setHeader(h, "Content-Type", "application/json")
		setHeader(h, "Content-Length", strconv.Itoa(len(body)))
		x.w.WriteHeader(http.StatusNotFound)
		_, _ = x.w.Write(body)
		return nil
	}
	setHeader(h, "Content-Type", "application/octet-stream")
	lines := buildLog(j, row.build)
	if x.r.URL.Query().Get("follow") != "true" {
		text := strings.Join(s.linesUntil(j, lines, x.now), "")
		setHeader(h, "Content-Length", strconv.Itoa(len(text)))
		_, _ = x.w.Write([]byte(text))
		return nil
	}
	s.follow(x, j, lines)
	return nil
}

// logJob returns the job of a row with a log: a build since the start, or a failed one.
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

// linesUntil returns the lines that are due by now.
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

// follow writes each line when it is due. It polls the world's clock in real time, because there
// may be no other request that advances the world.
func (s *Server) follow(x *exchange, j *job, lines []logLine) {
	rc := http.NewResponseController(x.w)
	x.w.WriteHeader(http.StatusOK)
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for written := 0; ; {
		text := s.linesUntil(j, lines, x.now)
		if len(text) > written || written == 0 {
			_, err := x.w.Write([]byte(strings.Join(text[written:], "")))
			if err != nil || rc.Flush() != nil {
				return
			}
			written = len(text)
		}
		s.mu.Lock()
		finished := j.finished(x.now)
		s.mu.Unlock()
		if finished {
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
