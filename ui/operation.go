package ui

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// operation is an action on one snapshot that has not come to its end. Two
// cannot overlap.
type operation struct {
	id, name string
	started  time.Time
	sent     time.Time // when the server accepted it, zero before
	looking  bool      // a GET is under way
	nextLook time.Time
	looks    int
	warned   bool // the user was told that it takes long
}

// accepted reports whether the server took the request.
func (o *operation) accepted() bool { return !o.sent.IsZero() }

// progress is the action in a few words, for the row and the details.
func (o *operation) progress(now time.Time) text.Safe {
	if !o.accepted() {
		return text.Sprintf("sending DELETE · %s", age(now.Sub(o.started)))
	}
	return text.Sprintf("DELETE sent %s ago · waiting for 404", age(now.Sub(o.sent)))
}

// lookPause is the time before the next GET: the server's job removes rows every
// 10 s, so looking more often at first and less often later loses little.
func (o *operation) lookPause() time.Duration {
	return min(time.Duration(o.looks+1)*time.Second, 5*time.Second)
}

// overdue is after how long the removal of a snapshot takes unusually long. The
// server was seen to need up to 10 s.
const overdue = time.Minute

// settle compares the running actions with what a poll brought: the end of a
// delete can be seen there too.
func (a *App) settle(changes []model.Change) {
	for _, change := range changes {
		if change.Kind == model.Gone {
			a.deleteDone(change.Before.ID)
		}
	}
}
