package demo

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// readRecording returns a recorded body of the real server and its ETag. The files are
// indented; the ETag proves that the compacted body is the original, byte by byte.
func readRecording(t *testing.T, name string) (tag string, body []byte) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "recorded", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	tag, indented, _ := strings.Cut(string(raw), "\n")
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(indented)); err != nil {
		t.Fatal(err)
	}
	return tag, compact.Bytes()
}

func TestETagsMatchRecordings(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/recorded/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no recordings", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			tag, body := readRecording(t, name)
			if got := etag(body); got != tag {
				t.Errorf("etag %s, recorded %s", got, tag)
			}
		})
	}
}

// recordedSnapshot is a recorded snapshot, decoded with encoding/json.
type recordedSnapshot struct {
	ID, Name, ImageName, State, SandboxClass string
	OrganizationID, ErrorReason, GPUType     *string
	InitialRunnerID, Ref                     *string
	General                                  bool
	Size                                     *float64
	Entrypoint, RegionIDs                    []string
	CPU, GPU, Mem, Disk                      int
	CreatedAt, UpdatedAt                     time.Time
	LastUsedAt                               *time.Time
	BuildInfo                                *struct {
		DockerfileContent, SnapshotRef string
		ContextHashes                  []string
		CreatedAt, UpdatedAt           time.Time
	}
}

func (v recordedSnapshot) snapshot() *snapshot {
	value := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	s := &snapshot{
		id: v.ID, name: v.Name, image: v.ImageName, class: v.SandboxClass, org: value(v.OrganizationID),
		reason: value(v.ErrorReason), gpuType: value(v.GPUType), runner: value(v.InitialRunnerID), ref: value(v.Ref),
		general: v.General, size: noSize, entrypoint: v.Entrypoint, regions: v.RegionIDs, cpu: v.CPU, gpu: v.GPU,
		mem: v.Mem, disk: v.Disk, created: toMillis(v.CreatedAt), updated: toMillis(v.UpdatedAt),
	}
	if v.Size != nil {
		s.size = *v.Size
	}
	if v.LastUsedAt != nil {
		s.used = toMillis(*v.LastUsedAt)
	}
	for i, name := range stateNames {
		if name == v.State {
			s.state = state(i)
		}
	}
	if b := v.BuildInfo; b != nil {
		s.build = &buildInfo{b.DockerfileContent, b.ContextHashes, toMillis(b.CreatedAt), toMillis(b.UpdatedAt), b.SnapshotRef}
	}
	return s
}

func TestSnapshotsMatchRecordings(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"get-build", "get-build-null-hashes", "get-image", "get-windows", "get-gpu", "get-no-regions",
		"get-error-escapes", "get-build-failed", "get-deactivated", "activate", "create-image", "create-build",
		"create-cached",
	} {
		t.Run(name, func(t *testing.T) {
			_, want := readRecording(t, name)
			var v recordedSnapshot
			if err := json.Unmarshal(want, &v); err != nil {
				t.Fatal(err)
			}
			got := appendSnapshot(nil, v.snapshot(), strings.HasPrefix(name, "create-"))
			if !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestErrorsMatchRecordings(t *testing.T) {
	t.Parallel()
	at := func(s string) millis {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return toMillis(v)
	}
	const unknown = "99999999-9999-4999-8999-999999999999"
	for name, got := range map[string][]byte{
		"unknown":  snapshotNotFound(unknown).body("/api/snapshots/"+unknown, at("2026-11-24T14:30:55.130Z")),
		"bad-json": parserErrorBody(400, "Invalid JSON in request body"),
		"too-big": (&world{options: Options{SnapshotQuota: 1}}).checkLimits(1, 64, 1).
			body("/api/snapshots", at("2026-11-24T14:32:02.137Z")),
	} {
		_, want := readRecording(t, name)
		if name == "too-big" { // the limit was 8 GB in the recording
			want = bytes.Replace(want, []byte("(8GB)"), []byte("(16GB)"), 1)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestRefsMatchRecordings(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"get-build", "get-build-null-hashes", "create-build"} {
		_, body := readRecording(t, name)
		var v recordedSnapshot
		if err := json.Unmarshal(body, &v); err != nil {
			t.Fatal(err)
		}
		if got := buildRef(v.BuildInfo.DockerfileContent, v.BuildInfo.ContextHashes); got != v.BuildInfo.SnapshotRef {
			t.Errorf("%s: %s, recorded %s", name, got, v.BuildInfo.SnapshotRef)
		}
	}
	if buildRef("FROM a", []string{"b", "a"}) != buildRef("FROM a", []string{"a", "b"}) {
		t.Error("the order of the context hashes changes the ref")
	}
}

func TestEntrypointOf(t *testing.T) {
	t.Parallel()
	for dockerfile, want := range map[string]string{
		"FROM a\n": "sleep infinity",
		"FROM a\nENTRYPOINT [\"/bin/x\"]\n# eu SLOW3\n":       "/bin/x",
		"FROM a\nENTRYPOINT node 'server.js'\n":               "node server.js",
		"FROM a\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\",\"\"]": "b",
		"FROM a\nENTRYPOINT []":                               "",
	} {
		if got := strings.Join(entrypointOf(dockerfile), " "); got != want {
			t.Errorf("%q: %q, want %q", dockerfile, got, want)
		}
	}
}

func TestInstructions(t *testing.T) {
	t.Parallel()
	const dockerfile = "# syntax\nFROM a AS b\n\nRUN one \\\n # not this\n && two\nRUN cat <<'EOF' > f\nline one\nEOF\nCMD x"
	want := []string{"FROM a AS b", "RUN one && two", "RUN cat <<'EOF' > f", "CMD x"}
	if got := instructions(dockerfile); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q", got)
	}
}

func TestILike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s, pattern string
		want       bool
	}{
		{"daytona-small", "daytona", true}, {"daytona-small", "", true}, {"daytona-small", "%", true},
		{"daytona-small", "_", true}, {"", "_", false}, {"a-b", "a_b", true}, {"ab", "a_b", false},
		{"node-20-agents", "n%gents", true}, {"node-20-agents", "gents%node", false}, {"a%b", `a\%b`, true},
		{"axb", `a\%b`, false}, {"aab", "ab%", true}, {"abcabd", "abd", true}, {"abcabd", "ab_a%d", true},
		{strings.Repeat("a", 300), strings.Repeat("a%", 60) + "b", false},
	} {
		if got := matchesILike(c.s, c.pattern); got != c.want {
			t.Errorf("matchesILike(%q, %q) = %v", c.s, c.pattern, got)
		}
	}
}

func TestFixtureFailuresMatchTheirInstruction(t *testing.T) {
	t.Parallel()
	w := seedWorld(Options{}.withDefaults())
	for name, f := range fixtureFailures {
		s := w.ownByName[name]
		if s == nil {
			t.Errorf("%s is not a fixture", name)
			continue
		}
		if s.build == nil || f.noRunner || f.reason == timeoutReason {
			continue
		}
		steps := instructions(s.build.dockerfile)
		command, ok := strings.CutPrefix(steps[min(f.step, len(steps)-1)], "RUN ")
		if !ok {
			t.Errorf("%s fails at %q", name, steps[f.step])
		}
		if strings.Contains(f.reason, "The command") && !strings.Contains(f.reason, command) {
			t.Errorf("%s fails at %q with reason %q", name, command, f.reason)
		}
	}
}
