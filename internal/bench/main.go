//go:build unix

// Command bench compares the dashboard with fzf on this machine: the time until the first
// frame and until all rows are shown, the time from a key to its answer, and the peak of
// memory. The dashboard reads the rows from a demo server over HTTP, fzf only their names
// from a file, so all rows and memory show what that costs.
//
// Times depend on the machine and its load, so only the ratios count. Both programs run
// in turn, each time as a fresh process: fzf answers a repeated query from its cache. All
// output is read before a key is sent, and only the expected result counts as its answer,
// because the header of the dashboard changes every second.
//
// With -list it compares the list command with a command of another client of the API.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// query is typed key by key. Its last key changes the number of matches.
const query = "node-2"

// contender is a program to measure.
type contender struct {
	name    string
	command func() *exec.Cmd
	keys    string         // to press before the query
	loaded  *regexp.Regexp // on the screen when all rows are shown
	matches *regexp.Regexp // the number of matches
}

func main() {
	rows := flag.Int("rows", 10_000, "number of snapshots")
	rounds := flag.Int("rounds", 9, "how often each program runs")
	list := flag.String("list", "", "compare only the list command, with this `command`")
	flag.Parse()
	if err := run(context.Background(), *rows, *rounds, strings.Fields(*list)); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rows, rounds int, list []string) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := build(ctx, dir); err != nil {
		return err
	}
	server, err := startServer(ctx, dir, rows)
	if err != nil {
		return err
	}
	defer server.stop()
	if len(list) > 0 {
		return compareLists(ctx, []string{filepath.Join(dir, "snapdeck"), "list"}, list, server.env, rows, rounds)
	}
	names, count, err := server.saveNames(ctx, dir)
	if err != nil {
		return err
	}
	results := make(map[string][]sample)
	for round := range rounds {
		for _, c := range contenders(ctx, dir, server.env, names, count) {
			s, err := measure(c)
			if err != nil {
				return fmt.Errorf("%s, round %d: %w", c.name, round+1, err)
			}
			results[c.name] = append(results[c.name], s)
		}
	}
	report(rows, results)
	return nil
}

// build builds the dashboard, and fzf in the version of go.mod.
func build(ctx context.Context, dir string) error {
	version, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Path}}@{{.Version}}", "github.com/junegunn/fzf").Output()
	if err != nil {
		return fmt.Errorf("version of fzf: %w", err)
	}
	install := exec.CommandContext(ctx, "go", "install", strings.TrimSpace(string(version)))
	snapdeck := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(dir, "snapdeck"), "daytona/snapdeck")
	for _, cmd := range []*exec.Cmd{install, snapdeck} {
		cmd.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=", "CGO_ENABLED=0") // as in a release
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", cmd, err, out)
		}
	}
	return nil
}

func contenders(ctx context.Context, dir string, env []string, names string, count int) []contender {
	number := strconv.Itoa(count)
	return []contender{{
		name: "snapdeck",
		command: func() *exec.Cmd {
			cmd := exec.CommandContext(ctx, filepath.Join(dir, "snapdeck"))
			cmd.Env = env
			return cmd
		},
		keys:    "/",
		loaded:  regexp.MustCompile(`● (live|slow)`),
		matches: regexp.MustCompile(`[\d,]+ of [\d,]+ · best match`),
	}, {
		name: "fzf",
		command: func() *exec.Cmd {
			cmd := exec.CommandContext(ctx, "sh", "-c", `exec "$0" < "$1"`, filepath.Join(dir, "fzf"), names)
			cmd.Env = env
			return cmd
		},
		loaded:  regexp.MustCompile(`\b` + number + `/` + number + `\b`),
		matches: regexp.MustCompile(`\b\d+/` + number + `\b`),
	}}
}

// report prints the medians, and their ratios.
func report(rows int, results map[string][]sample) {
	printHeading(rows, len(results["fzf"]), "fzf")
	for _, m := range []struct {
		name  string
		value func(sample) float64
	}{
		{"first frame, ms", func(s sample) float64 { return ms(s.first) }},
		{"all rows shown, ms", func(s sample) float64 { return ms(s.loaded) }},
		{"key to its answer, ms", func(s sample) float64 { return ms(s.key) }},
		{"peak of memory, MB", func(s sample) float64 { return s.peakMB }},
	} {
		printRatio(m.name, median(results["snapdeck"], m.value), median(results["fzf"], m.value))
	}
}

func printHeading(rows, rounds int, other string) {
	fmt.Printf("%d rows, medians of %d rounds\n\n%-22s %10s %10s %8s\n", rows, rounds, "", "snapdeck", other, "ratio")
}

func printRatio(name string, a, b float64) {
	fmt.Printf("%-22s %10.1f %10.1f %8.2f\n", name, a, b, a/b)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func median[T any](samples []T, value func(T) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = value(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
