package mutation

import (
	"strings"
	"testing"
)

func TestInvalidDockerfileIsRefused(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"FROM a\x00b":                    "UTF-8",
		"\xff\xfe\x00":                   "UTF-8",
		strings.Repeat("x", 1<<20+1):     "over 1 MiB",
		"FROM ünï\n":                     "",
		strings.Repeat("RUN x\n", 10000): "",
	} {
		if got := RefuseDockerfile(content); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("%.20q: %q, want %q", content, got, want)
		}
	}
}
