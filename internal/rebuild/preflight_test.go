package rebuild_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

var someTime = time.Date(2026, 11, 24, 14, 33, 53, 0, time.UTC)

// decode changes the JSON of a valid snapshot and decodes it; nil deletes a property.
func decode(t *testing.T, changes map[string]any) *model.Snapshot {
	t.Helper()
	r := agents()
	r.id, r.org, r.state, r.created = "3fa2c1d0-8b1e-4c55-9a0e-5b7d1f22e91c", organization, model.StateActive, someTime
	var all map[string]any
	if err := json.Unmarshal([]byte(r.snapshot().Raw.String()), &all); err != nil {
		t.Fatal(err)
	}
	for name, value := range changes {
		if value == nil {
			delete(all, name)
			continue
		}
		all[name] = value
	}
	raw, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type null struct{}

func (null) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// image returns the properties of a snapshot made from an image.
func image(name string) map[string]any {
	return map[string]any{"imageName": name, "buildInfo": nil, "entrypoint": []string{"tini", "--"}}
}

func with(base map[string]any, name string, value any) map[string]any {
	base[name] = value
	return base
}

func build(dockerfile any) map[string]any {
	return map[string]any{"buildInfo": map[string]any{"dockerfileContent": dockerfile, "contextHashes": []string{}}}
}

func regions() []model.Region {
	return []model.Region{{ID: "us", Name: "us"}, {ID: "eu-1", Name: "eu"}}
}

// requestFor returns a request with regions and permissions known.
func requestFor(s *model.Snapshot, mode model.RebuildMode) model.RebuildRequest {
	return model.RebuildRequest{
		Snapshot: s, Mode: mode, Now: someTime, Regions: regions(), Organization: model.Organization{DefaultRegionID: "us"},
		Access: model.Access{Known: true, Permissions: []string{model.PermissionWrite, model.PermissionDelete}},
	}
}

// knowNothing removes what polls know from a request.
func knowNothing(q *model.RebuildRequest) {
	*q = model.RebuildRequest{Snapshot: q.Snapshot, Mode: q.Mode, Dockerfile: q.Dockerfile, Now: q.Now}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	digest := strings.Repeat("0a", 32)
	tests := map[string]struct {
		snapshot map[string]any
		mode     model.RebuildMode
		request  func(*model.RebuildRequest)
		want     []model.RefusalReason // nil: not refused
	}{
		"a Dockerfile":              {},
		"verify first":              {mode: model.VerifyFirst},
		"an image":                  {snapshot: image("debian:12.9")},
		"an image with a digest":    {snapshot: image("debian@sha256:" + digest)},
		"a registry with a port":    {snapshot: image("127.0.0.1:5000/ml/cuda:12")},
		"inactive":                  {snapshot: map[string]any{"state": "inactive"}},
		"failed":                    {snapshot: map[string]any{"state": "error"}},
		"build failed":              {snapshot: map[string]any{"state": "build_failed"}},
		"a name with slash and tag": {snapshot: map[string]any{"name": "team/app:1.2.3"}},
		"a name with a digest":      {snapshot: map[string]any{"name": "team/app@sha256:" + digest}},
		"a long name":               {snapshot: map[string]any{"name": strings.Repeat("l", 300)}},
		"an older server": {snapshot: map[string]any{
			"gpuType": nil, "sandboxClass": nil, "regionIds": nil, "ref": nil, "initialRunnerId": nil,
		}},
		"a GPU": {snapshot: map[string]any{"gpu": 1, "gpuType": "H100"}},

		"general":           {snapshot: map[string]any{"general": true}, want: []model.RefusalReason{model.ReasonGeneral}},
		"removing":          {snapshot: map[string]any{"state": "removing"}, want: []model.RefusalReason{model.ReasonState}},
		"building":          {snapshot: map[string]any{"state": "building"}, want: []model.RefusalReason{model.ReasonState}},
		"pending":           {snapshot: map[string]any{"state": "pending"}, want: []model.RefusalReason{model.ReasonState}},
		"pulling":           {snapshot: map[string]any{"state": "pulling"}, want: []model.RefusalReason{model.ReasonState}},
		"snapshotting":      {snapshot: map[string]any{"state": "snapshotting"}, want: []model.RefusalReason{model.ReasonState}},
		"an unknown state":  {snapshot: map[string]any{"state": "archived\x1b"}, want: []model.RefusalReason{model.ReasonState}},
		"no source":         {snapshot: map[string]any{"buildInfo": nil}, want: []model.RefusalReason{model.ReasonRecipe}},
		"both sources":      {snapshot: map[string]any{"imageName": "debian:12"}, want: []model.RefusalReason{model.ReasonRecipe}},
		"from a sandbox":    {snapshot: map[string]any{"sourceSandboxId": "x"}, want: []model.RefusalReason{model.ReasonSandbox}},
		"no Dockerfile":     {snapshot: build(nil), want: []model.RefusalReason{model.ReasonRecipe}},
		"an empty one":      {snapshot: build(" \n"), want: []model.RefusalReason{model.ReasonRecipe}},
		"an odd Dockerfile": {snapshot: build(5), want: []model.RefusalReason{model.ReasonRecipe}},
		"odd hashes": {snapshot: map[string]any{"buildInfo": map[string]any{
			"dockerfileContent": "FROM a", "contextHashes": "x",
		}}, want: []model.RefusalReason{model.ReasonRecipe}},
		"an odd buildInfo":            {snapshot: map[string]any{"buildInfo": 1}, want: []model.RefusalReason{model.ReasonRecipe}},
		"no Dockerfile, verify first": {snapshot: build(nil), mode: model.VerifyFirst, want: []model.RefusalReason{model.ReasonRecipe}},
		"an odd entrypoint":           {snapshot: with(image("debian:12"), "entrypoint", "sh"), want: []model.RefusalReason{model.ReasonRecipe}},
		"odd regions":                 {snapshot: map[string]any{"regionIds": "us"}, want: []model.RefusalReason{model.ReasonRecipe}},

		"a space in the name":  {snapshot: map[string]any{"name": "bad name"}, want: []model.RefusalReason{model.ReasonName}},
		"HTML in the name":     {snapshot: map[string]any{"name": "<b>x</b>"}, want: []model.RefusalReason{model.ReasonName}},
		"a URL in the name":    {snapshot: map[string]any{"name": "www.acme"}, want: []model.RefusalReason{model.ReasonName}},
		"a scheme in the name": {snapshot: map[string]any{"name": "Data:1"}, want: []model.RefusalReason{model.ReasonName}},
		"a line in the name":   {snapshot: map[string]any{"name": "a\n"}, want: []model.RefusalReason{model.ReasonName}},
		"a letter beyond":      {snapshot: map[string]any{"name": "snap-é"}, want: []model.RefusalReason{model.ReasonName}},
		"no name":              {snapshot: map[string]any{"name": ""}, want: []model.RefusalReason{model.ReasonName}},
		"an empty component":   {snapshot: map[string]any{"name": "a//b"}, want: []model.RefusalReason{model.ReasonName}},

		"no tag":           {snapshot: image("alpine"), want: []model.RefusalReason{model.ReasonImage}},
		"an empty tag":     {snapshot: image("alpine:"), want: []model.RefusalReason{model.ReasonImage}},
		"the tag latest":   {snapshot: image("alpine:latest"), want: []model.RefusalReason{model.ReasonImage}},
		"a short digest":   {snapshot: image("alpine@sha256:abc"), want: []model.RefusalReason{model.ReasonImage}},
		"another digest":   {snapshot: image("alpine@sha512:abc"), want: []model.RefusalReason{model.ReasonImage}},
		"a space in front": {snapshot: image(" alpine:3.20"), want: []model.RefusalReason{model.ReasonImage}},

		"half a CPU":    {snapshot: map[string]any{"cpu": 1.5}, want: []model.RefusalReason{model.ReasonResources}},
		"half a GiB":    {snapshot: map[string]any{"mem": 0.5}, want: []model.RefusalReason{model.ReasonResources}},
		"less than 0":   {snapshot: map[string]any{"disk": -1}, want: []model.RefusalReason{model.ReasonResources}},
		"far too much":  {snapshot: map[string]any{"disk": 1e300}, want: []model.RefusalReason{model.ReasonResources}},
		"two GPUs":      {snapshot: map[string]any{"gpu": 2}, want: []model.RefusalReason{model.ReasonResources}},
		"CPU as text":   {snapshot: map[string]any{"cpu": "2"}, want: []model.RefusalReason{model.ReasonRecipe}},
		"windows":       {snapshot: map[string]any{"sandboxClass": "windows"}, want: []model.RefusalReason{model.ReasonClass}},
		"a lost region": {snapshot: map[string]any{"regionIds": []string{"ap"}}, want: []model.RefusalReason{model.ReasonRegion}},

		"verify first for an image": {snapshot: image("debian:12"), mode: model.VerifyFirst, want: []model.RefusalReason{model.ReasonMode}},

		"no permissions": {request: func(q *model.RebuildRequest) { q.Access.Permissions = nil }, want: []model.RefusalReason{model.ReasonPermission}},
		"only to write": {request: func(q *model.RebuildRequest) {
			q.Access.Permissions = []string{model.PermissionWrite}
		}, want: []model.RefusalReason{model.ReasonPermission}},
		"nothing known":     {request: knowNothing},
		"no regions at all": {request: func(q *model.RebuildRequest) { q.Regions = []model.Region{} }, want: []model.RefusalReason{model.ReasonRegion}},
		"suspended":         {request: func(q *model.RebuildRequest) { q.Organization.Suspended = true }, want: []model.RefusalReason{model.ReasonSuspended}},
		"no journal":        {request: func(q *model.RebuildRequest) { q.JournalErr = errors.New("disk full") }, want: []model.RefusalReason{model.ReasonJournal}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.mode == "" {
				test.mode = model.InPlace
			}
			q := requestFor(decode(t, test.snapshot), test.mode)
			if test.request != nil {
				test.request(&q)
			}
			p := rebuild.Preflight(q)
			var got []model.RefusalReason
			for _, refusal := range p.Refusals {
				got = append(got, refusal.Reason)
				if refusal.Text == "" || strings.Contains(refusal.Text, "%!") {
					t.Errorf("text %q", refusal.Text)
				}
			}
			if !slices.Equal(got, test.want) || p.Refused() != (len(test.want) > 0) {
				t.Errorf("refusals %v, want %v", p.Refusals, test.want)
			}
		})
	}
}

