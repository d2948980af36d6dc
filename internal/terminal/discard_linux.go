package terminal

import "golang.org/x/sys/unix"

// discard throws away what was written and not yet read by the terminal. That
// lets a blocked writer go on, and makes room for the restore sequences.
func discard(fd uintptr) {
	_ = unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCOFLUSH)
}
