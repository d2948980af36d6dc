package row

import "testing"

func TestShortRef(t *testing.T) {
	t.Parallel()
	const digest = "3fa2c1d08b1e4c559a0e5b7d1f22e91c3fa2c1d08b1e4c559a0e5b7d1f22e91c"
	cases := map[string]string{
		"registry.daytona.io/daytona/daytona-" + digest + ":daytona": "daytona-3fa2…e91c:daytona",
		"docker.io/library/node:24.3-slim":                           "node:24.3-slim",
		"ubuntu@sha256:" + digest:                                    "ubuntu@sha256:3fa2…e91c",
		"deadbeef":                                                   "deadbeef",
		"":                                                           "",
	}
	for in, want := range cases {
		if got := shortRef(in); got != want {
			t.Errorf("shortRef(%q) = %q, want %q", in, got, want)
		}
	}
	ref := "a/daytona-" + digest + ":daytona"
	short := shortRef(ref)
	for _, at := range []int{2, 9, 10, 13, len(ref) - 1, len(ref) - 9} {
		moved := shortMatches(ref, []int{at})
		if len(moved) != 1 || short[moved[0]] != ref[at] {
			t.Errorf("the match at %d (%c) moved to %v", at, ref[at], moved)
		}
	}
	if moved := shortMatches(ref, []int{0, 20, 40}); moved != nil {
		t.Errorf("matches in what is left out moved to %v", moved)
	}
}
