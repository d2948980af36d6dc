//go:build windows

package terminal

import (
	"os"
	"time"
)

// readable reports false: Bubble Tea reads the console itself.
func readable(*os.File, time.Duration) bool { return false }
