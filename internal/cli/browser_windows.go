package cli

import "syscall"

// detachedProcAttr starts a command without the console of the program.
func detachedProcAttr() *syscall.SysProcAttr {
	const detachedProcess = 0x00000008 // DETACHED_PROCESS of CreateProcess
	return &syscall.SysProcAttr{CreationFlags: detachedProcess}
}
