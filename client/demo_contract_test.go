package client_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/model"
)

// demoServer is the demo API over real HTTP, with a clock that the test advances.
type demoServer struct {
	*demotest.Clock
	url string
}

func newDemoServer(t *testing.T, o demo.Options) *demoServer {
	t.Helper()
	clock := demotest.NewClock()
	o.Now = clock.Now
	return &demoServer{clock, demotest.Serve(t, demo.New(o))}
}

func (srv *demoServer) client(t *testing.T, secret string) *client.Client {
	t.Helper()
	return demotest.Connect(t, srv.url, secret, srv.Use)
}

func TestDemoList(t *testing.T) {
	t.Parallel()
	srv := newDemoServer(t, demo.Options{Size: 450})
	for _, secret := range []string{demo.Key, demo.ReadOnlyKey, demo.JWT} {
		c := srv.client(t, secret)
		first, err := c.List(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Snapshots) != 450 || first.Requests != 3 {
			t.Errorf("got %d snapshots with %d requests", len(first.Snapshots), first.Requests)
		}
		second, err := c.List(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(first.Snapshots, second.Snapshots) {
			t.Error("unchanged snapshots have new pointers")
		}
	}
}

func TestDemoCredentials(t *testing.T) {
	t.Parallel()
	srv := newDemoServer(t, demo.Options{})
	for secret, want := range map[string]model.ErrorCode{
		"dtn_wrong": model.Unauthorized, demo.ExpiredKey: model.Unauthorized, demo.HealthKey: model.Forbidden,
	} {
		if _, err := srv.client(t, secret).List(t.Context(), nil); model.CodeOf(err) != want {
			t.Errorf("%s: %v", secret, err)
		}
	}
	noOrganization, err := client.New(client.Options{Credentials: client.Credentials{APIURL: srv.url, Secret: demo.JWT, JWT: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer noOrganization.Close()
	if _, err := noOrganization.List(t.Context(), nil); model.CodeOf(err) != model.Forbidden || !strings.Contains(err.Error(), "DAYTONA_ORGANIZATION_ID") {
		t.Errorf("got %v", err)
	}
	c := srv.client(t, demo.Key)
	list, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.Snapshots, func(s *model.Snapshot) bool { return !s.General && s.State == model.StateActive })
	id := list.Snapshots[i].ID
	for secret, permissions := range map[string][]string{
		demo.ReadOnlyKey: nil, demo.WriterKey: {model.PermissionWrite}, demo.DeleterKey: {model.PermissionDelete},
	} {
		c := srv.client(t, secret)
		access, err := c.Access(t.Context())
		if err != nil || !access.Known {
			t.Errorf("got %+v, %v", access, err)
		}
		for permission, do := range map[string]func() error{
			model.PermissionWrite:  func() error { return c.Deactivate(t.Context(), id) },
			model.PermissionDelete: func() error { return c.Delete(t.Context(), id) },
		} {
			allowed := slices.Contains(permissions, permission)
			if access.Can(permission) != allowed {
				t.Errorf("%s has %v", secret, access.Permissions)
			}
			if allowed {
				continue
			}
			if err := do(); model.CodeOf(err) != model.Forbidden || !strings.Contains(err.Error(), permission) {
				t.Errorf("%s without %s: %v", secret, permission, err)
			}
		}
	}
}

func TestDemoOrganization(t *testing.T) {
	t.Parallel()
	srv := newDemoServer(t, demo.Options{RateLimit: demo.Limit{Requests: 300, Window: time.Minute}})
	c := srv.client(t, demo.JWT)
	regions, err := c.Regions(t.Context())
	if err != nil || len(regions) == 0 || regions[0].ID == "" || regions[0].Type == "" {
		t.Errorf("got %+v, %v", regions, err)
	}
	organizations, err := c.Organizations(t.Context())
	if err != nil || len(organizations) != 1 || organizations[0].ID != demo.OrganizationID || organizations[0].DeactivationTimeout <= 0 {
		t.Errorf("got %+v, %v", organizations, err)
	}
	quota, err := c.Quota(t.Context())
	if err != nil || quota.Snapshots < quota.Used || quota.Used == 0 || quota.Sandbox.CPU == 0 || quota.Region(model.Recipe{}) == nil {
		t.Errorf("got %+v, %v", quota, err)
	}
	server, err := c.Server(t.Context())
	if err != nil || server.Version == "" || server.DashboardURL == "" || server.RateLimit.Limit != 300 || server.RateLimit.Window != time.Minute {
		t.Errorf("got %+v, %v", server, err)
	}
	if rate := c.Rate(); !rate.Known || rate.Limit != 300 || rate.Remaining >= 300 || rate.Reset <= 0 {
		t.Errorf("got %+v", rate)
	}
	if _, err := srv.client(t, demo.Key).Organizations(t.Context()); model.CodeOf(err) != model.Forbidden {
		t.Errorf("with a key: %v", err)
	}
}

func TestDemoLifecycle(t *testing.T) {
	t.Parallel()
	srv := newDemoServer(t, demo.Options{})
	c := srv.client(t, demo.Key)
	recipe := model.Recipe{
		Name: "contract/lifecycle:1", RegionID: "us",
		BuildInfo: &model.RecipeBuild{DockerfileContent: "FROM alpine:3.20\nRUN echo contract\n"},
	}
	created, err := c.Create(t.Context(), recipe)
	if err != nil {
		t.Fatal(err)
	}
	if created.Name != recipe.Name || !created.State.Starting() {
		t.Errorf("got %+v", created)
	}
	if _, err := c.Create(t.Context(), recipe); model.CodeOf(err) != model.Conflict {
		t.Errorf("twice: %v", err)
	}
	named, err := c.Get(t.Context(), recipe.Name)
	if err != nil || named.ID != created.ID {
		t.Errorf("by name: %+v, %v", named, err)
	}
	srv.Advance(10 * time.Second)

	var partial, whole bytes.Buffer
	if err := c.BuildLogs(t.Context(), created.ID, false, &partial); err != nil {
		t.Error(err)
	}
	followed := make(chan error, 1)
	go func() { followed <- c.BuildLogs(t.Context(), created.ID, true, &whole) }()
	var logErr error
	for done := false; !done; {
		select {
		case logErr = <-followed:
			done = true
		case <-time.After(10 * time.Millisecond):
			srv.Advance(10 * time.Second)
		}
	}
	if logErr != nil || !strings.HasPrefix(whole.String(), partial.String()) || !strings.Contains(whole.String(), "echo contract") {
		t.Errorf("%v, %q, then %q", logErr, partial.String(), whole.String())
	}
	srv.Advance(time.Minute)
	if s, err := c.Get(t.Context(), created.ID); err != nil || s.State != model.StateActive {
		t.Fatalf("got %+v, %v", s, err)
	}

	if err := c.Deactivate(t.Context(), created.ID); err != nil {
		t.Error(err)
	}
	if _, err := c.Activate(t.Context(), created.ID); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "wait, then try again") {
		t.Errorf("too early: %v", err)
	}
	srv.Advance(11 * time.Minute)
	if s, err := c.Activate(t.Context(), created.ID); err != nil || s.ID != created.ID || !s.State.Starting() {
		t.Errorf("got %+v, %v", s, err)
	}

	if err := c.Delete(t.Context(), recipe.Name); model.CodeOf(err) != model.Invalid {
		t.Errorf("by name: %v", err)
	}
	srv.Advance(5 * time.Minute)
	if err := c.Delete(t.Context(), created.ID); err != nil {
		t.Error(err)
	}
	srv.Advance(time.Minute)
	if _, err := c.Get(t.Context(), created.ID); model.CodeOf(err) != model.NotFound {
		t.Errorf("after the delete: %v", err)
	}
}

func TestDemoLogsWithoutBuild(t *testing.T) {
	srv := newDemoServer(t, demo.Options{})
	c := srv.client(t, demo.Key)
	list, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.Snapshots, func(s *model.Snapshot) bool { return !s.General && s.BuildInfo.Presence == model.Absent })
	var out bytes.Buffer
	if err := c.BuildLogs(t.Context(), list.Snapshots[i].ID, false, &out); model.CodeOf(err) != model.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestDemoRateLimit(t *testing.T) {
	srv := newDemoServer(t, demo.Options{RateLimit: demo.Limit{Requests: 3, Window: 20 * time.Second}})
	c := srv.client(t, demo.Key)
	for i := range 3 {
		if _, err := c.Get(t.Context(), "node-22-nightly"); err != nil {
			t.Fatalf("request %d: %v", i+1, err)
		}
	}
	for range 5 { // only the first one reaches the server
		_, err := c.List(t.Context(), nil)
		if e, ok := errors.AsType[*model.Error](err); !ok || e.Code != model.RateLimited || e.RetryAfter != 20*time.Second {
			t.Fatalf("got %+v", err)
		}
	}
	srv.Advance(20 * time.Second)
	if _, err := c.List(t.Context(), nil); err != nil {
		t.Errorf("after the retry delay: %v", err)
	}
}

func TestDemoURLWithoutAPI(t *testing.T) {
	for _, dashboard := range []bool{false, true} {
		srv := newDemoServer(t, demo.Options{Dashboard: dashboard})
		srv.url = strings.TrimSuffix(srv.url, "/api")
		if _, err := srv.client(t, demo.Key).List(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "missing /api") {
			t.Errorf("dashboard %v: %v", dashboard, err)
		}
	}
}
