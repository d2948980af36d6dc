package cli

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
)

func getenvFrom(env map[string]string) func(string) string {
	return func(key string) string { return env[key] }
}

func TestClipboardSequences(t *testing.T) {
	t.Parallel()
	// base64 makes control characters harmless.
	text := "FROM x\nRUN \x1b]52;c;!\a"
	plain := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\x07"
	tmux := "\x1bPtmux;\x1b" + plain + "\x1b\\"
	screen := "\x1bP" + plain + "\x1b\\"
	for _, tc := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"TERM": "xterm-256color"}, plain},
		{map[string]string{"TERM": "screen-256color", "TMUX": "/tmp/tmux"}, plain + tmux},
		{map[string]string{"TERM": "tmux-256color"}, plain + tmux},
		{map[string]string{"TERM": "screen"}, plain + screen},
		{map[string]string{"TERM": "xterm", "STY": "1.tty"}, plain + screen},
	} {
		var out bytes.Buffer
		how, err := newClipboard(&out, getenvFrom(tc.env), nil)(text)
		if err != nil || how != "terminal (OSC 52)" || out.String() != tc.want {
			t.Errorf("%v: %q, %v, wrote %q, want %q", tc.env, how, err, out.String(), tc.want)
		}
	}
}

func TestClipboard(t *testing.T) {
	t.Parallel()
	var (
		works  = func(string) error { return nil }
		broken = func(string) error { return errors.New("no display") }
		long   = strings.Repeat("x", maxOSC52+1)
	)
	for _, tc := range []struct {
		name       string
		term       string
		system     func(string) error
		text       string
		how, wrong string
		none       bool
	}{
		{name: "both", term: "xterm", system: works, text: "x", how: "system clipboard and terminal (OSC 52)"},
		{name: "over ssh", term: "xterm", system: broken, text: "x", how: "terminal (OSC 52)"},
		{name: "maximum length", term: "xterm", text: long[1:], how: "terminal (OSC 52)"},
		{name: "too long for the terminal", term: "xterm", system: works, text: long, how: "system clipboard, too long for the terminal clipboard"},
		{name: "too long", term: "xterm", system: broken, text: long, wrong: "no display; too long for the terminal clipboard: 74995 bytes, the limit is 74994"},
		{name: "console", term: "linux", system: works, text: "x", how: "system clipboard"},
		{name: "console without system clipboard", term: "linux", none: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			write := newClipboard(&out, getenvFrom(map[string]string{"TERM": tc.term}), tc.system)
			if (write == nil) != tc.none {
				t.Fatalf("got a clipboard: %v", write != nil)
			}
			if tc.none {
				return
			}
			how, err := write(tc.text)
			if how != tc.how || tc.wrong == "" && err != nil || tc.wrong != "" && (err == nil || err.Error() != tc.wrong) {
				t.Errorf("%q, %v", how, err)
			}
			if (out.Len() > 0) != strings.Contains(tc.how, "terminal (") {
				t.Errorf("reported %q and wrote %d bytes", how, out.Len())
			}
		})
	}
}

func TestClipboardTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		defer close(end)
		hangs := func(string) error { <-end; return nil }
		how, err := newClipboard(new(bytes.Buffer), getenvFrom(nil), hangs)("x")
		if err != nil || how != "terminal (OSC 52)" {
			t.Errorf("%q, %v", how, err)
		}
	})
}
