//go:build unix

package terminal

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// readable reports whether the file has input within d. It uses select, because poll does
// not support terminals on every system. A signal interrupts select, which then goes on
// for the rest of the time: the runtime sends itself signals at any time.
func readable(f *os.File, d time.Duration) bool {
	for end := time.Now().Add(d); ; {
		var set unix.FdSet
		set.Set(int(f.Fd()))
		timeout := unix.NsecToTimeval(int64(max(time.Until(end), 0)))
		n, err := unix.Select(int(f.Fd())+1, &set, nil, nil, &timeout)
		if err != unix.EINTR {
			return err == nil && n > 0
		}
	}
}
