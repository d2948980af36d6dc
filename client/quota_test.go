package client

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

func TestQuota(t *testing.T) {
	r := &recorder{handle: func(w http.ResponseWriter, r *http.Request) {
		body := `{"id":"a-b","maxCpuPerSandbox":4,"maxMemoryPerSandbox":8,"maxDiskPerSandbox":10,"defaultRegionId":"us"}`
		if r.URL.Path == "/organizations/a-b/usage" {
			body = `{"totalSnapshotQuota":6000,"currentSnapshotUsage":39,"regionUsage":[
				{"regionId":"us","sandboxClass":"container","totalGpuQuota":4,"maxCpuPerSandbox":null,"maxMemoryPerSandbox":16,
				 "maxCpuPerGpuSandbox":16,"maxMemoryPerGpuSandbox":192,"maxDiskPerGpuSandbox":512},{"regionId":7}]}`
		}
		respond(200, body)(w, r)
	}}
	c := start(t, r, func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, "a-b" })
	got, err := c.Quota(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := model.Quota{
		Snapshots: 6000, Used: 39, Sandbox: model.Limits{CPU: 4, Memory: 8, Disk: 10}, DefaultRegion: "us",
		Regions: []model.RegionQuota{{
			RegionID: "us", SandboxClass: "container", GPU: model.Some(4),
			Sandbox: model.Limits{Memory: 16}, GPUSandbox: model.Limits{CPU: 16, Memory: 192, Disk: 512},
		}, {}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// With an API key no request is sent: the 401 would count against this IP address.
func TestQuotaWithAPIKey(t *testing.T) {
	r := &recorder{handle: respond(401, "")}
	got, err := start(t, r).Quota(t.Context())
	if err != nil || len(r.requests) != 0 {
		t.Errorf("%+v, %v after %v", got, err, r.requests)
	}
}

func TestQuotaForbidden(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"neither": respond(403, `{"message":"no"}`),
		"no usage": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/organizations/o/usage" {
				respond(403, `{"message":"no"}`)(w, r)
				return
			}
			respond(200, `{}`)(w, r)
		},
	} {
		c := start(t, handler, func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, "o" })
		if _, err := c.Quota(t.Context()); requireError(t, err).Code != model.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSnapshotQuota asks with a JWT, or with an API key that has read:limits. A refusal is
// not asked again: each 401 counts against this IP address.
func TestSnapshotQuota(t *testing.T) {
	t.Parallel()
	full := respond(200, `{"totalSnapshotQuota":1000,"currentSnapshotUsage":29,"regionUsage":[]}`) // as recorded
	jwt := func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, "o" }
	key := func(*Options) {}
	limits := model.Access{Known: true, Permissions: []string{model.PermissionLimits}}
	for name, tc := range map[string]struct {
		options func(*Options)
		access  model.Access
		answer  http.HandlerFunc
		limit   int
		sent    int // for two calls
	}{
		"JWT":                    {jwt, model.Access{}, full, 1000, 2},
		"JWT, forbidden":         {jwt, model.Access{}, respond(403, `{"message":"no"}`), 0, 1},
		"JWT, no such route":     {jwt, model.Access{}, respond(404, `{"message":"Cannot GET /organizations/o/usage"}`), 0, 1},
		"JWT, server error":      {jwt, model.Access{}, respond(500, `{"message":"no"}`), 0, 2},
		"JWT, other JSON":        {jwt, model.Access{}, respond(200, `{"totalSnapshotQuota":"many"}`), 0, 2},
		"JWT, null":              {jwt, model.Access{}, respond(200, `{"totalSnapshotQuota":null}`), 0, 2},
		"JWT, negative":          {jwt, model.Access{}, respond(200, `{"totalSnapshotQuota":-1}`), 0, 2},
		"key":                    {key, model.Access{Known: true, Permissions: []string{model.PermissionWrite}}, full, 0, 0},
		"key, access unknown":    {key, model.Access{}, full, 0, 0},
		"key with limits":        {key, limits, full, 1000, 2},
		"key with limits at 401": {key, limits, respond(401, `{"message":"Invalid credentials"}`), 0, 1},
	} {
		r := &recorder{handle: tc.answer}
		c := start(t, r, tc.options)
		for range 2 {
			want := model.ReportedQuota{Limit: tc.limit}
			if tc.limit > 0 {
				want.Used = model.Some(29)
			}
			if got, _ := c.SnapshotQuota(t.Context(), "o", tc.access); got != want {
				t.Errorf("%s: %+v, want %+v", name, got, want)
			}
		}
		if len(r.requests) != tc.sent {
			t.Errorf("%s: sent %d requests, want %d", name, len(r.requests), tc.sent)
		}
		if got, err := c.SnapshotQuota(t.Context(), "", tc.access); got != (model.ReportedQuota{}) || err != nil || len(r.requests) != tc.sent {
			t.Errorf("%s, organization unknown: %+v, %v", name, got, err)
		}
	}
}
