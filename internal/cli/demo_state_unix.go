//go:build unix

package cli

import (
	"os"
	"syscall"
)

// isOwnPath reports whether the path exists and belongs to the user. It does not follow a
// link.
func isOwnPath(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&os.ModeSymlink != 0 {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
