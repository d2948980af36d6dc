// Command recording records a vhs tape twice and compares the screens that the tape names
// with a line "# Screen: NAME". With one seed of the demo they must be equal, except for
// seconds, which depend on the speed of the machine.
//
//	go run ./internal/recording demo.tape
//
// It needs snapdeck and vhs on the PATH, as a recording does.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/google/go-cmp/cmp"
)

// frameEnd separates the screens in the text output of vhs.
const frameEnd = "────────────────────────────────────────────────────────────────────────────────\n"

func main() {
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: recording TAPE")
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "recording:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, tape string) error {
	lines, err := read(tape)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "recording")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var takes [2][]screen
	for i := range takes {
		if takes[i], err = record(ctx, lines, dir, i); err != nil {
			return err
		}
		fmt.Printf("recording %d: %d screens\n", i+1, len(takes[i]))
	}
	if len(takes[0]) == 0 {
		return fmt.Errorf("%s names no screen", tape)
	}
	if diff := cmp.Diff(takes[0], takes[1], cmp.AllowUnexported(screen{})); diff != "" {
		return fmt.Errorf("the two recordings differ (-first +second):\n%s", diff)
	}
	fmt.Println("equal")
	return nil
}

// read returns the lines of a tape, with those of the tapes that it includes.
func read(tape string) ([]string, error) {
	content, err := os.ReadFile(tape)
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if included, ok := strings.CutPrefix(line, "Source "); ok {
			more, err := read(included)
			if err != nil {
				return nil, err
			}
			lines = append(lines, more...)
			continue
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// record records the tape as text and returns the screens that it names.
func record(ctx context.Context, lines []string, dir string, number int) ([]screen, error) {
	output := fmt.Sprintf("take%d.txt", number)
	tape := []string{"Output " + output} // vhs takes relative paths only
	for _, line := range lines {
		if !strings.HasPrefix(line, "Output ") {
			tape = append(tape, line)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "copy.tape"), []byte(strings.Join(tape, "\n")), 0o600); err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, "vhs", "copy.tape")
	command.Dir = dir
	if printed, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("vhs: %w\n%s", err, printed)
	}
	recorded, err := os.ReadFile(filepath.Join(dir, output))
	if err != nil {
		return nil, err
	}
	return named(lines, string(recorded))
}

// screen is a screen that the tape names, without what depends on the speed of the machine.
type screen struct {
	name, text string
}

// named returns the named screens of a recording. vhs writes a screen after each command while
// it records; what comes before the first Show does not count, so they are found from the
// end.
func named(lines []string, recorded string) ([]screen, error) {
	frames := strings.Split(strings.TrimSuffix(recorded, frameEnd), frameEnd)
	type place struct {
		name string
		seen int // screens up to it
	}
	var places []place
	seen, hidden := 0, false
	for _, line := range lines {
		name, isScreen := strings.CutPrefix(line, "# Screen: ")
		switch {
		case isScreen:
			places = append(places, place{name, seen})
		case line == "" || strings.HasPrefix(line, "#"):
		case line == "Hide":
			hidden = true
		default:
			if line == "Show" {
				hidden = false
			}
			if !hidden {
				seen++
			}
		}
	}
	// Durations of less than two minutes, and shares of a progress bar.
	seconds := regexp.MustCompile(`\b\d+(\.\d+)?s\b|\b1m( ?\d+s)?\b|[━─]{4,}`)
	var screens []screen
	for _, p := range places {
		i := len(frames) - 1 - (seen - p.seen)
		if i < 0 || p.seen == 0 {
			return nil, fmt.Errorf("the recording has only %d screens, and none for %s", len(frames), p.name)
		}
		screens = append(screens, screen{p.name, seconds.ReplaceAllString(frames[i], "_")})
	}
	return screens, nil
}
