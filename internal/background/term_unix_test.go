//go:build unix

package background

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

const childEnv = "SNAPDECK_BACKGROUND_TEST_CHILD"

// TestMain runs this binary as its own child, which prints TERM before and after.
func TestMain(m *testing.M) {
	if os.Getenv(childEnv) == "" {
		os.Exit(m.Run())
	}
	hidden := os.Getenv("TERM")
	RestoreTerm()
	restored, ok := os.LookupEnv("TERM")
	fmt.Printf("%s %q %v", hidden, restored, ok)
}

func TestRestoreTerm(t *testing.T) {
	t.Parallel()
	for want, env := range map[string][]string{
		`dumb "xterm-kitty" true`: {"TERM=xterm-kitty"},
		`dumb "dumb" true`:        {"TERM=dumb"},
		`dumb "" true`:            {"TERM="},
		`dumb "" false`:           {},
	} {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(env, childEnv+"=1")
		if got, err := child.Output(); err != nil || string(got) != want {
			t.Errorf("%q: got %s, %v; want %s", env, got, err, want)
		}
	}
}
