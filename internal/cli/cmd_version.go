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
	return fmt.Sprintf("%s (%s, %s/%s)", moduleVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "(unknown)"
}

// versionCommand returns the version command.
func (p *program) versionCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long:  "Print the version of snapdeck, of Go and the platform; with -o json as one object of\nversion, go, os and arch.",
		Example: `  snapdeck version
  snapdeck version -o json | jq -r .version`,
		Args: cobra.NoArgs,
		RunE: p.runE(func(*cobra.Command) error {
			if output == "json" {
				return p.printJSON(struct {
					Version string `json:"version"`
					Go      string `json:"go"`
					OS      string `json:"os"`
					Arch    string `json:"arch"`
				}{moduleVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH})
			}
			_, err := fmt.Fprintf(p.Out, "%s %s\n", name, version())
			return err
		}),
	}
	outputFlag(cmd, &output, "text", "json")
	return cmd
}
