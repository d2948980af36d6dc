package rebuild_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

func TestImpact(t *testing.T) {
	t.Parallel()
	ref := "registry/daytona/daytona-1:daytona"
	other := func(state string) *model.Snapshot {
		return decode(t, map[string]any{"id": "other", "name": "node-20-agents-canary", "ref": ref, "state": state})
	}
	tests := map[string]struct {
		snapshot map[string]any
		others   []*model.Snapshot
		request  func(*model.RebuildRequest)
		warnings []model.ImpactKind
		notes    []model.ImpactKind
		says     string
	}{
		"two regions": {
			warnings: []model.ImpactKind{model.ImpactRegions, model.ImpactBuildContext},
			notes:    []model.ImpactKind{model.ImpactID}, says: "region eu is lost",
		},
		"the least": {
			snapshot: with(build("FROM a"), "regionIds", []string{"us"}),
			notes:    []model.ImpactKind{model.ImpactID},
		},
		"no region": {
			snapshot: with(build("FROM a"), "regionIds", []string{}),
			warnings: []model.ImpactKind{model.ImpactDefaultRegion}, notes: []model.ImpactKind{model.ImpactID},
		},
		"used and inactive": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "lastUsedAt": someTime, "state": "inactive"},
			notes:    []model.ImpactKind{model.ImpactLastUsed, model.ImpactActivates, model.ImpactID},
		},
		"served from cache": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "ref": ref},
			others:   []*model.Snapshot{other("active")},
			warnings: []model.ImpactKind{model.ImpactCached}, notes: []model.ImpactKind{model.ImpactID},
			says: "same ref as node-20-agents-canary: served from cache, no build",
		},
		"an inactive one with the same ref": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "ref": ref},
			others:   []*model.Snapshot{other("inactive")}, notes: []model.ImpactKind{model.ImpactID},
		},
		"verify first builds": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "ref": ref},
			others:   []*model.Snapshot{other("active")},
			request:  func(q *model.RebuildRequest) { q.Mode = model.VerifyFirst },
			notes:    []model.ImpactKind{model.ImpactComment, model.ImpactID},
		},
		"an image": {
			snapshot: with(image("debian:12"), "regionIds", []string{"us"}),
			warnings: []model.ImpactKind{model.ImpactTag}, notes: []model.ImpactKind{model.ImpactEntrypoint, model.ImpactID},
		},
		"an image with a digest and the same ref": {
			snapshot: map[string]any{"imageName": "a@sha256:" + strings.Repeat("0", 64), "buildInfo": nil, "entrypoint": null{}, "regionIds": []string{"us"}, "ref": ref},
			others:   []*model.Snapshot{other("inactive")},
			warnings: []model.ImpactKind{model.ImpactSameRef}, notes: []model.ImpactKind{model.ImpactID},
		},
		"a general one of the name": {
			snapshot: with(build("FROM a"), "regionIds", []string{"us"}),
			others:   []*model.Snapshot{decode(t, map[string]any{"id": "general", "general": true})},
			warnings: []model.ImpactKind{model.ImpactGeneral}, notes: []model.ImpactKind{model.ImpactID},
		},
		"a GPU and no memory": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "gpu": 1, "mem": null{}},
			warnings: []model.ImpactKind{model.ImpactGPU, model.ImpactDefaults}, notes: []model.ImpactKind{model.ImpactID},
			says: "memory not known",
		},
		"nothing known": {
			snapshot: with(build("FROM a"), "regionIds", []string{"us"}),
			request:  knowNothing,
			notes:    []model.ImpactKind{model.ImpactUnchecked, model.ImpactID}, says: "regions, permissions, quota not checked",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := decode(t, test.snapshot)
			q := requestFor(s, model.InPlace)
			q.Organization.ID = organization
			q.Store, _ = model.NewStore().Apply(append(test.others, s))
			if test.request != nil {
				test.request(&q)
			}
			var warnings, notes []model.ImpactKind
			var texts []string
			for _, loss := range rebuild.Preflight(q).Impact {
				texts = append(texts, loss.Text)
				switch {
				case !loss.Warning:
					notes = append(notes, loss.Kind)
				case len(notes) > 0:
					t.Errorf("a warning after a note: %+v", loss)
				default:
					warnings = append(warnings, loss.Kind)
				}
			}
			if diff := cmp.Diff(test.warnings, warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			if all := strings.Join(texts, "\n"); !strings.Contains(all, test.says) || strings.Contains(all, "%!") {
				t.Errorf("texts:\n%s", all)
			}
		})
	}
}

// TestEditServedFromCache finds out whether an edited Dockerfile is served from cache,
// by the name that the server gives its image.
func TestEditServedFromCache(t *testing.T) {
	t.Parallel()
	s := decode(t, with(build("FROM a"), "regionIds", []string{"us"}))
	// The server's name for this build (recordings of its answers, 160).
	content := "FROM alpine:3.20\nRUN echo hello\nRUN echo world\n"
	other := decode(t, map[string]any{"id": "b", "name": "t-build", "buildInfo": map[string]any{
		"dockerfileContent": content, "contextHashes": []string{},
		"snapshotRef": "daytona-e20af812c83bbf8f2ffb5ef7f1b0f1a5fba1bf1742dd43271177d43060c0812e:daytona",
	}})
	store, _ := model.NewStore().Apply([]*model.Snapshot{s, other})
	edit := func(s *model.Snapshot, dockerfile string) model.RebuildRequest {
		q := requestFor(s, model.InPlace)
		q.Store, q.Dockerfile = store, &dockerfile
		return q
	}
	cached := func(dockerfile string) bool {
		p := rebuild.Preflight(edit(s, dockerfile))
		if p.Recipe.BuildInfo.DockerfileContent != dockerfile || p.Refused() {
			t.Errorf("recipe %+v, refusals %v", p.Recipe, p.Refusals)
		}
		return slices.ContainsFunc(p.Impact, func(l model.Impact) bool { return l.Kind == model.ImpactCached })
	}
	if !cached(content) {
		t.Error("the cache of the same Dockerfile is not seen")
	}
	if cached(content + "#\n") {
		t.Error("another Dockerfile is said to be cached")
	}
	if p := rebuild.Preflight(edit(s, "")); !p.Refused() {
		t.Error("an empty Dockerfile is accepted")
	}
	p := rebuild.Preflight(edit(decode(t, image("debian:12")), content))
	if !p.Refused() {
		t.Error("a Dockerfile for an image is accepted")
	}
	if got, _ := s.Dockerfile(); got != "FROM a" {
		t.Errorf("the snapshot was changed: %q", got)
	}
}
