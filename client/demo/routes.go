package demo

import (
	"net/http"
	"net/url"
	"strings"
)

// route is one endpoint. In a pattern "*" stands for one segment of the path, whatever is escaped in it: a name
// with a slash must come as %2F.
type route struct {
	method, pattern string
	access          access
	permission      string // empty where none is needed
	serve           func(*Server, *exchange) error
}

// routes are all endpoints. HEAD is answered as GET is.
var routes = []route{
	{http.MethodGet, "/api/snapshots", organization, "", (*Server).listSnapshots},
	{http.MethodGet, "/api/snapshots/*", organization, "", (*Server).getSnapshot},
	{http.MethodDelete, "/api/snapshots/*", organization, deleteSnapshots, (*Server).deleteSnapshot},
	{http.MethodGet, "/api/regions", organization, "", (*Server).listRegions},
	{http.MethodGet, "/api/regions/*", organization, "", (*Server).getRegion},
	{http.MethodGet, "/api/shared-regions", public, "", (*Server).listSharedRegions},
}

// findRoute finds the endpoint of a request and what its wildcards stand for.
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

// segment cuts the first segment from a path that begins with a slash.
func segment(path string) (first, rest string) {
	path = strings.TrimPrefix(path, "/")
	i := strings.IndexByte(path, '/')
	if i < 0 {
		return path, ""
	}
	return path[:i], path[i:]
}
