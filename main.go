// Command snapdeck is a terminal dashboard for Daytona snapshots.
package main

import (
	"os"

	"daytona/snapdeck/internal/background"
	"daytona/snapdeck/internal/cli"
)

func main() {
	background.RestoreTerm()
	os.Exit(cli.Run(os.Args[1:], cli.ProcessEnvironment()))
}
