package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"daytona/snapdeck/model"
)

// These tests run on the fake clock of testing/synctest.

func TestHangingServer(t *testing.T) {
	for name, tc := range map[string]struct {
		do   func(context.Context, *Client) error
		want time.Duration
	}{
		"list":       {func(ctx context.Context, c *Client) error { _, err := c.List(ctx, nil); return err }, 10 * time.Second},
		"get":        {func(ctx context.Context, c *Client) error { _, err := c.Get(ctx, "1"); return err }, 10 * time.Second},
		"regions":    {func(ctx context.Context, c *Client) error { _, err := c.Regions(ctx); return err }, 10 * time.Second},
		"create":     {func(ctx context.Context, c *Client) error { _, err := c.Create(ctx, model.Recipe{}); return err }, 30 * time.Second},
		"delete":     {func(ctx context.Context, c *Client) error { return c.Delete(ctx, "1") }, 30 * time.Second},
		"deactivate": {func(ctx context.Context, c *Client) error { return c.Deactivate(ctx, "1") }, 30 * time.Second},
		"logs":       {func(ctx context.Context, c *Client) error { return c.BuildLogs(ctx, "1", true, io.Discard) }, 45 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var requests atomic.Int64
				c := startInBubble(t, func(_ http.ResponseWriter, r *http.Request) {
					requests.Add(1)
					_, _ = io.Copy(io.Discard, r.Body) // else the server does not notice the disconnect
					<-r.Context().Done()
				})
				started := time.Now()
				err := tc.do(t.Context(), c)
				if e := requireError(t, err); e.Code != model.Network || !e.Sent || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %+v", e)
				}
				if elapsed := time.Since(started); elapsed != tc.want || requests.Load() != 1 {
					t.Errorf("got %d requests in %s, want 1 in %s", requests.Load(), elapsed, tc.want)
				}
			})
		})
	}
}

func TestHangingConnection(t *testing.T) {
	for name, handle := range map[string]func(net.Conn){
		"no response": func(c net.Conn) { _, _ = io.Copy(io.Discard, c) },
		"in headers":  hangAfter("HTTP/1.1 200 OK\r\nContent-"),
		"in body":     hangAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\":"),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := startRawInBubble(t, handle)
				started := time.Now()
				_, err := c.List(t.Context(), nil)
				e := requireError(t, err)
				if e.Code != model.Network || e.Status != 0 || !e.Sent || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %+v", e)
				}
				if e.Message != "no response in time" || e.Remedy == "" || strings.ContainsAny(e.Error(), "\r\n") {
					t.Errorf("got %q", e.Error())
				}
				if elapsed := time.Since(started); elapsed != 10*time.Second {
					t.Errorf("took %s, want 10s", elapsed)
				}
			})
		})
	}
}

func TestHangingOrSlowBody(t *testing.T) {
	for name, tc := range map[string]struct {
		pause   time.Duration
		want    time.Duration
		message string
	}{
		"hangs": {time.Hour, 10 * time.Second, "no response in time"},
		"slow":  {time.Second, 30 * time.Second, "response too slow"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := startInBubble(t, func(w http.ResponseWriter, r *http.Request) {
					for r.Context().Err() == nil {
						_, _ = io.WriteString(w, " ")
						_ = http.NewResponseController(w).Flush()
						select {
						case <-r.Context().Done():
						case <-time.After(tc.pause):
						}
					}
				})
				started := time.Now()
				_, err := c.List(t.Context(), nil)
				if e := requireError(t, err); e.Code != model.Network || !errors.Is(err, context.DeadlineExceeded) || e.Message != tc.message {
					t.Errorf("got %+v", e)
				}
				if elapsed := time.Since(started); elapsed != tc.want {
					t.Errorf("took %s, want %s", elapsed, tc.want)
				}
			})
		})
	}
}

func TestContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := startInBubble(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := c.Get(ctx, "x")
		if e := requireError(t, err); e.Code != model.Network || !errors.Is(err, context.DeadlineExceeded) || !e.Sent {
			t.Errorf("got %+v", e)
		}
		ctx, cancel = context.WithCancel(t.Context())
		cancel()
		err = c.Delete(ctx, "x")
		if e := requireError(t, err); e.Code != model.Canceled || !errors.Is(err, context.Canceled) || e.Sent {
			t.Errorf("got %+v", e)
		}
	})
}

func TestSlowResponseWithProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := startInBubble(t, func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(9 * time.Second)
			_, _ = io.WriteString(w, `{"items":[`)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(9 * time.Second)
			_, _ = io.WriteString(w, `{"id":"1"}],"total":1,"totalPages":1}`)
		})
		if _, err := c.List(t.Context(), nil); err != nil {
			t.Error(err)
		}
	})
}

// The server waits 30 s for a runner.
func TestLogsOfABuildWithoutRunner(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := startInBubble(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(30 * time.Second)
			respond(404, apiError(404, "Timeout waiting for build runner assignment for snapshot 1"))(w, r)
		})
		err := c.BuildLogs(t.Context(), "1", true, io.Discard)
		if e := requireError(t, err); e.Code != model.NotFound || !strings.Contains(e.Message, "runner") {
			t.Errorf("got %v", e)
		}
	})
}

func TestFollowBuildWithoutOutput(t *testing.T) {
	for name, tc := range map[string]struct {
		silence time.Duration
		ok      bool
	}{
		"nine minutes":   {9 * time.Minute, true},
		"eleven minutes": {11 * time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := startInBubble(t, func(w http.ResponseWriter, r *http.Request) {
					if strings.HasSuffix(r.URL.Path, "-url") {
						respond(200, `{"url":"http://proxy.localhost/logs"}`)(w, r)
						return
					}
					for range 3 {
						_, _ = io.WriteString(w, "line\n")
						_ = http.NewResponseController(w).Flush()
						select {
						case <-r.Context().Done():
							return
						case <-time.After(tc.silence):
						}
					}
				})
				var out bytes.Buffer
				err := c.BuildLogs(t.Context(), "1", true, &out)
				if tc.ok && (err != nil || out.String() != "line\nline\nline\n") {
					t.Errorf("got %q, %v", out.String(), err)
				}
				if !tc.ok {
					if e := requireError(t, err); e.Code != model.Network || out.String() != "line\n" {
						t.Errorf("got %q, %v", out.String(), e)
					}
				}
			})
		})
	}
}

// With the real sleep, a list that waits for the rate limit ends with its context.
// The error is that of the context, not its cause, as for a running request.
func TestWaitForRateLimitEndsWithContext(t *testing.T) {
	for name, tc := range map[string]struct {
		end  func(parent context.Context) (context.Context, context.CancelFunc)
		want error
	}{
		"deadline": {func(parent context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(parent, 7*time.Second)
		}, context.DeadlineExceeded},
		"canceled with a cause": {func(parent context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(parent)
			time.AfterFunc(7*time.Second, func() { cancel(errors.New("a signal")) })
			return ctx, func() { cancel(nil) }
		}, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFakeList(1000)
				f.after = func(h http.Header) {
					h.Set("X-RateLimit-Limit", "100")
					h.Set("X-RateLimit-Remaining", "3")
					h.Set("X-RateLimit-Reset", "60")
				}
				c := startInBubble(t, http.StripPrefix("/api", f).ServeHTTP)
				ctx, cancel := tc.end(t.Context())
				defer cancel()
				started := time.Now()
				_, err := c.List(ctx, nil)
				if e := requireError(t, err); e.Code != model.Canceled || !errors.Is(err, tc.want) {
					t.Errorf("got %+v", e)
				}
				if elapsed := time.Since(started); elapsed != 7*time.Second || f.count() != 1 {
					t.Errorf("got %d requests, took %s", f.count(), elapsed)
				}
			})
		})
	}
}
