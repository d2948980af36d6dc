package terminal

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sequences maps input other than single letters to the part that is passed on.
var sequences = map[string]string{
	"\x1b[A": "\x1b[A", "\x1b[D": "\x1b[D", "\x1b[Z": "\x1b[Z", "\x1b[3~": "\x1b[3~", "\x1b[1;5C": "\x1b[1;5C",
	"\x1b[15;3~": "\x1b[15;3~", "\x1b[7$": "\x1b[7$", "\x1b[7^": "\x1b[7^", "\x1b[[C": "\x1b[[C",
	"\x1bOR": "\x1bOR", "\x1bOA": "\x1bOA", "\x1bOj": "", // a j of the keypad is not the key j
	"\x1b[I": "\x1b[I", "\x1b[O": "\x1b[O",
	"\x1b[12;40R": "\x1b[12;40R", "\x1b[?62;22c": "\x1b[?62;22c", "\x1b[?2026;2$y": "\x1b[?2026;2$y", "\x1b[?1u": "\x1b[?1u",
	"\x1b[<0;33;12M": "\x1b[<0;33;12M", "\x1b[<65;1;1m": "\x1b[<65;1;1m", "\x1b[M !!": "\x1b[M !!",
	"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\": "", "\x1b]52;c;RGVwbG95\a": "",
	"\x1bP>|xterm(390)\x1b\\": "", "\x1b_Gi=31;OK\x1b\\": "", "\x1b^DRAIN\x1b\\": "",
	"\x1bx": "\x1bx", "\x1bé": "\x1bé", "\x1b\x1b[A": "\x1b\x1b[A", "é": "é", "漢": "漢", "👍": "👍",
	"\x1b[200~Deploy\ny\x1b[D\x1b[201~":             "\x1b[200~Deploy\ny\x1b[D\x1b[201~",
	"\x1b\x1b[200~Delete\x1b[201~":                  "\x1b[200~Delete\x1b[201~",
	"\x1b[" + strings.Repeat("1;", 100) + "D\x1b\\": "",
}

func TestSequencesArePassedOnComplete(t *testing.T) {
	t.Parallel()
	for sequence, want := range sequences {
		for cut := 1; cut < len(sequence); cut++ {
			var k keyScanner
			first := string(k.scan([]byte(sequence[:cut])))
			got := first + string(k.scan([]byte(sequence[cut:])))
			if got != want || k.incomplete() {
				t.Errorf("%q cut at %d: passed on %q, want %q", sequence, cut, got, want)
			}
		}
		var k keyScanner
		var got strings.Builder
		for i := range len(sequence) {
			got.Write(k.scan([]byte{sequence[i]}))
		}
		if got.String() != want {
			t.Errorf("%q byte by byte: passed on %q, want %q", sequence, got.String(), want)
		}
	}
}

// An incomplete sequence is dropped: no part of it becomes a key. A paste does not
// expire.
func TestExpiredSequenceIsDropped(t *testing.T) {
	t.Parallel()
	for sequence := range sequences {
		for cut := 1; cut < len(sequence); cut++ {
			var k keyScanner
			got := string(k.scan([]byte(sequence[:cut])))
			if strings.HasPrefix(got, pasteStart) {
				continue
			}
			rest := string(k.expire())
			if lone := strings.Trim(sequence[:cut], "\x1b") == ""; got+rest != "" && (!lone || got+rest != "\x1b") {
				t.Errorf("%q cut at %d: passed on %q, then %q", sequence, cut, got, rest)
			}
			if got := string(k.scan([]byte("x"))); got != "x" {
				t.Errorf("%q cut at %d: the next key is %q", sequence, cut, got)
			}
		}
	}
}

func TestKeysAfterAbortedSequences(t *testing.T) {
	t.Parallel()
	for input, want := range map[string]string{
		"\x1b[1\x03":       "\x03",
		"\x1b]11;rgb\x03":  "\x03",
		"\x1b[1\x1b[A":     "\x1b[A",
		"\x1b[200~a\x1b[2": "\x1b[200~a\x1b[2",
		"ab\x1b[Bc":        "ab\x1b[Bc",
		"\x1b\x1bx":        "\x1bx",
		"\xff":             "\xff", // Bubble Tea ignores it
	} {
		var k keyScanner
		if got := string(k.scan([]byte(input))); got != want {
			t.Errorf("%q: passed on %q, want %q", input, got, want)
		}
	}
}

func TestSplitReadsGiveTheSameKeys(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{"a", "D", "\x1b", "[", "O", "]", "~", "1", ";", "M", "\a", "\\", "200~", "201~", "é", "\x03", "P"})
	rapid.Check(t, func(t *rapid.T) {
		input := strings.Join(rapid.SliceOfN(piece, 1, 12).Draw(t, "input"), "")
		var whole, parts keyScanner
		want := string(whole.scan([]byte(input)))
		var got strings.Builder
		for i := range len(input) {
			got.Write(parts.scan([]byte{input[i]}))
		}
		if got.String() != want {
			t.Fatalf("%q at once: %q, byte by byte: %q", input, want, got.String())
		}
	})
}
