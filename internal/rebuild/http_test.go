package rebuild_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// reset is the error of a broken connection.
func reset() error { return &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET} }

type trip = func(r *http.Request, next http.RoundTripper) (*http.Response, error)

// afterServer sends the request and drops or replaces the answer.
func afterServer(instead func(*http.Response) (*http.Response, error)) trip {
	return func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
		answer, err := next.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			return nil, err
		}
		if err := answer.Body.Close(); err != nil {
			return nil, err
		}
		answer.Body = io.NopCloser(bytes.NewReader(body))
		return instead(answer)
	}
}

// insteadOfServer answers without sending the request.
func insteadOfServer(status int, header ...string) trip {
	return func(*http.Request, http.RoundTripper) (*http.Response, error) {
		answer := httptest.NewRecorder()
		answer.Header().Set("X-Daytona-Api-Version", "0.190.0")
		if len(header) == 2 {
			answer.Header().Set(header[0], header[1])
		}
		answer.WriteHeader(status)
		if _, err := fmt.Fprintf(answer, `{"statusCode":%d,"message":"failed"}`, status); err != nil {
			return nil, err
		}
		return answer.Result(), nil
	}
}

// brokenReader ends with an error.
type brokenReader struct{ io.Reader }

func (b brokenReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func cut(err bool) trip {
	return afterServer(func(answer *http.Response) (*http.Response, error) {
		body, _ := io.ReadAll(answer.Body)
		half := io.Reader(bytes.NewReader(body[:len(body)/2]))
		if err {
			half = brokenReader{half}
		}
		answer.Body = io.NopCloser(half)
		return answer, nil
	})
}

// TestHTTPFaults combines every request of a rebuild with every fault, once and from
// then on, with the real client, demo API and HTTP.
func TestHTTPFaults(t *testing.T) {
	t.Parallel()
	faults := []struct {
		name string
		trip func(s *httpWorld) trip
	}{
		{"no connection", func(*httpWorld) trip {
			return func(*http.Request, http.RoundTripper) (*http.Response, error) {
				return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
			}
		}},
		{"answer lost", func(*httpWorld) trip {
			return afterServer(func(*http.Response) (*http.Response, error) { return nil, reset() })
		}},
		{"cut body", func(*httpWorld) trip { return cut(true) }},
		{"half a body", func(*httpWorld) trip { return cut(false) }},
		{"latency", func(s *httpWorld) trip {
			return func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
				_ = s.clock.Sleep(r.Context(), 7*time.Second)
				answer, err := next.RoundTrip(r)
				_ = s.clock.Sleep(r.Context(), 7*time.Second)
				return answer, err
			}
		}},
		{"500", func(*httpWorld) trip { return insteadOfServer(500) }},
		{"502 but done", func(*httpWorld) trip {
			return afterServer(func(answer *http.Response) (*http.Response, error) {
				answer.StatusCode, answer.Body = 502, io.NopCloser(strings.NewReader("<html>Bad gateway</html>"))
				return answer, nil
			})
		}},
		{"409", func(*httpWorld) trip { return insteadOfServer(409) }},
		{"429", func(*httpWorld) trip { return insteadOfServer(429, "Retry-After-authenticated", "7") }},
	}
	for _, mode := range httpModes() {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			var table matrix
			kinds := kindsOfRequest(t, mode)
			for _, fault := range faults {
				for _, kind := range kinds {
					for _, forever := range []bool{false, true} {
						if testing.Short() && forever {
							continue
						}
						s := newHTTPWorld(t)
						act := fault.trip(s)
						s.hook(func(at int, r *http.Request, next http.RoundTripper) (*http.Response, error) {
							if at == kind.n || at > kind.n && forever {
								return act(r, next)
							}
							return next.RoundTrip(r)
						}, nil)
						table.add(fault.name, kind.name, s.rebuild(mode))
						if t.Failed() {
							t.Fatalf("%s at %+v, always: %v", fault.name, kind, forever)
						}
					}
				}
			}
			table.print(t, string(mode)+": fault x request -> outcome, then that of the resumed run")
		})
	}
}

// httpModes are the modes to test: with -short only the one with more requests.
func httpModes() []model.RebuildMode {
	if testing.Short() {
		return []model.RebuildMode{model.VerifyFirst}
	}
	return modes()
}

// request is one request of a rebuild, counted from 1.
type request struct {
	n    int
	name string
}

// kindsOfRequest lists the requests of a rebuild without faults, at most two of each
// kind: the polls of a wait are all alike.
func kindsOfRequest(t *testing.T, mode model.RebuildMode) []request {
	t.Helper()
	s := newHTTPWorld(t)
	var kinds []request
	seen := map[string]int{}
	s.hook(func(n int, r *http.Request, next http.RoundTripper) (*http.Response, error) {
		name := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/api")
		if id := strings.TrimPrefix(name, r.Method+" /snapshots/"); id == s.old.ID {
			name = r.Method + " old"
		} else if id != name {
			name = r.Method + " new or candidate"
		}
		if seen[name]++; seen[name] <= 2 {
			kinds = append(kinds, request{n, name})
		}
		return next.RoundTrip(r)
	}, nil)
	if outcome := s.rebuild(mode); outcome != string(model.OutcomeRebuilt) {
		t.Fatalf("undisturbed: %s", outcome)
	}
	return kinds
}

// conn is a connection of the server that breaks.
type conn struct {
	net.Conn
	read, write int  // bytes that pass
	hang        bool // it hangs instead of a reset
	done        context.Context
}

func (c *conn) end() error {
	if c.hang {
		<-c.done.Done()
	}
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset, not an orderly end
	}
	_ = c.Close()
	return reset()
}

func (c *conn) Read(p []byte) (int, error) {
	if c.read == 0 {
		return 0, c.end()
	}
	n, err := c.Conn.Read(p[:min(len(p), c.read)])
	c.read -= n
	return n, err
}

func (c *conn) Write(p []byte) (int, error) {
	if c.write == 0 {
		return 0, c.end()
	}
	n, err := c.Conn.Write(p[:min(len(p), c.write)])
	c.write -= n
	if err == nil && n < len(p) {
		err = c.end()
	}
	return n, err
}

// TestConnectionFaults breaks the server's end of each connection of a rebuild: at
// once, in the request, before the answer, in the answer, and by hanging.
func TestConnectionFaults(t *testing.T) {
	t.Parallel()
	const all = 1 << 20
	faults := []struct {
		name        string
		read, write int
		hang        bool
	}{
		{"reset at once", 0, 0, false},
		{"reset in the request", 60, all, false},
		{"reset before the answer", all, 0, false},
		{"reset in the headers", all, 30, false},
		{"reset in the body", all, 400, false},
		{"hangs before the answer", all, 0, true},
		{"hangs in the body", all, 400, true},
	}
	for _, mode := range httpModes() {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			var table matrix
			kinds := kindsOfRequest(t, mode)
			for _, fault := range faults {
				var trials sync.WaitGroup // at once, since a hanging server costs a timeout
				for _, kind := range kinds {
					s := newHTTPWorld(t)
					s.hook(nil, func(at int, c net.Conn) net.Conn {
						if at != kind.n {
							return c
						}
						return &conn{Conn: c, read: fault.read, write: fault.write, hang: fault.hang, done: t.Context()}
					})
					trials.Go(func() {
						table.add(fault.name, kind.name, s.rebuild(mode))
						if t.Failed() {
							t.Errorf("%s at %+v", fault.name, kind)
						}
					})
				}
				trials.Wait()
			}
			table.print(t, string(mode)+": fault x request -> outcome, then that of the resumed run")
		})
	}
}
