package demo

import (
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"
)

// Credentials that the demo accepts as "Authorization: Bearer ...". They open nothing but the demo.
const (
	Key         = "dtn_demo_full_5b8f1c7e2a904d63"     // an API key with every permission
	ReadOnlyKey = "dtn_demo_readonly_0c4d9a17f3e85b26" // an API key without any permission: it can read
	WriterKey   = "dtn_demo_writer_7f21e6b09d3c48a5"   // an API key that can create, activate and deactivate
	DeleterKey  = "dtn_demo_deleter_e83a5d740b16c92f"  // an API key that can delete
	ExpiredKey  = "dtn_demo_expired_19b7c2f06e5d4a83"  // an API key that was good once
	HealthKey   = "demo-health-check"                  // opens /health/ready and nothing else

	// JWT is a browser login; where organizations are concerned it needs the header
	// X-Daytona-Organization-ID: OrganizationID.
	JWT = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImRlbW8iLCJ0eXAiOiJKV1QifQ." +
		"eyJpc3MiOiJodHRwczovL2F1dGguZGVtby5pbnZhbGlkLyIsInN1YiI6ImRlbW98YWRhIiwiYXVkIjoiZGF5dG9uYSIsImV4cCI6NDEwMjQ0NDgwMCwiaWF0IjoxNzY3MjI1NjAwLCJlbWFpbCI6ImFkYUBhY21lLmV4YW1wbGUiLCJuYW1lIjoiQWRhIn0." +
		"dGhpcyBzaWduYXR1cmUgaXMgbm90IGNoZWNrZWQgYnkgYW55Ym9keQ"
)

// The organization to which all credentials belong.
const (
	OrganizationID   = "8a108392-77cd-45d7-a325-b25b6784251e"
	OrganizationName = "acme"
)

const (
	writeSnapshots  = "write:snapshots"
	deleteSnapshots = "delete:snapshots"
)

// kind is what sort of credentials a request bears.
type callerKind uint8

const (
	anonymous callerKind = iota
	apiKey
	browserLogin // a JWT
	healthMonitor
)

// identity is who sends a request.
type caller struct {
	kind callerKind
	key  *key
}

// may tells whether the sender has a permission; a login has all that its owner has.
func (i caller) can(permission string) bool {
	return i.kind == browserLogin || i.kind == apiKey && slices.Contains(i.key.permissions, permission)
}

// key is an API key as its owner sees it.
type key struct {
	name, value string
	permissions []string
	created     millis // before the start of the world
	expired     bool
}

var allPermissions = []string{
	"write:registries", "delete:registries", writeSnapshots, deleteSnapshots, "write:sandboxes",
	"delete:sandboxes", "read:volumes", "write:volumes", "delete:volumes", "write:regions", "delete:regions",
	"read:runners", "write:runners", "delete:runners", "read:audit_logs",
}

// keys are the organization's API keys, the newest first but for the one that every organization begins with.
var keys = []*key{
	{name: "ada-laptop", value: Key, permissions: allPermissions, created: 212 * day},
	{name: "ci-cleanup", value: DeleterKey, permissions: []string{deleteSnapshots}, created: 61 * day},
	{name: "ci-builder", value: WriterKey, permissions: []string{writeSnapshots}, created: 88 * day},
	{name: "grafana", value: ReadOnlyKey, permissions: []string{}, created: 140 * day},
	{name: "contractor-2025", value: ExpiredKey, permissions: allPermissions, created: 301 * day, expired: true},
}

// authenticate finds out who sends a request.
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

// access says who may use a route.
type access uint8

const (
	accessPublic       access = iota // anybody
	accessOrganization               // an API key, or a login that names the organization
	accessUser                   // a login
	accessUserInOrganization                // a login that names the organization
	accessAPIKey                     // an API key
	accessHealth                 // the monitor
)

// admit tells whether the sender may use a route, and what is said if not.
func (a access) check(i caller, r *http.Request) *apiError {
	if a == accessPublic {
		return nil
	}
	if i.kind == anonymous {
		return invalidCredentials()
	}
	switch a {
	case accessOrganization:
		if i.kind == apiKey || i.kind == browserLogin && namesOrganization(r) {
			return nil
		}
		return invalidContext()
	case accessUser, accessUserInOrganization:
		if i.kind != browserLogin {
			return invalidCredentials()
		}
		if a == accessUserInOrganization && !namesOrganization(r) {
			return invalidContext()
		}
		return nil
	case accessAPIKey:
		if i.kind == apiKey {
			return nil
		}
	case accessHealth:
		if i.kind == healthMonitor {
			return nil
		}
	}
	return invalidContext()
}

func namesOrganization(r *http.Request) bool {
	return r.Header.Get("X-Daytona-Organization-Id") == OrganizationID
}

// address is the party by whom bad credentials and anonymous requests are counted.
func clientAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
