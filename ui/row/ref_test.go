package row

import (
	"strings"
	"testing"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const digest = "3fa2c1d08b1e4c559a0e5b7d1f22e91c0123456789abcdef0123456789abcdef"

// A ref is shown by what tells it from others: the start of its digest, as many digits as
// fit, or the end of an image.
func TestSourceLine(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		field, value string
		width        int
		want         string
	}{
		{"ref", "registry.daytona.io/daytona/daytona-" + digest + ":daytona", 13, "3fa2c1d08b1e…"},
		{"ref", "127.0.0.1:55000/daytona/daytona-" + digest + ":daytona", 24, "3fa2c1d08b1e4c559a0e5b7…"},
		{"ref", "daytona-" + digest, 80, digest},
		{"ref", "daytona-" + digest + ":daytona", unlimited, "3fa2c1d08b1e…"},
		{"ref", "daytona-" + digest + ":v2", 20, "…6789abcdef:v2"},
		{"ref", "x/daytona-dev:daytona", 30, "x/daytona-dev:daytona"},
		{"imageName", "ubuntu@sha256:" + digest, 24, "ubuntu@sha256:3fa2c1d08…"},
		{"imageName", "ghcr.io/acme/ubuntu@sha256:" + digest, unlimited, "ubuntu@sha256:3fa2c1d08b1e…"},
		{"imageName", "docker.io/library/node:24.3-slim", 20, "node:24.3-slim"},
		{"imageName", "docker.io/acme/node:24", 20, "acme/node:24"},
		{"imageName", "registry.acme.dev/base/node:20.18.1", 20, "…dev/base/node:20.18.1"},
		{"imageName", "registry.acme.dev/base/node:20.18.1", unlimited, "registry.acme.dev/base/node:20.18.1"},
		{"imageName", "docker.io/", 20, "docker.io/"},
		{"sourceSandboxId", "0123456789abcdef0123", 40, "taken from sandbox 0123456789abcdef0123"},
		{"imageName", "", 20, "–"},
	} {
		v := NewViewState(start)
		got := v.sourceLine(snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active", tc.field: tc.value}), tc.width)
		if tc.width < 24 && strings.HasPrefix(tc.want, "…") { // cut at its start: only the end is certain
			if s := got.String(); got.Width() != tc.width || !strings.HasSuffix(s, tc.want[len(tc.want)-8:]) || !strings.HasPrefix(s, "…") {
				t.Errorf("%s in %d cells is %q", tc.value, tc.width, s)
			}
			continue
		}
		if got.String() != tc.want {
			t.Errorf("%s in %d cells is %q, want %q", tc.value, tc.width, got, tc.want)
		}
	}
}

// The letters that the filter matched are highlighted, and on the screen also where they
// are not at the start of a digest.
func TestSourceLineShowsWhatMatched(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"ref:08b1e": "08b1e", "ref:f22e91": "f22e91", "ref:abcdef": "abcdef"} {
		v := NewViewState(start)
		v.Query = query.Parse(typed)
		line := v.sourceLine(snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active", "ref": "h/daytona-" + digest + ":daytona"}), 16)
		if got := inRole(line, theme.Match); got != want || line.Width() > 16 {
			t.Errorf("%s highlights %q in %q", typed, got, line)
		}
	}
}

func inRole(line text.Line, role theme.Role) string {
	var b strings.Builder
	for _, span := range line {
		if span.Role == role {
			b.WriteString(span.Text.String())
		}
	}
	return b.String()
}

// Where there is no width to fill, a digest has as many digits as identify it.
func TestBriefSource(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]string{
		"daytona-" + digest:                            "3fa2c1d08b1e…",
		"daytona-" + digest[:minDigits]:                digest[:briefDigits] + "…",
		"ubuntu@sha256:" + digest:                      "ubuntu@sha256:3fa2c1d08b1e…",
		"daytona-" + digest[:minDigits-1] + ":daytona": "daytona-3fa2c1d08b1e4c5:daytona",
		"node:20": "node:20",
	} {
		if got := briefSource(snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active", "ref": ref})); got != want {
			t.Errorf("%s is %q, want %q", ref, got, want)
		}
	}
}
