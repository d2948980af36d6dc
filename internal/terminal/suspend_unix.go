//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// canSuspend reports whether a shell can resume the process after ctrl+z. In an
// orphaned process group (docker run, ssh -t host snapdeck, tmux new-window snapdeck)
// the kernel drops SIGTSTP, and waiting for SIGCONT would block forever. Without a
// shell with job control the process is in the group of its session leader.
func canSuspend() bool {
	session, err := unix.Getsid(0)
	return err == nil && unix.Getpgrp() != session && !signal.Ignored(syscall.SIGTSTP)
}

// suspend stops the process and returns when it is in the foreground again. Bubble Tea's
// own suspend uses the terminal as soon as the process continues. In the background that
// would stop the process again, and "kill %1" would have no effect.
func (s *Session) suspend() {
	p := s.program.Load()
	if !canSuspend() || p.ReleaseTerminal() != nil {
		return
	}
	s.resetModes()
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)

	s.suspended.Store(true)
	for {
		_ = syscall.Kill(0, syscall.SIGTSTP)
		<-continued
		if s.inForeground() {
			break
		}
		if s.isEnding() {
			select {} // watch ends the process without using the terminal
		}
		// Continued by "bg", but the dashboard has nothing to do in the background.
	}
	// In this order either watch sees that the terminal is in use again, or this
	// goroutine sees that the program is ending.
	s.suspended.Store(false)
	select {
	case <-s.ending:
	default:
		s.setModes()
		_ = p.RestoreTerminal()
	}
}

// inForeground reports whether the process may use the terminal. In the background,
// changing the terminal's state would stop it.
func (s *Session) inForeground() bool {
	group, err := unix.IoctlGetInt(int(s.in.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}
