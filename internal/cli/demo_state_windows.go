package cli

import "os"

// isOwnPath reports whether the path exists and belongs to the user, who has a temporary
// directory of their own. It does not follow a link.
func isOwnPath(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&os.ModeSymlink == 0
}