func TestRecipe(t *testing.T) {
	t.Parallel()
	one, two := 1, 2
	four, eight, none := 4, 8, 0
	tests := map[string]struct {
		snapshot map[string]any
		want     model.Recipe
	}{
		"a Dockerfile": {want: model.Recipe{
			Name:      "node-20-agents",
			BuildInfo: &model.RecipeBuild{DockerfileContent: dockerfile, ContextHashes: []string{"b2", "a1"}},
			CPU:       &two, Memory: &four, Disk: &eight, GPU: &none, RegionID: "us", SandboxClass: "container",
		}},
		"an image": {snapshot: with(image("debian:12.9"), "regionIds", []string{"ap", "eu-1"}), want: model.Recipe{
			Name: "node-20-agents", ImageName: "debian:12.9", Entrypoint: []string{"tini", "--"},
			CPU: &two, Memory: &four, Disk: &eight, GPU: &none, RegionID: "eu-1", SandboxClass: "container",
		}},
		"a GPU": {snapshot: map[string]any{"gpu": 1, "gpuType": "H100"}, want: model.Recipe{
			Name:      "node-20-agents",
			BuildInfo: &model.RecipeBuild{DockerfileContent: dockerfile, ContextHashes: []string{"b2", "a1"}},
			CPU:       &two, Memory: &four, Disk: &eight, GPU: &one, GPUType: []string{"H100"}, RegionID: "us", SandboxClass: "container",
		}},
		"a GPU type without a GPU": {snapshot: map[string]any{"gpu": 0, "gpuType": "H100"}, want: model.Recipe{
			Name:      "node-20-agents",
			BuildInfo: &model.RecipeBuild{DockerfileContent: dockerfile, ContextHashes: []string{"b2", "a1"}},
			CPU:       &two, Memory: &four, Disk: &eight, GPU: &none, RegionID: "us", SandboxClass: "container",
		}},
		"what is not told": {
			snapshot: map[string]any{
				"cpu": nil, "mem": null{}, "disk": nil, "gpu": nil, "gpuType": "H100", "regionIds": []string{}, "sandboxClass": nil,
				"buildInfo": map[string]any{"dockerfileContent": "FROM a", "contextHashes": null{}},
			},
			want: model.Recipe{Name: "node-20-agents", BuildInfo: &model.RecipeBuild{DockerfileContent: "FROM a"}},
		},
	}
	for name, test := range tests {
		got, refusals := rebuild.RecipeOf(decode(t, test.snapshot), test.want.RegionID)
		if diff := cmp.Diff(test.want, got); diff != "" || len(refusals) > 0 {
			t.Errorf("%s: %v (-want +got):\n%s", name, refusals, diff)
		}
	}
}

