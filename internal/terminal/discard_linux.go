package terminal

import "golang.org/x/sys/unix"

// discard throws away what was written and not yet read by the terminal, and
// lets a writer that is stuck go on. Linux does not wake the writer for a flush,
// but for output that was stopped and is started.
func discard(fd uintptr) {
	_ = unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCOFLUSH)
	_ = unix.IoctlSetInt(int(fd), unix.TCXONC, unix.TCOOFF)
	_ = unix.IoctlSetInt(int(fd), unix.TCXONC, unix.TCOON)
}
