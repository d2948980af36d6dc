package demo

import (
	"net/http"
)

// getSnapshot handles GET /snapshots/{id or name}.
func (s *Server) getSnapshot(x *exchange) error {
	s.mu.Lock()
	row, apiErr := s.world.find(x.params[0])
	var body []byte
	if apiErr == nil {
		body = appendSnapshot(nil, row, false)
	}
	s.mu.Unlock()
	if apiErr != nil {
		return apiErr
	}
	x.writeJSON(http.StatusOK, body)
	return nil
}

// mutate changes a row under the lock. Such requests require an id, but the server looks up names
// first: an unknown name is not found, a known one is a bad request.
func (s *Server) mutate(x *exchange, apply func(*snapshot) *apiError) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	row, apiErr := s.world.findOwn(x.params[0])
	if apiErr != nil {
		return apiErr
	}
	if !isUUID(x.params[0]) {
		return badRequest("Validation failed (uuid is expected)")
	}
	if apiErr = apply(row); apiErr != nil {
		return apiErr
	}
	return nil
}

var uuidPattern = lazyRegexp(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

func isUUID(s string) bool { return uuidPattern().MatchString(s) }

// deleteSnapshot handles DELETE /snapshots/{id}.
func (s *Server) deleteSnapshot(x *exchange) error {
	err := s.mutate(x, func(row *snapshot) *apiError {
		if row.general {
			return forbidden("You cannot delete a general snapshot")
		}
		s.world.delete(row, s.world.now)
		return nil
	})
	if err != nil {
		return err
	}
	x.writeStatus(http.StatusOK)
	return nil
}

// activateSnapshot handles POST /snapshots/{id}/activate.
func (s *Server) activateSnapshot(x *exchange) error {
	var body []byte
	err := s.mutate(x, func(row *snapshot) *apiError {
		if apiErr := s.world.checkActivation(row); apiErr != nil {
			return apiErr
		}
		s.world.activate(row, s.world.now)
		body = appendSnapshot(nil, row, false)
		return nil
	})
	if err != nil {
		return err
	}
	x.writeJSON(http.StatusOK, body)
	return nil
}

func (w *world) checkActivation(row *snapshot) *apiError {
	switch {
	case row.state == active:
		return badRequest("Snapshot " + row.id + " is already active")
	case row.state != inactive:
		return badRequest("Snapshot " + row.id + " cannot be activated - it is in " + row.state.String() + " state")
	}
	if w.now-row.updated < activationDelay {
		return badRequest("Snapshot deactivation is still in progress. Please try again in a few minutes.")
	}
	if len(row.regions) == 0 {
		return notFound("Region for snapshot " + row.id + " not found")
	}
	return w.checkLimits(row.cpu, row.mem, row.disk)
}

// deactivateSnapshot handles POST /snapshots/{id}/deactivate, which is allowed in any state.
func (s *Server) deactivateSnapshot(x *exchange) error {
	err := s.mutate(x, func(row *snapshot) *apiError {
		s.world.deactivate(row, s.world.now)
		return nil
	})
	if err != nil {
		return err
	}
	x.writeStatus(http.StatusNoContent)
	return nil
}
