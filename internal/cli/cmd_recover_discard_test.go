package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/creack/pty"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// answered runs recover on a terminal with the typed answer. It also returns the
// terminal's output.
func (b *rebuildTest) answered(key, answer string, args ...string) (result, string) {
	b.t.Helper()
	master, terminal, err := pty.Open()
	if err != nil {
		b.t.Skipf("no pseudo terminals here: %v", err)
	}
	defer func() { _ = master.Close() }()
	environment := b.streams(map[string]string{"DAYTONA_API_URL": b.api.URL(), "DAYTONA_API_KEY": key})
	environment.In, environment.Err = terminal, terminal
	if _, err := io.WriteString(master, answer+"\n"); err != nil {
		b.t.Fatal(err)
	}
	shown := make(chan string)
	go func() {
		var all bytes.Buffer
		_, _ = io.Copy(&all, master) // ends with an error when the terminal is closed
		shown <- all.String()
	}()
	code := Run(append([]string{"recover"}, args...), environment)
	_ = terminal.Close()
	return result{code: code, out: readFile(b.t, environment.Out)}, <-shown
}

// TestDiscardWithoutPermission leaves a candidate that the key cannot remove only if
// the user confirms.
func TestDiscardWithoutPermission(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "POST", true)
	e := b.entries()[0].Entry
	candidate, err := b.api.Get(t.Context(), e.Candidate.Recipe.Name)
	if err != nil {
		t.Fatal(err)
	}
	label := candidate.Name + " (" + candidate.ID + ")"
	got := b.recover(b.api.URL(), demo.WriterKey, "--discard", e.ID)
	last := got.err[strings.LastIndex(strings.TrimSpace(got.err), "\n")+1:]
	for _, want := range []string{e.ID + " was not discarded: its candidate " + label + " cannot be removed: ", "use a key with the permission delete:snapshots", "terminal"} {
		if !strings.Contains(last, want) {
			t.Errorf("%q lacks %q", last, want)
		}
	}
	if got.code != 4 || got.out != "" || len(b.entries()) != 1 {
		t.Errorf("without a terminal: %+v", got)
	}
	got, shown := b.answered(demo.WriterKey, "n", "--discard", e.ID)
	if got.code != 4 || got.out != "" || len(b.entries()) != 1 || !strings.Contains(shown, "Discard the rebuild and leave the candidate? [y/N]") {
		t.Errorf("no: %+v, shown %q", got, shown)
	}
	got, shown = b.answered("revoked", "n", "--discard", e.ID)
	if got.code != 4 || got.out != "" || len(b.entries()) != 1 || !strings.Contains(shown, "leave the candidate? [y/N]") {
		t.Errorf("a key that is refused as a whole: %+v, shown %q", got, shown)
	}
	got, shown = b.answered(demo.WriterKey, "y", "--discard", e.ID)
	if got.code != 0 || !strings.Contains(got.out, builtName) || len(b.entries()) > 0 || !strings.Contains(shown, "left at "+b.api.URL()+": "+label) {
		t.Errorf("yes: %+v, shown %q", got, shown)
	}
	if s, err := b.api.Get(t.Context(), candidate.ID); err != nil || s.State.Failed() {
		t.Errorf("the candidate: %+v, %v", s, err)
	}
}

func TestDiscard(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	b.unknownVersion()
	id := b.entries()[1].ID
	release := b.held(id)
	if got := b.recover("", "", "--discard", id); got.code != 1 || !strings.Contains(got.err, "another snapdeck is working on it") {
		t.Errorf("in use: %+v", got)
	}
	release()
	if got := b.recover("", "", "--discard", "0123456789ab"); got.code != 1 || !strings.Contains(got.err, "version 9") {
		t.Errorf("an unknown version: %+v", got)
	}
	if completed := b.recover("", "", "x"); completed.code != 2 {
		t.Errorf("%+v", completed)
	}
	got := b.recover("", "", "--discard", id)
	var recipe model.Recipe
	if err := json.Unmarshal([]byte(got.out), &recipe); got.code != 0 || err != nil || recipe.Name != builtName || recipe.BuildInfo == nil {
		t.Errorf("%+v, the recipe is %+v, %v", got, recipe, err)
	}
	if left := b.entries(); len(left) != 1 || left[0].ID != "0123456789ab" {
		t.Errorf("left %+v", left)
	}
}

func TestDiscardWithCandidate(t *testing.T) {
	t.Parallel()
	b, other := newRebuildTest(t, demo.Key), newRebuildTest(t, demo.Key)
	candidates := func() (names []string) {
		list, err := b.api.List(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list.Snapshots {
			if strings.Contains(s.Name, "-candidate-") {
				names = append(names, s.Name)
			}
		}
		return names
	}
	b.interruptAfter(builtName, "POST", true)
	if len(candidates()) != 1 {
		t.Fatalf("candidates: %v", candidates())
	}
	id := b.entries()[0].ID
	if got := b.recover(b.api.URL(), "wrong", "--discard", id); got.code != 4 || len(b.entries()) != 1 {
		t.Errorf("a wrong key: %+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--discard", id); got.code != 0 || len(b.entries()) > 0 || len(candidates()) > 0 {
		t.Errorf("%+v, left %v", got, candidates())
	}
	// A candidate of another server cannot be removed from here.
	b.interruptAfter(builtName, "POST", true)
	if got := b.recover(other.api.URL(), demo.Key, "--discard", id); got.code != 0 || len(b.entries()) > 0 || !strings.Contains(got.err, candidates()[0]+" may be left at "+b.api.URL()) {
		t.Errorf("%+v", got)
	}
}

func TestDiscardCompletes(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	got := runIn(t, b.home, nil, "__complete", "recover", "--discard", "")
	if want := b.entries()[0].ID + "\t" + builtName + "\n"; !strings.HasPrefix(got.out, want) {
		t.Errorf("completed %q, want %q", got.out, want)
	}
}
