//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// canSuspend reports whether somebody could wake us after ctrl+z. In an
// orphaned process group (docker run, ssh -t host snapdeck, tmux new-window
// snapdeck) the kernel drops SIGTSTP, and who then waits for SIGCONT waits for
// ever. There no shell with job control is between us and the leader of the
// session, so we are in its process group.
func canSuspend() bool {
	session, err := unix.Getsid(0)
	return err == nil && unix.Getpgrp() != session && !signal.Ignored(syscall.SIGTSTP)
}

// suspend stops the process as ctrl+z should, and returns when it is in the
// foreground again and has the terminal back. Bubble Tea's own way touches the
// terminal as soon as it is continued; in the background that stops the process
// again, and "kill %1" would never reach it.
func (s *Session) suspend() {
	p := s.program.Load()
	if !canSuspend() || p.ReleaseTerminal() != nil {
		return
	}
	s.returnScreen()
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, syscall.SIGCONT)
	defer signal.Stop(woken)

	s.released.Store(true)
	for {
		_ = syscall.Kill(0, syscall.SIGTSTP)
		<-woken
		if s.foreground() {
			break
		}
		if s.dying() {
			select {} // the watcher ends the process without touching the terminal
		}
		// It was "bg", but there is nothing to do in the background.
	}
	// In this order: either the watcher sees that the terminal is taken again,
	// or we see that it has begun to end the process.
	s.released.Store(false)
	select {
	case <-s.ending:
	default:
		s.takeScreen()
		_ = p.RestoreTerminal()
	}
}

// foreground reports whether the terminal is ours to use; where it is not, to
// change its state would stop the process.
func (s *Session) foreground() bool {
	group, err := unix.IoctlGetInt(int(s.in.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}