func TestPlannedCalls(t *testing.T) {
	t.Parallel()
	lines := func(p model.Plan) string {
		var b strings.Builder
		for _, call := range p.Calls {
			fmt.Fprintf(&b, "%s %s  %s\n", call.Method, call.Path, call.Text)
		}
		return b.String()
	}
	s := decode(t, nil)
	inPlace := lines(rebuild.Preflight(requestFor(s, model.InPlace)))
	if diff := cmp.Diff(`DELETE /snapshots/3fa2c1d0-8b1e-4c55-9a0e-5b7d1f22e91c  node-20-agents
GET /snapshots/3fa2c1d0-8b1e-4c55-9a0e-5b7d1f22e91c  wait for 404 (about 10 s): no new sandbox can use it
POST /snapshots  the same Dockerfile, 2 CPU, 4 GiB memory, 8 GiB disk, region us
`, inPlace); diff != "" {
		t.Errorf("in place (-want +got):\n%s", diff)
	}
	failed := *s
	failed.State = model.StateBuildFailed
	if got := lines(rebuild.Preflight(requestFor(&failed, model.InPlace))); !strings.Contains(got, "wait for 404 (about 10 s)\n") {
		t.Errorf("of a failed one:\n%s", got)
	}
	first := lines(rebuild.Preflight(requestFor(s, model.VerifyFirst)))
	if diff := cmp.Diff(`POST /snapshots  node-20-agents-candidate-4f8d4a02: the same Dockerfile, 2 CPU, 4 GiB memory, 8 GiB disk, region us
GET /snapshots/{id}  wait until the candidate is active; nothing else changes before
DELETE /snapshots/3fa2c1d0-8b1e-4c55-9a0e-5b7d1f22e91c  node-20-agents
GET /snapshots/3fa2c1d0-8b1e-4c55-9a0e-5b7d1f22e91c  wait for 404 (about 10 s): no new sandbox can use it
POST /snapshots  the candidate's Dockerfile: served from cache, no build
DELETE /snapshots/{id}  node-20-agents-candidate-4f8d4a02
`, first); diff != "" {
		t.Errorf("verify first (-want +got):\n%s", diff)
	}
}

