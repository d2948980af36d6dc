package demo

import (
	"bytes"
	"encoding/json"
	"slices"
)

// auditEntry is one request in the organization's audit log.
type auditEntry struct {
	id         string
	at         millis
	by         auditActor
	action     string
	targetType string
	target     string // "" if unknown
	status     int
	message    string // why it failed
	metadata   []byte // JSON, nil for null
}

// auditActor is who sent a request. The parts of the key are empty for a browser login.
type auditActor struct {
	id, email, prefix, suffix, address, agent string
}

// Bounds of the audit log. The real one keeps entries for as long as it is configured to.
const (
	auditRetention  = 90 * day
	maxSeededAudit  = 1000 // entries at the start
	maxAudit        = 5000
	sandboxesAtSeed = 150 // entries about sandboxes at the start
)

const auditOfSnapshot = "snapshot"

// actor returns who uses a key.
func (k *key) actor(agent string) auditActor {
	return auditActor{
		id: userID, email: userEmail, prefix: k.value[:3], suffix: k.value[len(k.value)-3:], address: "10.20.0.7", agent: agent,
	}
}

// browserActor returns a user of the Daytona dashboard, which needs no key.
func browserActor() auditActor {
	return auditActor{id: "demo|grace", email: "grace@acme.example", address: "10.20.0.31", agent: "Mozilla/5.0"}
}

// keyNamed returns one of the organization's keys.
func keyNamed(value string) *key {
	return keys[slices.IndexFunc(keys, func(k *key) bool { return k.value == value })]
}

// auditActorFor returns who probably changed a snapshot.
func auditActorFor(action string, choice int) auditActor {
	switch {
	case choice%3 == 0:
		return browserActor()
	case action == "delete":
		return keyNamed(DeleterKey).actor("curl/8.11.0")
	case choice%3 == 1:
		return keyNamed(Key).actor("daytona-cli/0.190.0")
	default:
		return keyNamed(WriterKey).actor("daytona-python-sdk/0.190.0")
	}
}

// record adds the newest entry.
func (w *world) record(e auditEntry) {
	e.id = uuid(w.auditRand)
	w.audit = append(w.audit, e)
	if len(w.audit) > maxAudit {
		w.audit = slices.Clone(w.audit[len(w.audit)-maxSeededAudit:])
	}
}

// recordActivity adds an entry for a random event.
func (w *world) recordActivity(action string, s *snapshot, now millis) {
	e := auditEntry{
		at: now, by: auditActorFor(action, w.auditRand.IntN(3)), action: action, targetType: auditOfSnapshot, target: s.id, status: 200,
	}
	if action == "create" {
		e.metadata = s.auditMetadata()
	}
	w.record(e)
}

// seedAudit makes up the audit log of the time before the start.
func (w *world) seedAudit() {
	r := w.auditRand
	var log []auditEntry
	add := func(at millis, action, target string, by auditActor, metadata []byte) *auditEntry {
		log = append(log, auditEntry{
			at: at, by: by, action: action, targetType: auditOfSnapshot, target: target, status: 200, metadata: metadata,
		})
		return &log[len(log)-1]
	}
	for _, s := range w.newestRows() {
		if s.created < w.start-auditRetention || s.sourceSandbox != "" {
			continue
		}
		add(s.created, "create", s.id, auditActorFor("create", r.IntN(3)), s.auditMetadata())
		if s.state == removing {
			add(w.start-6*second, "delete", s.id, auditActorFor("delete", 1), nil)
		}
	}
	if s := w.ownByName["node-20-agents"]; s != nil { // it was rebuilt
		ada, before, body := keyNamed(Key).actor("snapdeck"), uuid(r), s.auditMetadata()
		add(s.created-20*day, "create", before, auditActorFor("create", 2), body)
		check := add(s.created-13*second, "create", "", ada, body)
		check.status, check.message = 409, `Snapshot with name "node-20-agents" already exists for this organization`
		add(s.created-12*second, "delete", before, ada, nil)
	}
	if s := w.ownByName["node-24-agents"]; s != nil {
		at := w.start - 100*hour
		add(at, "deactivate", s.id, browserActor(), nil).status = 204
		refused := add(at+40*second, "activate", s.id, keyNamed(WriterKey).actor("curl/8.11.0"), nil)
		refused.status, refused.message = 400, "Snapshot deactivation is still in progress. Please try again in a few minutes."
		add(at+11*minute, "activate", s.id, browserActor(), nil)
	}
	for range sandboxesAtSeed {
		e := add(w.start-millis(r.Int64N(int64(2*day))), "create", uuid(r), keyNamed(WriterKey).actor("daytona-python-sdk/0.190.0"), nil)
		e.targetType = "sandbox"
	}
	slices.SortStableFunc(log, func(x, y auditEntry) int { return int(x.at - y.at) })
	for _, e := range log {
		w.record(e)
	}
}

