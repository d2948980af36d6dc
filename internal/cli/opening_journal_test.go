package cli

import (
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"daytona/snapdeck/internal/durable/durabletest"
)

func TestSettleWaitsAMomentForTheJournal(t *testing.T) {
	for _, tc := range []struct {
		disk, want time.Duration
		opened     bool
	}{
		{settleTime / 2, settleTime / 2, true},
		{time.Hour, settleTime, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			var first sync.Once
			disk := &durabletest.Disk{Before: func(durabletest.Op) error {
				first.Do(func() { time.Sleep(tc.disk) })
				return nil
			}}
			started := time.Now()
			journal := openJournal(disk, filepath.Join(t.TempDir(), "new")) // its parent is synced
			journal.settle()
			select {
			case <-journal.done:
				if !tc.opened {
					t.Errorf("on a disk of %v the journal is open", tc.disk)
				}
			default:
				if tc.opened {
					t.Errorf("on a disk of %v the journal is not open", tc.disk)
				}
			}
			if got := time.Since(started); got != tc.want {
				t.Errorf("on a disk of %v it waited %v, want %v", tc.disk, got, tc.want)
			}
			<-journal.done
		})
	}
}
