package cli

import (
	"bytes"
	"testing"
)

func TestNotifier(t *testing.T) {
	cases := []struct {
		name, line string
		env        map[string]string
		want       string
	}{
		{"a terminal", "node-20 is active", map[string]string{"TERM": "xterm-256color"}, "\x1b]9;node-20 is active\a\a"},
		{"hostile text", "x\x1b]0;pwned\a\ny", map[string]string{"TERM": "xterm"}, "\x1b]9;x^[]0;pwned^G↵y\a\a"},
		{"tmux", "a", map[string]string{"TERM": "tmux-256color"}, "\x1bPtmux;\x1b\x1b]9;a\a\x1b\\\a"},
		{"the Linux console", "a", map[string]string{"TERM": "linux"}, "\a"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := newNotifier(&out, func(name string) string { return c.env[name] })(c.line); err != nil {
				t.Fatal(err)
			}
			if got := out.String(); got != c.want {
				t.Errorf("wrote %q, want %q", got, c.want)
			}
		})
	}
}
