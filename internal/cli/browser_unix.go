//go:build unix

package cli

import "syscall"

// detachedProcAttr lets a command have a session of its own: it cannot write to our
// terminal, and does not end with it.
func detachedProcAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
