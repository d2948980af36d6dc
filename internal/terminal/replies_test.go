package terminal

import (
	"bytes"
	"slices"
	"testing"
)

func TestReplyFilter(t *testing.T) {
	t.Parallel()
	const colour, attributes = "\x1b]11;rgb:1e1e/2a2a/3f3f\x1b\\", "\x1b[?62;22;52c"
	for _, tc := range []struct {
		name    string
		chunks  []string
		rest    string
		colour  string
		done    bool
		partial string
	}{
		{"both", []string{colour + attributes}, "", "rgb:1e1e/2a2a/3f3f", true, ""},
		{"terminated by BEL", []string{"\x1b]11;rgb:ff/ff/ff\a"}, "", "rgb:ff/ff/ff", false, ""},
		{"attributes only", []string{"\x1b[?1;2c"}, "", "", true, ""},
		{"between keys", []string{"/no" + colour + "de" + attributes + "\r"}, "/node\r", "rgb:1e1e/2a2a/3f3f", true, ""},
		{"in pieces", []string{"a\x1b]1", "1;rgb:1e1e/2a2a/3f3f\x1b", "\\b\x1b[", "?62;22;52cc"}, "abc", "rgb:1e1e/2a2a/3f3f", true, ""},
		{"escape key", []string{"\x1b"}, "\x1b", "", false, ""},
		{"arrow keys", []string{"\x1b[A\x1b[1;5B"}, "\x1b[A\x1b[1;5B", "", false, ""},
		{"alt+] then a key", []string{"\x1b]", "x"}, "\x1b]x", "", false, ""},
		{"alt+[ could be a reply", []string{"\x1b["}, "", "", false, "\x1b["},
		{"another OSC", []string{"\x1b]10;rgb:0/0/0\a"}, "\x1b]10;rgb:0/0/0\a", "", false, ""},
		{"a mode report", []string{"\x1b[?2026;2$y"}, "\x1b[?2026;2$y", "", false, ""},
		{"a paste", []string{"\x1b[200~\x1b]11;\n\x1b[201~"}, "\x1b[200~\x1b]11;\n\x1b[201~", "", false, ""},
		{"unterminated", []string{"\x1b]11;" + string(bytes.Repeat([]byte("x"), 100))}, "\x1b]11;" + string(bytes.Repeat([]byte("x"), 100)), "", false, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var f replyFilter
			var rest []byte
			for _, chunk := range tc.chunks {
				rest = append(rest, f.filter([]byte(chunk))...)
			}
			if string(rest) != tc.rest || f.background != tc.colour || f.done != tc.done || string(f.partial) != tc.partial {
				t.Errorf("rest %q colour %q done %v partial %q", rest, f.background, f.done, f.partial)
			}
		})
	}
}

// FuzzReplyFilter checks that only replies are removed, for any input and any split
// into reads.
func FuzzReplyFilter(f *testing.F) {
	f.Add([]byte("a\x1b]11;rgb:1/2/3\x1b\\b\x1b[?1cc"), uint(3))
	f.Add([]byte("\x1b\x1b]11;\x1b\\\x1b[?\x1b[?c"), uint(1))
	f.Fuzz(func(t *testing.T, input []byte, size uint) {
		var filter replyFilter
		var rest []byte
		for chunk := range slices.Chunk(input, int(size%64)+1) {
			rest = append(rest, filter.filter(chunk)...)
			if len(filter.partial) >= maxReply {
				t.Fatalf("%d bytes are pending", len(filter.partial))
			}
		}
		rest = append(rest, filter.partial...)
		if !subsequence(rest, input) {
			t.Fatalf("%q is no subsequence of %q", rest, input)
		}
		if !bytes.Contains(input, []byte("\x1b]")) && !bytes.Contains(input, []byte("\x1b[")) && !bytes.Equal(rest, input) {
			t.Fatalf("got %q from %q, which contains no reply", rest, input)
		}
	})
}

// subsequence reports whether sub is s without some of its bytes.
func subsequence(sub, s []byte) bool {
	for _, b := range s {
		if len(sub) > 0 && sub[0] == b {
			sub = sub[1:]
		}
	}
	return len(sub) == 0
}

func TestDarkBackground(t *testing.T) {
	t.Parallel()
	for colorfgbg, want := range map[string]bool{
		"": true, "15;0": true, "0;15": false, "0;7": false, "12;8": true, "0;default;15": false,
		"15": true, "0;default": true, "0;99": true, ";": true,
	} {
		if got := darkBackground(colorfgbg); got != want {
			t.Errorf("COLORFGBG=%q: dark %v, want %v", colorfgbg, got, want)
		}
	}
}
