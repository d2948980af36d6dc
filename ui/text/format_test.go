package text

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

type shout struct{ s string }

func (s shout) String() string { return s.s }

type level int

func (level) String() string { return "high\x1b" }

func TestSprintf(t *testing.T) {
	var none error
	for name, tc := range map[string]struct {
		got  Safe
		want string
	}{
		"no arguments":         {Sprintf("128 snapshots"), "128 snapshots"},
		"numbers":              {Sprintf("%d of %d, %.2f GB, %5d|%-4d|%03d", 3, int64(128), 1.8249, 7, 7, uint8(7)), "3 of 128, 1.82 GB,     7|7   |007"},
		"string":               {Sprintf("%s", "a\x1b[0m"), "a^[[0m"},
		"string, verb v":       {Sprintf("%v", "a\nb"), "a↵b"},
		"quoted":               {Sprintf("%q", "a\x1b"), `"a^["`},
		"width":                {Sprintf("%-6s|%6s|%.2s", "ab", "ab", "abc"), "ab    |    ab|ab"},
		"error":                {Sprintf("%v", errors.New("no\u202e")), "no<U+202E>"},
		"wrapped error":        {Sprintf("%v", fmt.Errorf("get: %w", errors.New("a\r"))), "get: a^M"},
		"long error":           {Sprintf("%v!", errors.New(strings.Repeat("x", 5000))), strings.Repeat("x", 4096) + "… <+904 bytes>!"},
		"nil error":            {Sprintf("%v", none), "<nil>"},
		"stringer":             {Sprintf("%s %v", shout{"\x07"}, &shout{"\x08"}), "^G ^H"},
		"stringer as value":    {Sprintf("%d %s", level(3), level(3)), "3 high^["},
		"bytes":                {Sprintf("%s %x", []byte("\x9b"), []byte("\x9b")), `\x9b 9b`},
		"slice":                {Sprintf("%v %q", []string{"a\x1b"}, []string{"b\x1b"}), `[a^[] ["b\x1b"]`},
		"struct":               {Sprintf("%+v", struct{ Name string }{"\u200b"}), "{Name:<U+200B>}"},
		"rune":                 {Sprintf("%c%c", 0x1b, '\u202e'), "^[<U+202E>"},
		"safe":                 {Sprintf("%s · %v", Cell("\x1b"), Lit("世界")), "^[ · 世界"},
		"duration":             {Sprintf("%v", 90*time.Second), "1m30s"},
		"star":                 {Sprintf("%*d", 5, 42), "   42"},
		"too few arguments":    {Sprintf("%s"), "%!s(MISSING)"},
		"wrong verb":           {Sprintf("%d", "x\x1b"), "%!d(string=x^[)"},
		"marks do not combine": {Sprintf("%s%s", "a", "\u0301"), "a<U+0301>"},
		"truncated":            {Sprintf("%s!", strings.Repeat("x", 5000)), strings.Repeat("x", 4096) + "… <+904 bytes>!"},
		"percent":              {Sprintf("100%% %s", "%s"), "100% %s"},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.got.String() != tc.want {
				t.Errorf("got %q, want %q", tc.got, tc.want)
			}
			checkSafe(t, tc.got)
		})
	}
}

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{
		"node-20": "node-20", "team/app:1": "team/app:1", "https://app.daytona.io/api": "https://app.daytona.io/api",
		"": "''", "a b": "'a b'", "x'; rm -rf ~": `'x'\''; rm -rf ~'`, "$(id)": "'$(id)'", "a\rb": "'a\rb'",
		"=ls": "'=ls'", // zsh expands it to the path of ls
	} {
		if got := ShellWord(in); got != want {
			t.Errorf("ShellWord(%q) = %s, want %s", in, got, want)
		}
	}
}

// Every ASCII character is quoted or not exactly as listed here.
func TestShellWordQuotes(t *testing.T) {
	const unquoted = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@+"
	for c := rune(1); c < 0x80; c++ {
		word := string(c)
		if quoted := ShellWord(word) != word; quoted == strings.ContainsRune(unquoted, c) {
			t.Errorf("ShellWord(%q) = %s", word, ShellWord(word))
		}
	}
}

// Real shells read back the same words.
func TestShellsReadTheSameWords(t *testing.T) {
	for _, name := range []string{"sh", "bash", "zsh", "fish"} {
		t.Run(name, func(t *testing.T) {
			shell, err := exec.LookPath(name)
			if err != nil {
				t.Skip(err)
			}
			testShellWords(t, shell)
		})
	}
}

func testShellWords(t *testing.T, shell string) {
	t.Helper()
	words := []string{"", "a'b", "''", `\'`, `\`, `a\`, `\\`, `x\'; echo y #`, "%self", "ü世", "\xff"}
	for c := rune(1); c < 0x80; c++ {
		words = append(words, string(c), string(c)+"HOME", "x "+string(c))
	}
	command := `printf '%s\000'`
	for _, word := range words {
		command += " " + ShellWord(word)
	}
	out, err := exec.CommandContext(t.Context(), shell, "-c", command).Output()
	if err != nil {
		t.Fatal(err)
	}
	read := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(read) != len(words) {
		t.Fatalf("the shell read %d words of %d", len(read), len(words))
	}
	for i, word := range words {
		if read[i] != word {
			t.Errorf("the shell read %q as %q", word, read[i])
		}
	}
}
