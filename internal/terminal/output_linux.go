package terminal

import "golang.org/x/sys/unix"

// discardOutput drops output that the terminal has not read, and unblocks its writer.
// On Linux a flush alone does not wake the writer, but stopping and restarting the
// output does.
func discardOutput(fd uintptr) {
	_ = unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCOFLUSH)
	_ = unix.IoctlSetInt(int(fd), unix.TCXONC, unix.TCOOFF)
	_ = unix.IoctlSetInt(int(fd), unix.TCXONC, unix.TCOON)
}
