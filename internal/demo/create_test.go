package demo_test

import (
	"net/http"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
)

const (
	badName       = "Invalid snapshot name format. May contain letters, digits, dots, colons, and dashes"
	unsafeName    = "name must not contain HTML tags, URLs, or control characters"
	limitHint     = "\nNeed higher resource limits per-sandbox? Contact us at support@daytona.io and let us know about your use case."
	internalError = "An unexpected error occurred."
	notString     = " must be a string"
	notNumber     = " must be a number conforming to the specified constraints"
)

func TestCreateErrors(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	for _, c := range []struct {
		body    string
		status  int
		message string
	}{
		{`{"name":"bad name!","imageName":"alpine:3.20.1"}`, 400, badName},
		{`{"name":"snap-é","imageName":"alpine:3.20.4"}`, 400, badName},
		{`{"name":"","imageName":"alpine:3.20.5"}`, 400, badName},
		{`{"name":"a//b","imageName":"alpine:3.20.5"}`, 400, badName},
		{`{"name":"<b>x</b>","imageName":"alpine:3.20.1"}`, 400, unsafeName},
		{`{"name":"https://x","imageName":"alpine:3.20.1"}`, 400, unsafeName},
		{`{"name":"www.x","imageName":"alpine:3.20.1"}`, 400, unsafeName},
		{`{"name":"a\u0007","imageName":"alpine:3.20.1"}`, 400, unsafeName},
		{`{"name":5,"imageName":"alpine:3.20.2"}`, 400, unsafeName + ", name" + notString},
		{`{"imageName":"alpine:3.20.5"}`, 400, "name" + notString},
		{`{"name":null,"imageName":"alpine:3.20.5"}`, 400, "name" + notString},
		{`{}`, 400, "name" + notString},
		{`[]`, 400, "name" + notString},
		{`{"name":"t","imageName":"alpine:latest"}`, 400, `Images with tag ":latest" are not allowed`},
		{`{"name":"t","imageName":"alpine"}`, 400, "Image name must include a tag (e.g., ubuntu:22.04) or digest (@sha256:...)"},
		{`{"name":"t","imageName":"alpine:"}`, 400, "Image name must include a tag (e.g., ubuntu:22.04) or digest (@sha256:...)"},
		{`{"name":"t","imageName":"alpine@sha256:abc"}`, 400, "Invalid digest format. Must be image@sha256:64_hex_characters"},
		{`{"name":"t","imageName":" alpine:3.20"}`, 400, "Invalid image name format. Must be lowercase, may contain digits, dots, dashes, and single slashes between components"},
		{`{"name":"t","imageName":7}`, 400, "imageName" + notString},
		{`{"name":"t"}`, 400, "Must specify an image name when not using a build info entry"},
		{`{"name":"t","imageName":""}`, 400, "Must specify an image name when not using a build info entry"},
		{`{"name":"t","imageName":"alpine:3.20","buildInfo":{"dockerfileContent":"FROM alpine:3.20\n"}}`, 400, "Cannot specify an image name when using a build info entry"},
		{`{"name":"t","entrypoint":["a"],"buildInfo":{"dockerfileContent":"FROM a\n"}}`, 400, "Cannot specify an entrypoint when using a build info entry"},
		{`{"name":"t","entrypoint":[],"buildInfo":{"dockerfileContent":"FROM a\n"}}`, 400, "Cannot specify an entrypoint when using a build info entry"},
		{`{"name":"t","imageName":"alpine:3.20","entrypoint":"sh"}`, 400, "entrypoint must be an array"},
		{`{"name":"t","imageName":"alpine:3.20","entrypoint":[1]}`, 400, "each value in entrypoint must be a string"},
		{`{"name":"t","buildInfo":{}}`, 500, internalError},
		{`{"name":"t","buildInfo":7}`, 400, "buildInfo must be an object"},
		{`{"name":"t","imageName":"alpine:3.20","cpu":1.5}`, 500, internalError},
		{`{"name":"t","imageName":"alpine:3.20","cpu":"2"}`, 400, "cpu must not be less than 0, cpu" + notNumber},
		{`{"name":"t","imageName":"alpine:3.20","memory":-1}`, 400, "memory must not be less than 0"},
		{`{"name":"t","imageName":"alpine:3.20","cpu":64}`, 400, "CPU request 64 exceeds maximum allowed per sandbox (8)." + limitHint},
		{`{"name":"t","imageName":"alpine:3.20","memory":64}`, 400, "Memory request 64GB exceeds maximum allowed per sandbox (16GB)." + limitHint},
		{`{"name":"t","imageName":"alpine:3.20","disk":640}`, 400, "Disk request 640GB exceeds maximum allowed per sandbox (50GB)." + limitHint},
		{`{"name":"t","imageName":"alpine:3.20","regionId":"mars"}`, 404, "Region not found"},
		{`{"name":"t","imageName":"alpine:3.20","regionId":"sa"}`, 403, "Region sa is not available to the organization"},
		{`{"name":"t","imageName":"alpine:3.20","regionId":"globex-dc_zZ9Z"}`, 404, "Region globex-dc_zZ9Z not found"},
		{`{"name":"t","imageName":"alpine:3.20","regionId":"mars","cpu":64}`, 404, "Region not found"},
		{`{"name":"t","imageName":"alpine:3.20","sandboxClass":"windows"}`, 400, "Windows snapshots cannot be created via this endpoint; they are produced by snapshot-from-sandbox flows."},
		{`{"name":"t","imageName":"alpine:3.20","sandboxClass":"vm"}`, 400, "sandboxClass must be one of the following values: linux-vm, container, android, windows"},
		{`{"name":"t","imageName":"alpine:3.20","sandboxClass":"linux-vm","regionId":"acme-dc1_x1Y2"}`, 400, "No runners are configured in region 'acme-dc1' for sandbox class 'linux-vm'. Try a different region or sandbox class."},
		{`{"name":"t","imageName":"alpine:3.20","gpu":1,"regionId":"eu"}`, 400, "No available runners"},
		{`{"name":"t","imageName":"alpine:3.20","gpu":1,"gpuType":["RTX-PRO-6000"]}`, 400, "No available runners with GPU type: RTX-PRO-6000."},
		{`{"name":"t","buildInfo":{"dockerfileContent":"FROM alpine:3.20\n","contextHashes":null}}`, 500, "An unexpected error occurred."},
		// The name is checked last: any of these would be refused without it, too.
		{`{"name":"jupyter-old","imageName":"alpine:latest"}`, 400, `Images with tag ":latest" are not allowed`},
		{`{"name":"jupyter-old","imageName":"alpine:3.20","disk":640}`, 400, "Disk request 640GB exceeds maximum allowed per sandbox (50GB)." + limitHint},
		{`{"name":"jupyter-old","imageName":"alpine:3.20","regionId":"mars"}`, 404, "Region not found"},
		{`{"name":"jupyter-old","imageName":"alpine:3.20","regionId":"sa"}`, 403, "Region sa is not available to the organization"},
		{`{"name":"jupyter-old","imageName":"alpine:3.20","sandboxClass":"linux-vm","regionId":"acme-dc1_x1Y2"}`, 400, "No runners are configured in region 'acme-dc1' for sandbox class 'linux-vm'. Try a different region or sandbox class."},
		{`{"name":"jupyter-old","imageName":"alpine:3.20","gpu":1,"regionId":"eu"}`, 400, "No available runners"},
		{`{"name":"t","imageName":"alpine:3.20","gpu":2,"gpuType":["A100"]}`, 400, "gpu must not be greater than 1, each value in gpuType must be one of the following values: H100, RTX-PRO-6000"},
		{`{"name":"jupyter-old","imageName":"alpine:3.20"}`, 409, `Snapshot with name "jupyter-old" already exists for this organization`},
	} {
		a := srv.send(http.MethodPost, "/api/snapshots", c.body)
		if f := decode[errorBody](t, a); a.status != c.status || f.Message != c.message {
			t.Errorf("%s: %d %q, want %d %q", c.body, a.status, f.Message, c.status, c.message)
		}
	}
	if got := len(srv.list()); got != 120 {
		t.Errorf("got %d snapshots after errors", got)
	}
}

