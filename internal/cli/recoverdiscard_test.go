package cli

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/creack/pty"

	"daytona/snapdeck/client/demo"
)

// answered runs recover on a terminal, where somebody has typed the answer already.
// It returns what the terminal showed, too.
func (b *bench) answered(key, answer string, args ...string) (result, string) {
	b.t.Helper()
	master, terminal, err := pty.Open()
	if err != nil {
		b.t.Skipf("no pseudo terminals here: %v", err)
	}
	defer func() { _ = master.Close() }()
	streams := streamsIn(b.t, b.home, map[string]string{"DAYTONA_API_URL": b.api.URL(), "DAYTONA_API_KEY": key})
	streams.In, streams.Err = terminal, terminal
	if _, err := io.WriteString(master, answer+"\n"); err != nil {
		b.t.Fatal(err)
	}
	shown := make(chan string)
	go func() {
		var all bytes.Buffer
		_, _ = io.Copy(&all, master) // ends with an error once nobody has the terminal open
		shown <- all.String()
	}()
	code := Run(append([]string{"recover"}, args...), streams)
	_ = terminal.Close()
	return result{code: code, out: content(b.t, streams.Out)}, <-shown
}

// TestDiscardWithoutThePermission leaves a candidate that the key may not remove only
// where somebody says so.
func TestDiscardWithoutThePermission(t *testing.T) {
	t.Parallel()
	b := newFastBench(t, demo.Key)
	b.cut(built, "POST", true)
	e := b.entries()[0].Entry
	candidate, err := b.api.Get(t.Context(), e.Candidate.Recipe.Name)
	if err != nil {
		t.Fatal(err)
	}
	label := candidate.Name + " (" + candidate.ID + ")"
	got := b.recover(b.api.URL(), demo.WriterKey, "--discard", e.ID)
	last := got.err[strings.LastIndex(strings.TrimSpace(got.err), "\n")+1:]
	for _, want := range []string{e.ID + " is kept: its candidate " + label + " cannot be removed: ", "use a key that may", "terminal"} {
		if !strings.Contains(last, want) {
			t.Errorf("%q lacks %q", last, want)
		}
	}
	if got.code != 4 || got.out != "" || len(b.entries()) != 1 {
		t.Errorf("without a terminal: %+v", got)
	}
	got, shown := b.answered(demo.WriterKey, "n", "--discard", e.ID)
	if got.code != 4 || got.out != "" || len(b.entries()) != 1 || !strings.Contains(shown, "Forget the rebuild and leave the candidate there? [y/N]") {
		t.Errorf("no: %+v, shown %q", got, shown)
	}
	got, shown = b.answered("revoked", "n", "--discard", e.ID)
	if got.code != 4 || got.out != "" || len(b.entries()) != 1 || !strings.Contains(shown, "leave the candidate there? [y/N]") {
		t.Errorf("a key that is refused as a whole: %+v, shown %q", got, shown)
	}
	got, shown = b.answered(demo.WriterKey, "y", "--discard", e.ID)
	if got.code != 0 || !strings.Contains(got.out, built) || len(b.entries()) > 0 || !strings.Contains(shown, "left at "+b.api.URL()+": "+label) {
		t.Errorf("yes: %+v, shown %q", got, shown)
	}
	if s, err := b.api.Get(t.Context(), candidate.ID); err != nil || s.State.Failed() {
		t.Errorf("the candidate: %+v, %v", s, err)
	}
}
