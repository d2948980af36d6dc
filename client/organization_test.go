package client

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

func TestRegions(t *testing.T) {
	c := start(t, respond(200, `[
		{"id":"acme-dc1_x1Y2","name":"acme-dc1","organizationId":"8a108392","regionType":"custom","proxyUrl":null},
		{"id":"us","name":"us","organizationId":null,"regionType":"shared"},
		{"name":"no id"}, {"id":7}, 42, null, {"id":"eu"}]`))
	got, err := c.Regions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Region{
		{ID: "acme-dc1_x1Y2", Name: "acme-dc1", Type: "custom", OrganizationID: model.Some("8a108392")},
		{ID: "us", Name: "us", Type: "shared", OrganizationID: model.Optional[string]{Presence: model.Null}},
		{ID: "eu", Name: "eu"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOrganizations(t *testing.T) {
	r := &recorder{handle: respond(200, `[
		{"id":"8a108392","name":"Personal","suspended":false,"snapshotDeactivationTimeoutMinutes":5256000},
		{"id":"2","name":"Late","suspended":true,"suspensionReason":"Payment failed","snapshotDeactivationTimeoutMinutes":null},
		{"id":"3","name":"Odd","snapshotDeactivationTimeoutMinutes":1e300}, {"id":"4","snapshotDeactivationTimeoutMinutes":-1}, {}]`)}
	c := start(t, r, func(o *Options) { o.Credentials.JWT = true })
	got, err := c.Organizations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Organization{
		{ID: "8a108392", Name: "Personal", DeactivationTimeout: 3650 * 24 * time.Hour},
		{ID: "2", Name: "Late", Suspended: true},
		{ID: "3", Name: "Odd", DeactivationTimeout: maxMinutes * time.Minute},
		{ID: "4"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	r.requests = nil
	_, err = start(t, r).Organizations(t.Context())
	if e := requireError(t, err); e.Code != model.Forbidden || e.Sent || len(r.requests) != 0 {
		t.Errorf("with a key: %+v after %v", e, r.requests)
	}
}

func TestAccess(t *testing.T) {
	for body, want := range map[string]model.Access{
		`{"name":"admin","value":"dtn***def","permissions":["write:snapshots","delete:snapshots"],"expiresAt":"2026-12-01T00:00:00.000Z"}`: {
			Known: true, Permissions: []string{"write:snapshots", "delete:snapshots"},
			ExpiresAt: model.SomeTime(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)),
		},
		`{"name":"readonly","permissions":[],"expiresAt":null}`: {
			Known: true, Permissions: []string{}, ExpiresAt: model.OptionalTime{Presence: model.Null},
		},
		`{"name":"old"}`:                          {},
		`{"name":"odd","permissions":"all"}`:      {},
		`{"name":null,"permissions":null,"x":[]}`: {},
	} {
		got, err := start(t, respond(200, body)).Access(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
	r := &recorder{handle: respond(401, "")}
	got, err := start(t, r, func(o *Options) { o.Credentials.JWT = true }).Access(t.Context())
	if err != nil || got.Known || len(r.requests) != 0 || !got.Can(model.PermissionDelete) {
		t.Errorf("with a token: %+v, %v after %v", got, err, r.requests)
	}
}

func TestServer(t *testing.T) {
	for body, want := range map[string]model.Server{
		`{"version":"0.190.0","dashboardUrl":"https://app.daytona.io/dashboard","rateLimit":{"authenticated":{"ttl":60,"limit":300},"sandboxCreate":{}}}`: {
			Version: "0.190.0", DashboardURL: "https://app.daytona.io/dashboard",
			RateLimit: model.RateLimit{Known: true, Limit: 300, Remaining: 300, Window: time.Minute},
		},
		`{"version":"0.190.0","dashboardUrl":"javascript:alert(1)","rateLimit":{"authenticated":{}}}`:   {Version: "0.190.0"},
		`{"version":"1","dashboardUrl":"https://a:b@host/","rateLimit":{"authenticated":{"limit":-3}}}`: {Version: "1"},
		`{"version":"1","rateLimit":{"authenticated":{"ttl":"x","limit":7}}}`:                           {Version: "1", RateLimit: model.RateLimit{Known: true, Limit: 7, Remaining: 7}},
		`{"version":"1","rateLimit":null,"dashboardUrl":7}`:                                             {Version: "1"},
	} {
		got, err := start(t, respond(200, body)).Server(t.Context())
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

// Every endpoint gets JSON that it does not expect.
func TestUnexpectedJSON(t *testing.T) {
	for name, tc := range map[string]struct {
		do    func(*Client) error
		valid []string // bodies that are not an error
	}{
		"regions":       {func(c *Client) error { _, err := c.Regions(t.Context()); return err }, []string{`[]`, `null`, `[[]]`}},
		"organizations": {func(c *Client) error { _, err := c.Organizations(t.Context()); return err }, []string{`[]`, `null`, `[[]]`}},
		"access":        {func(c *Client) error { _, err := c.Access(t.Context()); return err }, []string{`{}`, `null`}},
		"server":        {func(c *Client) error { _, err := c.Server(t.Context()); return err }, nil},
		"get":           {func(c *Client) error { _, err := c.Get(t.Context(), "1"); return err }, nil},
		"log URL":       {func(c *Client) error { _, err := c.logURL(t.Context(), "/snapshots/1", false); return err }, nil},
	} {
		for _, body := range []string{`{}`, `[]`, `null`, `7`, `"x"`, `[[]]`, `<html>`, ``, `{"a`} {
			err := tc.do(start(t, respond(200, body), func(o *Options) { o.Credentials.JWT = name == "organizations" }))
			if slices.Contains(tc.valid, body) {
				if err != nil {
					t.Errorf("%s with %s: %v", name, body, err)
				}
				continue
			}
			if e := requireError(t, err); e.Code != model.NotTheAPI && (e.Code != model.Network || body != `{"a`) {
				t.Errorf("%s with %s: %+v", name, body, e)
			}
		}
	}
}
