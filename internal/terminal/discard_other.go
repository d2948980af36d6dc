//go:build !linux

package terminal

// discard does nothing here: what the terminal has not read stays queued.
func discard(uintptr) {}
