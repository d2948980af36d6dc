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

	mu            sync.Mutex // guards all that follows
	world         *world
	authenticated throttle
	anonymous     throttle
	failedAuth    throttle
	keyLastUsed       map[*key]millis
}

// New makes a world and its server. A world of 100,000 snapshots takes one or two seconds.
func New(o Options) *Server {
	o = o.withDefaults()
	return &Server{
		options:       o,
		world:         seedWorld(o),
		authenticated: throttle{name: "authenticated", limit: o.RateLimit},
		anonymous:     throttle{name: "anonymous", limit: o.Anonymous},
		failedAuth:    throttle{name: "failed-auth", limit: o.FailedAuth},
		keyLastUsed:       map[*key]millis{},
	}
}

// ServeHTTP advances the world to the present and answers.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := &exchange{w: w, r: r, now: s.advance()}
	h := w.Header()
	set(h, "X-Powered-By", "Express")
	set(h, "Vary", "Origin")
	set(h, "Date", x.now.time().Format(http.TimeFormat))
	set(h, "Connection", "keep-alive")
	set(h, "Keep-Alive", "timeout=5")
	if origin := r.Header.Get("Origin"); origin != "" {
		set(h, "Access-Control-Allow-Origin", origin)
	}
	if r.Method == http.MethodOptions {
		x.preflight()
		return
	}
	set(h, "X-Daytona-Api-Version", apiVersion)
	if !x.readBody() {
		return
	}
	if err := s.serve(x); err != nil {
		f := internalError()
		errors.As(err, &f)
		x.json(f.status, f.body(r.RequestURI, x.now))
	}
}

// advance carries out what became due, and tells the time.
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
	return t.serve(s, x)
}

// admit checks who sends the request, whether they ask too often and whether they may, in the server's order.
func (s *Server) authorize(x *exchange, t *route) error {
	if t.access == accessPublic {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := x.w.Header()
	x.caller = authenticate(x.r)
	if f := t.access.check(x.caller, x.r); f != nil {
		if f.status == http.StatusUnauthorized && !s.failedAuth.recordFailure(h, clientAddress(x.r), x.now) {
			return tooManyRequests()
		}
		return f
	}
	if k := x.caller.key; k != nil {
		x.keyLastUsed = s.keyLastUsed[k]
		if x.now-x.keyLastUsed >= minute { // noted once a minute at most
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

// blocked tells whether the sender's address is out of favour for bad credentials.
func (s *Server) isBlocked(x *exchange) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failedAuth.blocked(x.w.Header(), clientAddress(x.r), x.now)
}

// party is by whom the requests of a sender are counted: all of the organization together, or a person where no
// organization is concerned.
func rateLimitKey(x *exchange) string {
	if x.caller.kind == apiKey || namesOrganization(x.r) {
		return OrganizationID
	}
	return userID
}

// preflight answers a browser that asks what it may send from another origin.
func (x *exchange) preflight() {
	h := x.w.Header()
	set(h, "Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS")
	if wanted := x.r.Header.Get("Access-Control-Request-Headers"); wanted != "" {
		set(h, "Access-Control-Allow-Headers", wanted)
	}
	set(h, "Vary", "Origin, Access-Control-Request-Headers")
	set(h, "Content-Length", "0")
	x.noContent(http.StatusNoContent)
}

// outside answers a path that is not the API's: the root leads to the dashboard.
func (s *Server) serveOutsideAPI(x *exchange) error {
	if x.r.URL.Path == "/" {
		set(x.w.Header(), "Location", "/dashboard"+x.r.RequestURI)
		x.noContent(http.StatusFound)
		return nil
	}
	if !s.options.Dashboard && !strings.HasPrefix(x.r.URL.Path+"/", "/dashboard/") {
		return internalError()
	}
	h := x.w.Header()
	set(h, "Content-Type", "text/html; charset=utf-8")
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
    <div id="root">This is the demo of an API; its web dashboard is not part of it.</div>
  </body>
</html>
`