// TestCandidateNames checks that the server accepts the names of candidates.
func TestCandidateNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a", "team/app:1.2", "x@sha256:" + strings.Repeat("0", 64)} {
		p := rebuild.Preflight(requestFor(decode(t, map[string]any{"name": name}), model.VerifyFirst))
		again := rebuild.Preflight(requestFor(decode(t, map[string]any{"name": p.Candidate.Name}), model.InPlace))
		if p.Refused() || again.Refused() || p.Candidate.Name == name {
			t.Errorf("%s: candidate %q: %v %v", name, p.Candidate.Name, p.Refusals, again.Refusals)
		}
	}
}

// FuzzPreflight plans a rebuild of any JSON: it does not panic, and the server accepts
// each recipe that is not refused.
func FuzzPreflight(f *testing.F) {
	r := agents()
	r.id, r.org, r.state = "1", organization, model.StateActive
	f.Add([]byte(r.snapshot().Raw.String()), "FROM x\\")
	r = debian()
	r.id, r.org, r.state = "2", organization, model.StateActive
	f.Add([]byte(r.snapshot().Raw.String()), "FROM x\r\n# snapdeck rebuild t 00000000\r\n")
	f.Add([]byte(`{"id":"1","state":"active","buildInfo":{},"cpu":1e400}`), "")
	f.Fuzz(func(t *testing.T, raw []byte, dockerfile string) {
		s, err := model.Decode(raw)
		if err != nil {
			return
		}
		for _, mode := range modes() {
			for _, edited := range []*string{nil, &dockerfile} {
				p := rebuild.Preflight(model.RebuildRequest{Snapshot: s, Mode: mode, Dockerfile: edited, Now: someTime})
				if p.Refused() {
					continue
				}
				if p.Recipe.Name != s.Name || (p.Recipe.ImageName == "") == (p.Recipe.BuildInfo == nil) {
					t.Errorf("recipe %+v of %s", p.Recipe, raw)
				}
				if mode == model.InPlace {
					if content, _ := s.Dockerfile(); edited == nil && p.Recipe.BuildInfo != nil && p.Recipe.BuildInfo.DockerfileContent != content {
						t.Errorf("the Dockerfile was changed: %q", p.Recipe.BuildInfo.DockerfileContent)
					}
					continue
				}
				content := p.Candidate.BuildInfo.DockerfileContent
				if p.Recipe.BuildInfo.DockerfileContent != content || !strings.Contains(content, "# snapdeck rebuild") {
					t.Errorf("the candidate is built from %q", content)
				}
			}
		}
	})
}
