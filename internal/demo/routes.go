package demo

import (
	"net/http"
	"net/url"
	"strings"
)

// route is an endpoint. In a pattern "*" matches one path segment, in which a slash must be escaped
// as %2F.
type route struct {
	method, pattern string
	access          access
	permission      string // empty if none is required
	serve           func(*Server, *exchange) error
}

// routes are all endpoints. HEAD is handled like GET.
var routes = []route{
	{http.MethodGet, "/api/snapshots", accessOrganization, "", (*Server).listSnapshots},
	{http.MethodPost, "/api/snapshots", accessOrganization, writeSnapshots, (*Server).createSnapshot},
	{http.MethodGet, "/api/snapshots/*", accessOrganization, "", (*Server).getSnapshot},
	{http.MethodDelete, "/api/snapshots/*", accessOrganization, deleteSnapshots, (*Server).deleteSnapshot},
	{http.MethodPost, "/api/snapshots/*/activate", accessOrganization, writeSnapshots, (*Server).activateSnapshot},
	{http.MethodPost, "/api/snapshots/*/deactivate", accessOrganization, writeSnapshots, (*Server).deactivateSnapshot},
	{http.MethodGet, "/api/snapshots/*/build-logs", accessOrganization, "", (*Server).getBuildLogs},
	{http.MethodGet, "/api/snapshots/*/build-logs-url", accessOrganization, "", (*Server).getBuildLogsURL},
	{http.MethodGet, "/proxy/snapshots/*/build-logs", accessOrganization, "", (*Server).getRunnerLogs},

	{http.MethodGet, "/api/regions", accessOrganization, "", (*Server).listRegions},
	{http.MethodGet, "/api/regions/*", accessOrganization, "", (*Server).getRegion},
	{http.MethodGet, "/api/shared-regions", accessPublic, "", (*Server).listSharedRegions},

	{http.MethodGet, "/api/organizations", accessUser, "", (*Server).listOrganizations},
	{http.MethodGet, "/api/organizations/*", accessUser, "", (*Server).getOrganization},
	{http.MethodGet, "/api/organizations/*/usage", accessUser, "", (*Server).getUsage},
	{http.MethodGet, "/api/audit/organizations/*", accessMember, "", (*Server).listAudit},
	{http.MethodGet, "/api/users/me", accessUser, "", (*Server).getMe},
	{http.MethodGet, "/api/api-keys", accessUserInOrganization, "", (*Server).listKeys},
	{http.MethodGet, "/api/api-keys/current", accessAPIKey, "", (*Server).getCurrentKey},

	{http.MethodGet, "/api/config", accessPublic, "", (*Server).getConfig},
	{http.MethodGet, "/api/health", accessPublic, "", (*Server).getHealth},
	{http.MethodGet, "/api/health/ready", accessHealth, "", (*Server).getReady},
	{http.MethodGet, "/api/sandbox", accessOrganization, "", (*Server).listSandboxes},
	{http.MethodGet, "/api/warm-pools", accessOrganization, "", (*Server).listWarmPools},
	{http.MethodGet, "/api/docker-registry", accessOrganization, "", (*Server).listRegistries},
	{http.MethodGet, "/api/docker-registry/registry-push-access", accessOrganization, "", (*Server).getPushAccess},
	{http.MethodGet, "/api/object-storage/push-access", accessOrganization, "", (*Server).getStorageAccess},
}

// findRoute returns the endpoint of a request and the values of its wildcards.
func findRoute(r *http.Request) (*route, []string) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	path := strings.TrimSuffix(r.URL.EscapedPath(), "/")
	for i := range routes {
		if routes[i].method != method {
			continue
		}
		if params, ok := routes[i].match(path); ok {
			return &routes[i], params
		}
	}
	return nil, nil
}

func (t *route) match(path string) (params []string, ok bool) {
	pattern := t.pattern
	for pattern != "" {
		var want, got string
		want, pattern = segment(pattern)
		got, path = segment(path)
		if want == "*" && got != "" {
			param, err := url.PathUnescape(got)
			if err != nil {
				return nil, false
			}
			params = append(params, param)
			continue
		}
		if want != got {
			return nil, false
		}
	}
	return params, path == ""
}

// segment splits the first segment from a path that starts with a slash.
func segment(path string) (first, rest string) {
	path = strings.TrimPrefix(path, "/")
	i := strings.IndexByte(path, '/')
	if i < 0 {
		return path, ""
	}
	return path[:i], path[i:]
}
