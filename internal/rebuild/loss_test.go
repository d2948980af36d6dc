package rebuild_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

func TestLosses(t *testing.T) {
	t.Parallel()
	ref := "registry/daytona/daytona-1:daytona"
	twin := func(state string) *model.Snapshot {
		return decode(t, map[string]any{"id": "twin", "name": "node-20-agents-canary", "ref": ref, "state": state})
	}
	tests := map[string]struct {
		snapshot map[string]any
		others   []*model.Snapshot
		request  func(*rebuild.Request)
		facts    func(*rebuild.Facts)
		warnings []rebuild.Effect
		notes    []rebuild.Effect
		says     string
	}{
		"two regions": {
			warnings: []rebuild.Effect{rebuild.EffectRegions, rebuild.EffectContext},
			notes:    []rebuild.Effect{rebuild.EffectID}, says: "region eu is lost",
		},
		"the least": {
			snapshot: with(build("FROM a"), "regionIds", []string{"us"}),
			notes:    []rebuild.Effect{rebuild.EffectID},
		},
		"no region": {
			snapshot: with(build("FROM a"), "regionIds", []string{}),
			warnings: []rebuild.Effect{rebuild.EffectDefaultRegion}, notes: []rebuild.Effect{rebuild.EffectID},
		},
		"used and asleep": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "lastUsedAt": someTime, "state": "inactive"},
			notes:    []rebuild.Effect{rebuild.EffectUse, rebuild.EffectAwakes, rebuild.EffectID},
		},
		"a twin's cache": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "ref": ref},
			others:   []*model.Snapshot{twin("active")},
			warnings: []rebuild.Effect{rebuild.EffectCache}, notes: []rebuild.Effect{rebuild.EffectID},
			says: "node-20-agents-canary has the same ref",
		},
		"a twin that sleeps": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "ref": ref},
			others:   []*model.Snapshot{twin("inactive")}, notes: []rebuild.Effect{rebuild.EffectID},
		},
		"verify first builds": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "ref": ref},
			others:   []*model.Snapshot{twin("active")},
			request:  func(q *rebuild.Request) { q.Mode = rebuild.VerifyFirst },
			notes:    []rebuild.Effect{rebuild.EffectComment, rebuild.EffectID},
		},
		"an image": {
			snapshot: with(image("debian:12"), "regionIds", []string{"us"}),
			warnings: []rebuild.Effect{rebuild.EffectTag}, notes: []rebuild.Effect{rebuild.EffectEntrypoint, rebuild.EffectID},
		},
		"an image with a digest and a twin": {
			snapshot: map[string]any{"imageName": "a@sha256:" + strings.Repeat("0", 64), "buildInfo": nil, "entrypoint": null{}, "regionIds": []string{"us"}, "ref": ref},
			others:   []*model.Snapshot{twin("inactive")},
			warnings: []rebuild.Effect{rebuild.EffectTwin}, notes: []rebuild.Effect{rebuild.EffectID},
		},
		"a general one of the name": {
			snapshot: with(build("FROM a"), "regionIds", []string{"us"}),
			others:   []*model.Snapshot{decode(t, map[string]any{"id": "general", "general": true})},
			warnings: []rebuild.Effect{rebuild.EffectShadowed}, notes: []rebuild.Effect{rebuild.EffectID},
		},
		"a GPU and no memory": {
			snapshot: map[string]any{"regionIds": []string{"us"}, "buildInfo": build("FROM a")["buildInfo"], "gpu": 1, "mem": null{}},
			warnings: []rebuild.Effect{rebuild.EffectGPU, rebuild.EffectDefaults}, notes: []rebuild.Effect{rebuild.EffectID},
			says: "does not tell its memory",
		},
		"nothing known": {
			snapshot: with(build("FROM a"), "regionIds", []string{"us"}),
			facts:    func(f *rebuild.Facts) { *f = rebuild.Facts{} },
			notes:    []rebuild.Effect{rebuild.EffectUnchecked, rebuild.EffectID}, says: "regions, permissions, quota",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := decode(t, test.snapshot)
			q := rebuild.Request{Snapshot: s, Mode: rebuild.InPlace, Now: someTime}
			f := facts()
			f.Organization.ID = organization
			f.Store, _ = model.NewStore().Apply(append(test.others, s))
			if test.request != nil {
				test.request(&q)
			}
			if test.facts != nil {
				test.facts(&f)
			}
			var warnings, notes []rebuild.Effect
			var texts []string
			for _, loss := range rebuild.Preflight(q, f).Losses {
				texts = append(texts, loss.Text)
				switch {
				case !loss.Warning:
					notes = append(notes, loss.Effect)
				case len(notes) > 0:
					t.Errorf("a warning after a note: %+v", loss)
				default:
					warnings = append(warnings, loss.Effect)
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

// TestEdited predicts whether an edited Dockerfile is built, by the name that the
// server gives to its image.
func TestEdited(t *testing.T) {
	t.Parallel()
	s := decode(t, with(build("FROM a"), "regionIds", []string{"us"}))
	// The server named this build so: recordings of its answers, 160.
	content := "FROM alpine:3.20\nRUN echo hello\nRUN echo world\n"
	other := decode(t, map[string]any{"id": "b", "name": "t-build", "buildInfo": map[string]any{
		"dockerfileContent": content, "contextHashes": []string{},
		"snapshotRef": "daytona-e20af812c83bbf8f2ffb5ef7f1b0f1a5fba1bf1742dd43271177d43060c0812e:daytona",
	}})
	f := facts()
	f.Store, _ = model.NewStore().Apply([]*model.Snapshot{s, other})
	cached := func(dockerfile string) bool {
		p := rebuild.Preflight(rebuild.Request{Snapshot: s, Mode: rebuild.InPlace, Dockerfile: &dockerfile, Now: someTime}, f)
		if p.Recipe.BuildInfo.DockerfileContent != dockerfile || p.Refused() {
			t.Errorf("recipe %+v, refusals %v", p.Recipe, p.Refusals)
		}
		return slices.ContainsFunc(p.Losses, func(l rebuild.Loss) bool { return l.Effect == rebuild.EffectCache })
	}
	if !cached(content) {
		t.Error("the cache of the same Dockerfile is not seen")
	}
	if cached(content + "#\n") {
		t.Error("another Dockerfile is said to be cached")
	}
	empty := ""
	if p := rebuild.Preflight(rebuild.Request{Snapshot: s, Mode: rebuild.InPlace, Dockerfile: &empty, Now: someTime}, f); !p.Refused() {
		t.Error("an empty Dockerfile is accepted")
	}
	p := rebuild.Preflight(rebuild.Request{Snapshot: decode(t, image("debian:12")), Mode: rebuild.InPlace, Dockerfile: &content, Now: someTime}, f)
	if !p.Refused() {
		t.Error("a Dockerfile for an image is accepted")
	}
	if got, _ := s.Dockerfile(); got != "FROM a" {
		t.Errorf("the snapshot was changed: %q", got)
	}
}
