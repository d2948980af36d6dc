package demo

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// auditActions are the requests about snapshots that have an audit entry, by method and
// pattern of their route.
var auditActions = map[string]string{
	"POST /api/snapshots":              "create",
	"DELETE /api/snapshots/*":          "delete",
	"POST /api/snapshots/*/activate":   "activate",
	"POST /api/snapshots/*/deactivate": "deactivate",
}

// audits prepares the entry for a request that has all permissions. It is added just before the
// response is written, so that whoever has the response finds the entry.
func (s *Server) audits(x *exchange, t *route) {
	action, ok := auditActions[t.method+" "+t.pattern]
	if !ok {
		return
	}
	e := auditEntry{by: x.auditActor(), action: action, targetType: auditOfSnapshot}
	if action == "create" {
		e.metadata = auditMetadata(x.body)
	} else {
		e.target = x.params[0]
	}
	x.responding = func(status int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		e.at, e.status, e.message = s.world.now, status, x.failure
		if x.created != "" {
			e.target = x.created
		}
		s.world.record(e)
	}
}

// auditActor returns the sender of a request.
func (x *exchange) auditActor() auditActor {
	by := auditActor{id: userID, email: userEmail, address: clientAddress(x.r), agent: x.r.UserAgent()}
	if k := x.caller.key; k != nil {
		known := k.actor("")
		by.prefix, by.suffix = known.prefix, known.suffix
	}
	return by
}

// listAudit handles GET /audit/organizations/{id}. Release 0.190 ignores nextToken and all filters
// but from and to. The organization is checked before the permission.
func (s *Server) listAudit(x *exchange) error {
	if x.params[0] != OrganizationID {
		return invalidContext()
	}
	if !x.caller.can(readAudit) {
		return forbidden("Access denied")
	}
	q, apiErr := parseAuditQuery(x.r.URL.Query())
	if apiErr != nil {
		return apiErr
	}
	s.mu.Lock()
	body := s.world.auditPage(q)
	s.mu.Unlock()
	x.writeJSON(http.StatusOK, body)
	return nil
}

// auditQuery contains the query parameters of a list of the audit log.
type auditQuery struct {
	page, limit int
	from, to    time.Time // zero for none
}

func parseAuditQuery(values url.Values) (q auditQuery, _ *apiError) {
	var messages []string
	q.page = intParam(values, "page", 1, math.MaxInt32, &messages)
	q.limit = intParam(values, "limit", defaultLimit, maxLimit, &messages)
	q.from = timeParam(values, "from", &messages)
	q.to = timeParam(values, "to", &messages)
	if messages != nil {
		return q, badRequest(strings.Join(messages, ", "))
	}
	return q, nil
}

func timeParam(values url.Values, key string, messages *[]string) time.Time {
	if !values.Has(key) {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, values.Get(key)); err == nil {
			return t
		}
	}
	*messages = append(*messages, key+" must be a Date instance")
	return time.Time{}
}

// auditPage returns one page of the log, newest first.
func (w *world) auditPage(q auditQuery) []byte {
	var found []*auditEntry
	for i := range w.audit {
		at := w.audit[i].at.time()
		if (q.from.IsZero() || !at.Before(q.from)) && (q.to.IsZero() || !at.After(q.to)) {
			found = append(found, &w.audit[i])
		}
	}
	slices.Reverse(found)
	return appendPage(nil, onPage(found, q.page, q.limit), len(found), q.page, q.limit, (*auditEntry).append)
}
