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
		p.wait(text.Lit("rate limited: waiting 30s"))
	}
	p.line(text.Lit("a: deleted"))
	p.wait(text.Lit("rate limited: waiting 30s"))
	if want := "rate limited: waiting 30s\na: deleted\nrate limited: waiting 30s\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
