package cli

import "syscall"

// detachedProcAttr lets a command be without our console.
func detachedProcAttr() *syscall.SysProcAttr {
	const detachedProcess = 0x00000008 // DETACHED_PROCESS of CreateProcess
	return &syscall.SysProcAttr{CreationFlags: detachedProcess}
}
