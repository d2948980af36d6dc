//go:build unix

package cli

import "syscall"

// detachedProcAttr starts a command in its own session, so that it cannot write to the
// terminal and is not ended with it.
func detachedProcAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
