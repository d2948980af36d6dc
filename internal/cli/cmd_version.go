package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version returns the version of the module, which Go derives from the tag or commit, and
// the Go version and platform.
func version() string {
	moduleVersion := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		moduleVersion = info.Main.Version
	}
	return fmt.Sprintf("%s (%s, %s/%s)", moduleVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// versionCommand returns the version command.
func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: p.runE(func(*cobra.Command) error {
			_, err := fmt.Fprintf(p.Out, "%s %s\n", name, version())
			return err
		}),
	}
}
