package text_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// A program outside of this package can show raw strings escaped.
func TestRawStringsAreEscaped(t *testing.T) {
	raw := "\x1b[2J"
	for want, line := range map[string]text.Line{
		"constant":     text.Lit("constant").As(theme.Dim),
		"^[[2J":        text.Cell(raw).As(theme.Text),
		"^[[2J of 3":   text.Sprintf("%s of %d", raw, 3).As(theme.Text),
		"^[[2Jstyled":  text.Styled(raw+"styled", theme.Text, nil),
		"^[[2Jin pane": text.Pane(raw+"in pane", theme.Text)[0],
	} {
		if got := text.Paint(theme.Theme{}, []text.Line{line}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// It cannot show them in any other way: testdata/rawstring tries, and none of its
// assignments compiles.
func TestRawStringsDoNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the compiler")
	}
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-gcflags=-e", "./testdata/rawstring").CombinedOutput()
	if err == nil {
		t.Fatal("a raw string compiles")
	}
	source, err := os.ReadFile("testdata/rawstring/main.go")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(source), "\n") {
		attempt := strings.TrimSpace(line)
		if strings.HasPrefix(attempt, "_ = ") && !strings.Contains(string(out), fmt.Sprintf("main.go:%d:", i+1)) {
			t.Errorf("this compiles: %s\n%s", attempt, out)
		}
	}
}