// newestRows returns the organization's snapshots that were created last, as far as the log at
// the start has room for them.
func (w *world) newestRows() []*snapshot {
	var own []*snapshot
	for _, s := range w.rows {
		if s.org == OrganizationID && !s.general {
			own = append(own, s)
		}
	}
	slices.SortStableFunc(own, func(x, y *snapshot) int { return int(y.created - x.created) })
	return own[:min(len(own), maxSeededAudit/2)]
}

// auditMetadata returns the metadata of the create of a snapshot.
func (s *snapshot) auditMetadata() []byte {
	body := map[string]any{
		"name": s.name, "cpu": s.cpu, "memory": s.mem, "disk": s.disk, "sandboxClass": s.class,
	}
	switch {
	case s.build != nil:
		body["buildInfo"] = map[string]any{"dockerfileContent": s.build.dockerfile, "contextHashes": s.build.hashes}
	default:
		body["imageName"] = s.image
		if s.entrypoint != nil {
			body["entrypoint"] = s.entrypoint
		}
	}
	if s.gpu > 0 {
		body["gpu"], body["gpuType"] = s.gpu, []string{s.gpuType}
	}
	return auditMetadata(body)
}

// auditMetadata returns the metadata of a create request. Other properties than these, such as
// regionId, are not kept. The order is that of the server's database: by length, then by name.
func auditMetadata(body map[string]any) []byte {
	b := []byte(`{"body":{`)
	for _, property := range []string{
		"cpu", "gpu", "disk", "name", "memory", "gpuType", "buildInfo", "imageName", "entrypoint", "sandboxClass",
	} {
		value, ok := body[property]
		if !ok {
			continue
		}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if encoder.Encode(value) != nil {
			continue
		}
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(appendString(b, property), ':')
		b = append(b, bytes.TrimSpace(text.Bytes())...)
	}
	return append(b, '}', '}')
}

// append appends an entry as the list returns it.
func (e *auditEntry) append(b []byte) []byte {
	b = appendField(b, '{', "id", e.id)
	b = appendField(b, ',', "actorId", e.by.id)
	b = appendField(b, ',', "actorEmail", e.by.email)
	b = appendOptional(b, "actorApiKeyPrefix", e.by.prefix)
	b = appendOptional(b, "actorApiKeySuffix", e.by.suffix)
	b = appendField(b, ',', "organizationId", OrganizationID)
	b = appendField(b, ',', "action", e.action)
	b = appendField(b, ',', "targetType", e.targetType)
	b = appendOptional(b, "targetId", e.target)
	b = appendInt(b, "statusCode", e.status)
	b = appendOptional(b, "errorMessage", e.message)
	b = appendField(b, ',', "ipAddress", e.by.address)
	b = appendField(b, ',', "userAgent", e.by.agent)
	b = appendNulls(b, "source")
	if e.metadata == nil {
		b = appendNulls(b, "metadata")
	} else {
		b = append(append(b, `,"metadata":`...), e.metadata...)
	}
	return append(appendTime(b, "createdAt", e.at), '}')
}
