//go:build unix

package terminal

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// readable reports whether the file has data to read within d. It uses select, since poll
// does not support terminals on every system.
func readable(f *os.File, d time.Duration) bool {
	var set unix.FdSet
	set.Set(int(f.Fd()))
	timeout := unix.NsecToTimeval(int64(d))
	n, err := unix.Select(int(f.Fd())+1, &set, nil, nil, &timeout)
	return err == nil && n > 0
}
