package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// A tape is a recording of the demo, made by vhs. A recording does not change with
// the program, so this test plays each tape in the harness, key by key, with the
// same seed and at the same pace. Three lines of a tape are checks:
//
//	# Sees: TEXT            the text is on the screen at this moment
//	# Screen: NAME          the screen is the golden frame tape-TAPE-NAME
//	Wait+Screen@20s /RE/    the screen comes to match within this time

// The size of the terminal that vhs makes of tapedSize.
const tapeWidth, tapeHeight = 116, 33

func TestTapes(t *testing.T) {
	t.Parallel()
	tapes, err := filepath.Glob("../testdata/tapes/*.tape")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(tapes, "../demo.tape") {
		name := strings.TrimSuffix(filepath.Base(path), ".tape")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			p := &player{t: t, name: name, lines: strings.Split(string(raw), "\n"), speed: 50 * time.Millisecond}
			p.play(theEnd)
			if p.h == nil {
				t.Fatal("the tape never starts snapdeck")
			}
		})
	}
}

// player plays one tape.
type player struct {
	t      *testing.T
	name   string
	lines  []string // that were not played yet
	h      *harness // nil before the program is started
	typed  string   // into the shell, before that
	speed  time.Duration
	editor string // $EDITOR

	idle    time.Duration  // what is left of a Sleep
	awaited *regexp.Regexp // what a Wait waits for, nil for nothing
	patient time.Time      // how long
}

// theEnd is later than any tape ends.
var theEnd = start.Add(time.Hour)

// play plays the tape until the clock shows a time, or to its end.
func (p *player) play(until time.Time) {
	p.t.Helper()
	for p.h == nil || p.h.clock.now.Before(until) {
		switch {
		case p.awaited != nil:
			p.await()
		case p.idle > 0:
			step := min(p.idle, until.Sub(p.h.clock.now))
			p.idle -= step
			p.h.advance(step)
		case len(p.lines) > 0:
			line := strings.TrimSpace(p.lines[0])
			p.lines = p.lines[1:]
			command, rest, _ := strings.Cut(line, " ")
			if err := p.carryOut(command, strings.TrimSpace(rest)); err != nil {
				p.t.Fatalf("%s: %v", line, err)
			}
		case until.Equal(theEnd):
			return
		default:
			p.h.advance(until.Sub(p.h.clock.now))
		}
	}
}

func (p *player) await() {
	p.t.Helper()
	switch {
	case p.awaited.MatchString(p.h.screen()):
		p.awaited = nil
	case p.h.clock.now.After(p.patient):
		p.t.Fatalf("nothing like %s comes to the screen:\n%s", p.awaited, p.h.screen())
	default:
		p.h.advance(100 * time.Millisecond)
	}
}

var (
	tapedCommand = regexp.MustCompile(`^([\w+]+)(?:@(\w+))?$`)
	tapedSeed    = regexp.MustCompile(`snapdeck --demo --demo-seed (\d+)`)
	tapedKeys    = map[string]string{"Enter": "enter", "Escape": "esc", "Tab": "tab", "Space": "space", "Down": "down", "Up": "up"}
	tapedSize    = map[string]string{"Width": "968", "Height": "626", "FontSize": "14", "LetterSpacing": "0", "Padding": "10"}
)

func (p *player) carryOut(command, rest string) error {
	p.t.Helper()
	if command == "" || command == "#" {
		return p.look(rest)
	}
	parts := tapedCommand.FindStringSubmatch(command)
	if parts == nil {
		return errors.New("this is no command")
	}
	speed, err := tapedDuration(parts[2], p.speed)
	if err != nil {
		return err
	}
	switch name := parts[1]; name {
	case "Output", "Require", "Hide", "Show":
	case "Env":
		return p.env(rest)
	case "Source":
		return p.source(rest)
	case "Set":
		return p.set(rest)
	case "Sleep":
		if p.h != nil {
			p.idle, err = tapedDuration(rest, 0)
		}
	case "Wait+Screen":
		p.awaited, err = regexp.Compile(strings.Trim(rest, "/"))
		p.patient = p.h.clock.now.Add(speed)
	case "Type":
		text, err := strconv.Unquote(rest)
		for _, r := range text {
			p.press(string(r), speed)
		}
		return err
	default:
		if tapedKeys[name] == "" {
			return errors.New("no tape has needed this command yet")
		}
		p.press(tapedKeys[name], speed)
	}
	return err
}

