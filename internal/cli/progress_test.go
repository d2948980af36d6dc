package cli

import (
	"bytes"
	"testing"

	"daytona/snapdeck/ui/text"
)

// All that wait for the same rate limit say so with one line.
func TestProgressSaysOnceThatActionsWait(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := &progress{out: &out, total: 4}
	for range 3 {
		p.wait(text.Lit("waiting 30s because of the rate limit"))
	}
	p.line(text.Lit("a: deleted"))
	p.wait(text.Lit("waiting 30s because of the rate limit"))
	if want := "waiting 30s because of the rate limit\na: deleted\nwaiting 30s because of the rate limit\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