func TestCreateBodies(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	bad := srv.send("POST", "/api/snapshots", `{"name":`)
	if string(bad.body) != `{"message":"Invalid JSON in request body","error":"Bad Request","statusCode":400}` ||
		bad.status != 400 || bad.header.Get("X-Daytona-Api-Version") != "" {
		t.Errorf("got %d %s %v", bad.status, bad.body, bad.header)
	}
	for body, contentType := range map[string]string{
		"":                               "",
		`{"name":"f","imageName":"a:1"}`: "text/plain",
		`name=f&imageName=a%3A1`:         "application/x-www-form-urlencoded",
		` `:                              "text/json",
	} {
		if f := decode[errorBody](t, srv.send("POST", "/api/snapshots", body, "Content-Type: "+contentType)); f.Message != "name must be a string" {
			t.Errorf("%q as %q: %+v", body, contentType, f)
		}
	}
	if a := srv.send("POST", "/api/snapshots", `{"name":"plain","imageName":"a:1"}`, "Content-Type: "); a.status != 200 {
		t.Errorf("no content type: %d %s", a.status, a.body)
	}
	huge := `{"name":"` + strings.Repeat("a", 11<<20) + `"}`
	if a := srv.send("POST", "/api/snapshots", huge); a.status != 413 {
		t.Errorf("too large: %d", a.status)
	}
}

