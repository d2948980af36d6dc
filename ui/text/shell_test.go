package text

import (
	"os/exec"
	"strings"
	"testing"
)

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
	const unquoted = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+"
	for c := rune(1); c < 0x80; c++ {
		word := string(c)
		if quoted := ShellWord(word) != word; quoted == strings.ContainsRune(unquoted, c) {
			t.Errorf("ShellWord(%q) = %s", word, ShellWord(word))
		}
	}
}

// A real shell reads back the same words.
func TestShellReadsTheSameWords(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	words := []string{"", "a'b", "''", `\'`, "ü世", "\xff"}
	for c := rune(1); c < 0x80; c++ {
		words = append(words, string(c), string(c)+"HOME", "x "+string(c))
	}
	command := `printf '%s\000'`
	for _, word := range words {
		command += " " + ShellWord(word)
	}
	out, err := exec.CommandContext(t.Context(), sh, "-c", command).Output()
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
