package text

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestARawStringDoesNotCompile builds two programs: one that goes through the
// door, and one that tries the ways around it that a hurried hand might find.
func TestARawStringDoesNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the compiler")
	}
	if out, err := exec.CommandContext(t.Context(), "go", "vet", "./testdata/door/through").CombinedOutput(); err != nil {
		t.Fatalf("the right way does not compile: %v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), "go", "build", "-gcflags=-e", "./testdata/door/around").CombinedOutput()
	if err == nil {
		t.Fatal("a raw string compiles")
	}
	source, err := os.ReadFile("testdata/door/around/main.go")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(source), "\n") {
		if try := strings.TrimSpace(line); strings.HasPrefix(try, "_ = ") && !strings.Contains(string(out), fmt.Sprintf("main.go:%d:", i+1)) {
			t.Errorf("this compiles: %s\n%s", try, out)
		}
	}
}