// source puts the lines of another tape in front of those that are left.
func (p *player) source(path string) error {
	raw, err := os.ReadFile(filepath.Join("..", path))
	p.lines = append(strings.Split(string(raw), "\n"), p.lines...)
	return err
}

func (p *player) set(rest string) error {
	name, value, _ := strings.Cut(rest, " ")
	if want := tapedSize[name]; want != "" && want != value {
		return fmt.Errorf("want %s, or the screen is not %dx%d", want, tapeWidth, tapeHeight)
	}
	if name != "TypingSpeed" {
		return nil
	}
	var err error
	p.speed, err = tapedDuration(value, 0)
	return err
}

// env sets $EDITOR.
func (p *player) env(rest string) error {
	name, value, _ := strings.Cut(rest, " ")
	if name != "EDITOR" {
		return errors.New("no tape has needed this variable yet")
	}
	var err error
	p.editor, err = strconv.Unquote(value)
	return err
}

// tapedDuration reads a time as vhs does: without a unit it is seconds.
func tapedDuration(s string, otherwise time.Duration) (time.Duration, error) {
	if s == "" {
		return otherwise, nil
	}
	if seconds, err := strconv.ParseFloat(s, 64); err == nil {
		return time.Duration(seconds * float64(time.Second)), nil
	}
	return time.ParseDuration(s)
}

// press presses a key after the time that a typist needs. Before the program runs
// it goes to the shell.
func (p *player) press(key string, speed time.Duration) {
	p.t.Helper()
	switch {
	case p.h != nil:
		p.h.advance(speed)
		p.h.send(keyNamed(key))
	case key == "enter":
		p.start()
	default:
		p.typed += key
	}
}

// start starts the program as the shell would.
func (p *player) start() {
	p.t.Helper()
	match := tapedSeed.FindStringSubmatch(p.typed)
	if match == nil {
		p.t.Fatalf("%q starts no demo with a seed", p.typed)
	}
	seed, err := strconv.ParseInt(match[1], 10, 64)
	if err != nil {
		p.t.Fatal(err)
	}
	p.h = newHarness(p.t, sized(tapeWidth, tapeHeight), func(s *setup) {
		s.demo.Seed, s.options.Host = seed, "demo"
		s.options.Rebuilder = &tapeRebuilder{player: p}
		if p.editor != "" {
			s.options.Editor = shellEditor{p.t.TempDir(), p.editor}
		}
	})
	p.h.nested = true
}

// look compares the screen with what the tape says of it.
func (p *player) look(comment string) error {
	p.t.Helper()
	what, rest, _ := strings.Cut(comment, ": ")
	switch {
	case what != "Sees" && what != "Screen":
	case p.h == nil:
		return errors.New("the program is not started yet")
	case what == "Sees":
		p.h.sees(rest)
	default:
		p.h.golden("tape-" + p.name + "-" + rest)
	}
	return nil
}

// tapeRebuilder carries real rebuilds out. While one waits, the tape plays on.
type tapeRebuilder struct {
	scripted
	player *player
}

func (r *tapeRebuilder) Plan(q model.RebuildRequest) model.Plan {
	q.ServerCheck = true
	return rebuild.Preflight(q)
}

func (r *tapeRebuilder) Run(ctx context.Context, plan model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	h := r.player.h
	journal, err := rebuild.OpenJournal(h.t.TempDir())
	if err != nil {
		h.t.Fatal(err)
	}
	return rebuild.New(rebuild.Options{
		API:     h.app.options.LogAPI.(unfollowing).Client,
		Journal: journal, ServerCheck: rebuild.NewServerCheck(),
		Target: rebuild.Target{APIURL: "http://" + h.host, OrganizationID: demo.OrganizationID},
		Now:    h.clock.Now,
		Sleep: func(_ context.Context, d time.Duration) error {
			h.deliver()
			r.player.play(h.clock.now.Add(d))
			return nil
		},
	}).Run(ctx, plan, report)
}

// deliver delivers what was sent so far by a command that is still at work.
func (h *harness) deliver() {
	for len(h.sent) > 0 {
		next := h.sent[0]
		h.sent = h.sent[1:]
		h.send(next)
	}
}

// shellEditor edits with a command that needs no terminal.
type shellEditor struct{ dir, command string }

func (e shellEditor) Prepare(content string) (string, tea.ExecCommand, error) {
	path := filepath.Join(e.dir, "Dockerfile")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return "", nil, err
	}
	return path, nil, exec.Command("sh", "-c", e.command+` "$@"`, "editor", path).Run()
}

func (e shellEditor) Collect(path string) (string, error) {
	content, err := os.ReadFile(path)
	return string(content), err
}
