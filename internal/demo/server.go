package demo

import (
	"errors"
	"net/http"
	"strings"
	"sync"
)

// Server serves the demo API. It is an http.Handler, safe for concurrent use.
type Server struct {
	options Options

	mu            sync.Mutex // protects the fields below
	world         *world
	authenticated throttle
	anonymous     throttle
	failedAuth    throttle
	keyLastUsed   map[*key]millis
}

// New returns a server. Options.Size 100,000 takes one or two seconds.
func New(o Options) *Server {
	o = o.withDefaults()
	return &Server{
		options:       o,
		world:         seedWorld(o),
		authenticated: throttle{name: "authenticated", limit: o.RateLimit},
		anonymous:     throttle{name: "anonymous", limit: o.Anonymous},
		failedAuth:    throttle{name: "failed-auth", limit: o.FailedAuth},
		keyLastUsed:   map[*key]millis{},
	}
}

// ServeHTTP advances the world to now and handles the request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := &exchange{w: w, r: r, now: s.advance()}
	h := w.Header()
	setHeader(h, "X-Powered-By", "Express")
	setHeader(h, "Vary", "Origin")
	setHeader(h, "Date", x.now.time().Format(http.TimeFormat))
	setHeader(h, "Connection", "keep-alive")
	setHeader(h, "Keep-Alive", "timeout=5")
	if origin := r.Header.Get("Origin"); origin != "" {
		setHeader(h, "Access-Control-Allow-Origin", origin)
	}
	body, ok := x.receiveBody(s.options.BodyTimeout)
	if !ok {
		return
	}
	if r.Method == http.MethodOptions {
		x.preflight()
		return
	}
	setHeader(h, "X-Daytona-Api-Version", apiVersion)
	if !x.parseBody(body) {
		return
	}
	if err := s.serve(x); err != nil {
		apiErr := internalError()
		errors.As(err, &apiErr)
		x.failure = apiErr.message
		x.writeJSON(apiErr.status, apiErr.body(r.RequestURI, x.now))
	}
}

// advance runs all due events and returns the world's time.
func (s *Server) advance() millis {
	now := toMillis(s.options.Now())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.advance(now)
	return s.world.now
}

func (s *Server) serve(x *exchange) error {
	t, params := findRoute(x.r)
	if t == nil && !strings.HasPrefix(x.r.URL.Path+"/", "/api/") {
		return s.serveOutsideAPI(x)
	}
	if s.isBlocked(x) {
		return tooManyRequests()
	}
	if t == nil {
		return notFound("Cannot " + x.r.Method + " " + x.r.RequestURI)
	}
	x.params = params
	if err := s.authorize(x, t); err != nil {
		return err
	}
	s.audits(x, t)
	return t.serve(s, x)
}

// authorize checks credentials, rate limit and permission, in the server's order.
func (s *Server) authorize(x *exchange, t *route) error {
	if t.access == accessPublic {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := x.w.Header()
	x.caller = authenticate(x.r)
	if apiErr := t.access.check(x.caller, x.r); apiErr != nil {
		if apiErr.status == http.StatusUnauthorized && !s.failedAuth.recordFailure(h, clientAddress(x.r), x.now) {
			return tooManyRequests()
		}
		return apiErr
	}
	if k := x.caller.key; k != nil {
		x.keyLastUsed = s.keyLastUsed[k]
		if x.now-x.keyLastUsed >= minute { // recorded at most once a minute
			s.keyLastUsed[k] = x.now
		}
	}
	if !s.authenticated.allow(h, rateLimitKey(x), x.now) {
		return tooManyRequests()
	}
	if t.permission != "" && !x.caller.can(t.permission) {
		return forbidden("Access denied")
	}
	return nil
}

// isBlocked reports whether the sender's IP address is blocked because of invalid credentials.
func (s *Server) isBlocked(x *exchange) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failedAuth.blocked(x.w.Header(), clientAddress(x.r), x.now)
}

// rateLimitKey returns by whom requests are counted: the organization, or the user if the request
// is not about an organization.
func rateLimitKey(x *exchange) string {
	if x.caller.kind == apiKey || hasOrganizationHeader(x.r) {
		return OrganizationID
	}
	return userID
}

// preflight responds to a CORS preflight request.
func (x *exchange) preflight() {
	h := x.w.Header()
	setHeader(h, "Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS")
	if headers := x.r.Header.Get("Access-Control-Request-Headers"); headers != "" {
		setHeader(h, "Access-Control-Allow-Headers", headers)
	}
	setHeader(h, "Vary", "Origin, Access-Control-Request-Headers")
	setHeader(h, "Content-Length", "0")
	x.writeStatus(http.StatusNoContent)
}

// serveOutsideAPI handles paths outside of /api: the root redirects to the dashboard.
func (s *Server) serveOutsideAPI(x *exchange) error {
	if x.r.URL.Path == "/" {
		setHeader(x.w.Header(), "Location", "/dashboard"+x.r.RequestURI)
		x.writeStatus(http.StatusFound)
		return nil
	}
	if !s.options.Dashboard && !strings.HasPrefix(x.r.URL.Path+"/", "/dashboard/") {
		return internalError()
	}
	h := x.w.Header()
	setHeader(h, "Content-Type", "text/html; charset=utf-8")
	_, _ = x.w.Write([]byte(dashboardPage))
	return nil
}

const dashboardPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <title>Daytona (demo)</title>
  </head>
  <body>
    <div id="root">This is a demo of the Daytona API. It does not include the dashboard.</div>
  </body>
</html>
`
