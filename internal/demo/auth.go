package demo

import (
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"
)

// Credentials that the demo accepts as "Authorization: Bearer ...". They are valid for the demo only.
const (
	Key         = "dtn_demo_full_5b8f1c7e2a904d63"     // an API key with every permission
	ReadOnlyKey = "dtn_demo_readonly_0c4d9a17f3e85b26" // an API key without permissions, it can only read
	WriterKey   = "dtn_demo_writer_7f21e6b09d3c48a5"   // an API key that can create, activate and deactivate
	DeleterKey  = "dtn_demo_deleter_e83a5d740b16c92f"  // an API key that can delete
	ExpiredKey  = "dtn_demo_expired_19b7c2f06e5d4a83"  // an API key that has expired
	HealthKey   = "demo-health-check"                  // only valid for /health/ready

	// JWT is the token of a browser login. Requests about an organization need the
	// header X-Daytona-Organization-ID: OrganizationID.
	JWT = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImRlbW8iLCJ0eXAiOiJKV1QifQ." +
		"eyJpc3MiOiJodHRwczovL2F1dGguZGVtby5pbnZhbGlkLyIsInN1YiI6ImRlbW98YWRhIiwiYXVkIjoiZGF5dG9uYSIsImV4cCI6NDEwMjQ0NDgwMCwiaWF0IjoxNzY3MjI1NjAwLCJlbWFpbCI6ImFkYUBhY21lLmV4YW1wbGUiLCJuYW1lIjoiQWRhIn0." +
		"dGhpcyBzaWduYXR1cmUgaXMgbm90IGNoZWNrZWQgYnkgYW55Ym9keQ"
)

// The organization of all credentials.
const (
	OrganizationID   = "8a108392-77cd-45d7-a325-b25b6784251e"
	OrganizationName = "acme"
)

const (
	writeSnapshots  = "write:snapshots"
	deleteSnapshots = "delete:snapshots"
	readAudit       = "read:audit_logs"
)

// callerKind is the kind of credentials of a request.
type callerKind uint8

const (
	anonymous callerKind = iota
	apiKey
	browserLogin // a JWT
	healthMonitor
)

// caller is the sender of a request.
type caller struct {
	kind callerKind
	key  *key
}

// can reports whether the sender has a permission. A browser login has all of them.
func (c caller) can(permission string) bool {
	return c.kind == browserLogin || c.kind == apiKey && slices.Contains(c.key.permissions, permission)
}

// key is an API key.
type key struct {
	name, value string
	permissions []string
	age         millis // at the start
	expired     bool
}

var allPermissions = []string{
	"write:registries", "delete:registries", writeSnapshots, deleteSnapshots, "write:sandboxes",
	"delete:sandboxes", "read:volumes", "write:volumes", "delete:volumes", "write:regions", "delete:regions",
	"read:runners", "write:runners", "delete:runners", readAudit,
}

// keys are the organization's API keys: the key of its creator first, then newest first.
var keys = []*key{
	{name: "ada-laptop", value: Key, permissions: allPermissions, age: 212 * day},
	{name: "ci-cleanup", value: DeleterKey, permissions: []string{deleteSnapshots}, age: 61 * day},
	{name: "ci-builder", value: WriterKey, permissions: []string{writeSnapshots}, age: 88 * day},
	{name: "grafana", value: ReadOnlyKey, permissions: []string{}, age: 140 * day},
	{name: "contractor-2025", value: ExpiredKey, permissions: allPermissions, age: 301 * day, expired: true},
}

// authenticate identifies the sender of a request.
func authenticate(r *http.Request) caller {
	secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return caller{}
	}
	for _, k := range keys {
		if !k.expired && equalSecrets(secret, k.value) {
			return caller{kind: apiKey, key: k}
		}
	}
	switch {
	case equalSecrets(secret, JWT):
		return caller{kind: browserLogin}
	case equalSecrets(secret, HealthKey):
		return caller{kind: healthMonitor}
	}
	return caller{}
}

func equalSecrets(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// access is the kind of credentials that a route requires.
type access uint8

const (
	accessPublic             access = iota // no credentials
	accessOrganization                     // an API key, or a browser login with the organization header
	accessMember                           // an API key or a browser login
	accessUser                             // a browser login
	accessUserInOrganization               // a browser login with the organization header
	accessAPIKey                           // an API key
	accessHealth                           // the health check key
)

// check returns an error if the sender may not use the route.
func (a access) check(c caller, r *http.Request) *apiError {
	if a == accessPublic {
		return nil
	}
	if c.kind == anonymous {
		return invalidCredentials()
	}
	switch a {
	case accessOrganization, accessMember:
		if a.allowsMember(c, r) {
			return nil
		}
	case accessUser, accessUserInOrganization:
		if c.kind != browserLogin {
			return invalidCredentials()
		}
		if a == accessUserInOrganization && !hasOrganizationHeader(r) {
			return invalidContext()
		}
		return nil
	case accessAPIKey:
		if c.kind == apiKey {
			return nil
		}
	case accessHealth:
		if c.kind == healthMonitor {
			return nil
		}
	}
	return invalidContext()
}

// allowsMember reports whether the sender is a member of the organization, and says so if the
// route requires that.
func (a access) allowsMember(c caller, r *http.Request) bool {
	return c.kind == apiKey || c.kind == browserLogin && (a == accessMember || hasOrganizationHeader(r))
}

func hasOrganizationHeader(r *http.Request) bool {
	return r.Header.Get("X-Daytona-Organization-Id") == OrganizationID
}

// clientAddress returns the IP address by which invalid credentials and anonymous requests are
// counted.
func clientAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
