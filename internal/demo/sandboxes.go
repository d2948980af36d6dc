package demo

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Sandboxes are not part of the world: they are derived from their snapshot on each request, so
// that they change nothing that a seed determines.

// maxSandboxFilter is how many values the filter by snapshots may have.
const maxSandboxFilter = 20

// sandboxStates are the values of the filter by states.
var sandboxStates = []string{
	"creating", "restoring", "destroying", "started", "stopped", "starting", "stopping", "error", "build_failed",
	"pending_build", "building_snapshot", "unknown", "pulling_snapshot", "archived", "archiving", "resizing", "snapshotting",
	"forking", "pausing", "paused",
}

// sandbox is a sandbox of the organization.
type sandbox struct {
	id, name, state string
	snapshot        *snapshot
	created, active millis // active 0 means that it had no activity
}

// sandboxesOf returns the sandboxes of a snapshot. Busy ones are in use.
func (w *world) sandboxesOf(s *snapshot) []sandbox {
	started, stopped, archived := 0, 0, 0
	switch variety := stableHash(s.id, "sandboxes") % 8; {
	case s.unlisted || s.used == 0:
	case slices.Contains(w.busy, s) && s.protected:
		started, stopped = 3, 12
	case slices.Contains(w.busy, s):
		started, stopped = 1, 2
	case variety == 0:
		stopped = 2
	case variety == 1:
		stopped, archived = 1, 1
	}
	states := slices.Concat(slices.Repeat([]string{"started"}, started), slices.Repeat([]string{"stopped"}, stopped), slices.Repeat([]string{"archived"}, archived))
	list := make([]sandbox, len(states))
	for i, state := range states {
		key := strconv.Itoa(i)
		list[i] = sandbox{
			id:   fmt.Sprintf("%08x-0000-4000-8000-%012x", uint32(stableHash(s.id, "sandbox "+key)), i), //nolint:gosec // digits of an id
			name: fmt.Sprintf("%s-%d", strings.ToLower(lastSegment(s.name)), i+1), state: state, snapshot: s,
			created: s.used - hours(float64(i+1)), active: s.used - hours(float64(i)*.7),
		}
	}
	return list
}

// lastSegment returns what follows the last slash, without a tag.
func lastSegment(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	name, _, _ = strings.Cut(name, ":")
	return name
}

// sandboxQuery contains the query parameters of a list of sandboxes.
type sandboxQuery struct {
	limit             int
	snapshots, states []string
	byName, ascending bool
	after             string // id of the last sandbox of the page before
}

func parseSandboxQuery(raw string) (sandboxQuery, *apiError) {
	values, err := url.ParseQuery(raw)
	if err != nil && values == nil {
		values = url.Values{}
	}
	var messages []string
	q := sandboxQuery{snapshots: values["snapshots"], states: values["states"]}
	q.limit = intParam(values, "limit", defaultLimit, maxLimit, &messages)
	q.byName = enumParam(values, "sort", "lastActivityAt", []string{"name", "lastActivityAt", "createdAt"}, &messages) == "name"
	q.ascending = enumParam(values, "order", "desc", []string{"asc", "desc"}, &messages) == "asc"
	if len(q.snapshots) > maxSandboxFilter {
		messages = append(messages, fmt.Sprintf("snapshots must contain no more than %d elements", maxSandboxFilter))
	}
	if slices.ContainsFunc(q.states, func(state string) bool { return !slices.Contains(sandboxStates, state) }) {
		messages = append(messages, "each value must be one of the following values: "+strings.Join(sandboxStates, ", "))
	}
	if messages != nil {
		return q, badRequest(strings.Join(messages, ", "))
	}
	if cursor := values.Get("cursor"); cursor != "" {
		after, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil || len(after) != 36 {
			return q, badRequest("Invalid cursor provided: " + cursor)
		}
		q.after = string(after)
	}
	return q, nil
}

// matches reports whether the filters keep a sandbox. Names are compared as they are.
func (q sandboxQuery) matches(b sandbox) bool {
	return (len(q.snapshots) == 0 || slices.Contains(q.snapshots, b.snapshot.name)) &&
		(len(q.states) == 0 || slices.Contains(q.states, b.state))
}

func (q sandboxQuery) compare(x, y sandbox) int {
	order := int(x.active - y.active)
	if q.byName {
		order = strings.Compare(x.name, y.name)
	}
	if !q.ascending {
		order = -order
	}
	if order != 0 {
		return order
	}
	return strings.Compare(x.id, y.id)
}

func (s *Server) listSandboxes(x *exchange) error {
	q, apiErr := parseSandboxQuery(x.r.URL.RawQuery)
	if apiErr != nil {
		return apiErr
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []sandbox
	for _, row := range s.world.rows {
		for _, b := range s.world.sandboxesOf(row) {
			if q.matches(b) {
				found = append(found, b)
			}
		}
	}
	slices.SortFunc(found, q.compare)
	if at := slices.IndexFunc(found, func(b sandbox) bool { return b.id == q.after }); at >= 0 {
		found = found[at+1:]
	}
	next := ""
	if len(found) > q.limit {
		found = found[:q.limit]
		next = base64.RawURLEncoding.EncodeToString([]byte(found[q.limit-1].id))
	}
	body := appendList([]byte(`{"items":`), found, sandbox.append)
	body = appendOptional(body, "nextCursor", next)
	x.writeJSON(http.StatusOK, append(body, '}'))
	return nil
}

// append appends a sandbox as the list returns it.
func (b sandbox) append(body []byte) []byte {
	s := b.snapshot
	body = appendField(body, '{', "id", b.id)
	body = appendField(body, ',', "organizationId", OrganizationID)
	body = appendField(body, ',', "name", b.name)
	target := defaultRegion
	if len(s.regions) > 0 {
		target = s.regions[0]
	}
	body = appendField(body, ',', "target", target)
	body = appendNulls(body, "runnerId")
	body = appendField(body, ',', "sandboxClass", s.class)
	body = appendField(body, ',', "state", b.state)
	body = appendField(body, ',', "desiredState", b.state)
	body = appendField(body, ',', "snapshot", s.name)
	body = appendField(body, ',', "user", "daytona")
	body = appendNulls(body, "errorReason")
	body = append(body, `,"recoverable":false,"public":false`...)
	body = appendInt(body, "cpu", s.cpu)
	body = appendInt(body, "gpu", s.gpu)
	body = appendInt(body, "memory", s.mem)
	body = appendInt(body, "disk", s.disk)
	body = append(body, `,"labels":{}`...)
	body = appendField(body, ',', "backupState", "None")
	body = appendInt(body, "autoStopInterval", 0)
	body = appendInt(body, "autoArchiveInterval", 10080)
	body = appendInt(body, "autoDeleteInterval", -1)
	body = appendTime(body, "createdAt", b.created)
	body = appendTime(body, "updatedAt", max(b.created, b.active))
	body = appendTime(body, "lastActivityAt", b.active)
	return append(appendNulls(body, "daemonVersion"), '}')
}
