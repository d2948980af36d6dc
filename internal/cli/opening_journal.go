package cli

import (
	"context"
	"fmt"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/rebuild"
)

// settleTime is how long a command waits at its end for a journal that is still being opened.
const settleTime = time.Second

// openingJournal is a journal that is opened in the background. On a slow disk that takes
// seconds, which must not delay the first frame.
type openingJournal struct {
	done    chan struct{} // closed when the fields below are set
	journal *rebuild.Journal
	err     error
}

// openJournal starts to open the journal in a directory.
func openJournal(disk durable.Disk, path string) *openingJournal {
	o := &openingJournal{done: make(chan struct{})}
	go func() {
		defer close(o.done)
		dir, err := durable.OpenOn(disk, path)
		if err != nil {
			o.err = fmt.Errorf("open the journal: %w", err)
			return
		}
		o.journal = rebuild.NewJournal(dir)
	}()
	return o
}

// wait returns the journal, or why it cannot be opened.
func (o *openingJournal) wait(ctx context.Context) (*rebuild.Journal, error) {
	select {
	case <-o.done:
		return o.journal, o.err
	case <-ctx.Done():
		return nil, fmt.Errorf("open the journal: %w", context.Cause(ctx))
	}
}

// settle waits until nothing more is written to the directory, so that it can be removed. On
// a slow disk it waits only a moment: what the command did not use must not delay its end.
func (o *openingJournal) settle() {
	select {
	case <-o.done:
	case <-time.After(settleTime):
	}
}

// failure returns why the journal cannot be opened, or nil if that is not known yet.
func (o *openingJournal) failure() error {
	select {
	case <-o.done:
		return o.err
	default:
		return nil
	}
}