func TestCreateImage(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	a := srv.send("POST", "/api/snapshots", `{"name":"t-image","imageName":"alpine:3.20.1","cpu":2,"memory":4,"disk":5,"entrypoint":["sleep","infinity"],"regionId":"us","wat":1}`)
	if got, want := strings.Join(propertyPaths(t, a.body), " "), strings.Join(propertyPaths(t, recordedBody(t, "create-image")), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	r := decode[row](t, a)
	if r.State != "pending" || r.CPU != 2 || r.Mem != 4 || r.Disk != 5 || r.Ref != nil || !r.CreatedAt.Equal(startTime) {
		t.Errorf("got %+v", r)
	}
}

func TestCreateBuild(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	a := srv.send("POST", "/api/snapshots", `{"name":"t-build","buildInfo":{"dockerfileContent":"FROM alpine:3.20\nRUN echo hello\nRUN echo world\n","contextHashes":[]}}`)
	if got, want := strings.Join(propertyPaths(t, a.body), " "), strings.Join(propertyPaths(t, recordedBody(t, "create-build")), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	r := decode[row](t, a)
	const ref = "daytona-e20af812c83bbf8f2ffb5ef7f1b0f1a5fba1bf1742dd43271177d43060c0812e:daytona"
	if r.BuildInfo.SnapshotRef != ref || !strings.HasSuffix(*r.Ref, "/"+ref) || r.BuildInfo.ContextHashes == nil {
		t.Errorf("got %s", a.body)
	}
	if strings.Join(r.Entrypoint, " ") != "sleep infinity" || r.CPU != 1 || r.Mem != 1 || r.Disk != 3 || r.RegionIDs[0] != "us" {
		t.Errorf("got %s", a.body)
	}
}

func TestCreateUnusual(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	gpu := srv.create(`{"name":"t-gpu","imageName":"alpine:3.20","gpu":1,"gpuType":["H100"]}`)
	if gpu.GPUType == nil || *gpu.GPUType != "H100" || gpu.GPU != 1 {
		t.Errorf("got %+v", gpu)
	}
	if chosen := srv.create(`{"name":"t-any","imageName":"alpine:3.20","gpu":1,"regionId":"acme-dc1_x1Y2"}`); *chosen.GPUType != "RTX-PRO-6000" {
		t.Errorf("got %+v", chosen)
	}
	long := strings.Repeat("l", 300)
	if got := srv.create(`{"name":"` + long + `","imageName":"alpine:3.20.5","cpu":0,"entrypoint":[""]}`); got.Name != long || got.CPU != 0 || got.Entrypoint != nil {
		t.Errorf("got %+v", got)
	}
}

func TestQuota(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{Size: 120, SnapshotQuota: 5})
	f := decode[errorBody](t, srv.send("POST", "/api/snapshots", `{"name":"t","imageName":"alpine:3.20"}`))
	if f.StatusCode != http.StatusBadRequest || f.Message != "Snapshot quota exceeded. Maximum allowed: 5" {
		t.Errorf("got %+v", f)
	}
	srv = newTestServer(t, demo.Options{})
	type usage struct{ TotalSnapshotQuota, CurrentSnapshotUsage int }
	use := func() int {
		return decode[usage](t, srv.get("/api/organizations/"+demo.OrganizationID+"/usage", bearer(demo.JWT))).CurrentSnapshotUsage
	}
	counts := 0
	for _, r := range srv.list() {
		switch r.State {
		case "active", "pending", "pulling", "building":
			if r.OrganizationID != nil && *r.OrganizationID == demo.OrganizationID { // its general ones, too
				counts++
			}
		}
	}
	if got := use(); got != counts {
		t.Errorf("usage %d, counted %d", got, counts)
	}
}

// The recipe of every listed snapshot can be created again, except for the one that
// exceeds the limits.
func TestEveryRecipeCanBeCreatedAgain(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	for _, r := range srv.list() {
		if r.General || r.Name == "warehouse-etl-xl" || r.ImageName == "" && r.BuildInfo == nil {
			continue
		}
		body := map[string]any{"name": r.Name + "-again", "cpu": r.CPU, "memory": r.Mem, "disk": r.Disk, "gpu": r.GPU, "sandboxClass": r.SandboxClass}
		if r.GPUType != nil {
			body["gpuType"] = []string{*r.GPUType}
		}
		if len(r.RegionIDs) > 0 {
			body["regionId"] = r.RegionIDs[0]
		}
		if r.BuildInfo != nil {
			build := map[string]any{"dockerfileContent": r.BuildInfo.DockerfileContent}
			if r.BuildInfo.ContextHashes != nil { // null is an error
				build["contextHashes"] = r.BuildInfo.ContextHashes
			}
			body["buildInfo"] = build
		} else {
			body["imageName"] = r.ImageName
			body["entrypoint"] = r.Entrypoint
		}
		a := srv.send("POST", "/api/snapshots", encode(t, body))
		if a.status != 200 {
			t.Errorf("%s: %d %s", r.Name, a.status, a.body)
			continue
		}
		if r.BuildInfo != nil {
			if again := decode[row](t, a); again.BuildInfo.SnapshotRef != r.BuildInfo.SnapshotRef {
				t.Errorf("%s: different ref", r.Name)
			}
		}
	}
}

// TestQuotaBeforeName: with a full quota a create is refused for that, whatever its name.
func TestQuotaBeforeName(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{SnapshotQuota: 5})
	for _, name := range []string{"jupyter-old", "new"} {
		a := srv.send(http.MethodPost, "/api/snapshots", `{"name":"`+name+`","imageName":"alpine:3.20"}`)
		if f := decode[errorBody](t, a); a.status != 400 || f.Message != "Snapshot quota exceeded. Maximum allowed: 5" {
			t.Errorf("%s: %d %q", name, a.status, f.Message)
		}
	}
}
