package ui

import (
	"errors"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// An unfinished rebuild makes the journal be read every few seconds. Its error must not
// cover everything else each time.
func TestJournalErrorIsShownOnce(t *testing.T) {
	t.Parallel()
	const broken = "the journal cannot be read: disk on fire"
	r := &scripted{unfinished: []model.UnfinishedRebuild{{ID: "abc", Name: "node-20-agents", Started: start}}}
	h := newHarness(t, withRebuilder(r))
	h.advance(time.Second)
	h.press("esc")
	r.unreadable = errors.New("disk on fire")
	h.advance(unfinishedInterval + time.Second)
	h.sees(broken, "! 1 rebuild unfinished")
	h.advance(2 * unfinishedInterval)
	h.misses(broken)

	r.unreadable = nil
	h.advance(unfinishedInterval)
	r.unreadable = errors.New("disk on fire")
	h.advance(unfinishedInterval)
	h.sees(broken)
}
