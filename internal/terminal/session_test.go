//go:build unix

package terminal_test

import (
	"errors"
	"os"
	"testing"

	"github.com/creack/pty"
	"github.com/muesli/termenv"

	"daytona/snapdeck/internal/terminal"
)

// openSession opens a Session on a new pseudo terminal.
func openSession(t *testing.T, env map[string]string) (*terminal.Session, error) {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = master.Close(); _ = slave.Close() })
	return terminal.Open(terminal.Options{In: slave, Out: slave, Getenv: func(key string) string { return env[key] }})
}

func TestOpenWithoutTerminal(t *testing.T) {
	t.Parallel()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = null.Close() }()
	s, err := terminal.Open(terminal.Options{In: null, Out: null, Getenv: os.Getenv})
	if s != nil || !errors.Is(err, terminal.ErrNoTerminal) {
		t.Errorf("got %v, %v, want ErrNoTerminal", s, err)
	}
}

func TestOpenOnDumbTerminal(t *testing.T) {
	t.Parallel()
	if s, err := openSession(t, map[string]string{"TERM": "dumb"}); s != nil || !errors.Is(err, terminal.ErrDumbTerminal) {
		t.Errorf("got %v, %v, want ErrDumbTerminal", s, err)
	}
}

func TestRendererFollowsTheEnvironment(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		env  map[string]string
		want termenv.Profile
	}{
		{map[string]string{"TERM": "xterm-256color"}, termenv.ANSI256},
		{map[string]string{"TERM": "xterm-256color", "CI": "1"}, termenv.ANSI256},
		{map[string]string{"TERM": "xterm", "COLORTERM": "truecolor"}, termenv.TrueColor},
		{map[string]string{"TERM": "xterm-256color", "NO_COLOR": "1"}, termenv.Ascii},
		{map[string]string{"TERM": "xterm-256color", "CLICOLOR": "0"}, termenv.Ascii},
		{map[string]string{"TERM": "vt100"}, termenv.Ascii},
		{map[string]string{"TERM": "vt100", "CLICOLOR_FORCE": "1"}, termenv.ANSI},
	} {
		s, err := openSession(t, tc.env)
		if err != nil {
			t.Fatal(err)
		}
		r := s.Renderer(false)
		if got := r.ColorProfile(); got != tc.want {
			t.Errorf("%v: profile %v, want %v", tc.env, got.Name(), tc.want.Name())
		}
		if r.HasDarkBackground() {
			t.Error("the background is not the given one")
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestCloseTwice: TestMain checks that it leaks no goroutine.
func TestCloseTwice(t *testing.T) {
	t.Parallel()
	s, err := openSession(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}
