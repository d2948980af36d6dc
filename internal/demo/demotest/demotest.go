// Package demotest has the demo API as tests need it: on a clock that stands still, over HTTP.
package demotest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// Start is between two ticks of the demo's jobs: the first tick comes 4 seconds later.
func Start() time.Time { return time.Date(2026, 11, 24, 14, 33, 26, 0, time.UTC) }

// Clock stands still until a test moves it, or something sleeps.
type Clock struct {
	mu         sync.Mutex
	now        time.Time
	AfterSleep func() // may be nil
}

// NewClock returns a clock at [Start].
func NewClock() *Clock { return &Clock{now: Start()} }

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Sleep moves the clock instead of waiting.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	c.Advance(d)
	if c.AfterSleep != nil {
		c.AfterSleep()
	}
	return context.Cause(ctx)
}

// Use lets a client use the clock.
func (c *Clock) Use(o *client.Options) { o.Now, o.Sleep = c.Now, c.Sleep }

// Serve serves an API until the end of the test, and returns its base URL.
func Serve(t testing.TB, api http.Handler) string {
	t.Helper()
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	return server.URL + "/api"
}

// Send sends a request with the full key. Headers are "Name: value". An Authorization header
// replaces the key, an empty value removes a header.
func Send(t testing.TB, method, url, body string, headers ...string) (status int, header http.Header, got []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
		if value == "" {
			r.Header.Del(name)
		}
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if got, err = io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, got
}

// Connect returns a client of the API at a base URL.
func Connect(t testing.TB, url, secret string, change ...func(*client.Options)) *client.Client {
	t.Helper()
	o := client.Options{Credentials: client.Credentials{APIURL: url, Secret: secret, Source: "test"}}
	if secret == demo.JWT {
		o.Credentials.JWT, o.Credentials.OrganizationID = true, demo.OrganizationID
	}
	for _, c := range change {
		c(&o)
	}
	c, err := client.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// WithoutRecipes deletes without saving recipes.
type WithoutRecipes struct{ *client.Client }

// Delete deletes a snapshot.
func (c WithoutRecipes) Delete(ctx context.Context, s *model.Snapshot) error {
	return c.Client.Delete(ctx, s.ID)
}

// DeleteUnsaved does the same.
func (c WithoutRecipes) DeleteUnsaved(ctx context.Context, s *model.Snapshot) error {
	return c.Client.Delete(ctx, s.ID)
}

// Deleted returns no recipes.
func (WithoutRecipes) Deleted(context.Context) ([]model.DeletedSnapshot, error) { return nil, nil }
