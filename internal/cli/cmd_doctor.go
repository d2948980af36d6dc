package cli

import (
	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/doctor"
)

// doctorCommand returns the doctor command.
func (p *program) doctorCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var output string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the terminal, the credentials, the API and the files",
		Long: `Check what snapdeck needs, and print a line for each check with what to do.

A check is ok, a warning, an error, or unknown if another one has to pass first.
It sends three requests that change nothing: the server's configuration, one
page of snapshots, the permissions of the key. No line contains a credential.

Exit code: 0 if there is no error, else that of the first one:

  1  the state directory cannot be written
  2  the configuration or the API URL is invalid, or the terminal cannot show the dashboard
  4  missing or insufficient credentials
  5  an unfinished rebuild, restore or create remains
  6  the API is unreachable, rate limited or did not answer in time`,
		Example: `  snapdeck doctor
  snapdeck doctor --profile work
  snapdeck doctor -o json | jq -r '.[] | select(.status != "ok") | .remedy'`,
		Args: cobra.NoArgs,
		RunE: p.runE(func(cmd *cobra.Command) error {
			if err := f.validate(cmd.Flags()); err != nil {
				return err
			}
			write := doctor.WriteText
			if output == "json" {
				write = doctor.WriteJSON
			}
			checks, err := p.runChecks(cmd.Context(), f)
			if err != nil {
				return err
			}
			if err := write(p.Out, checks); err != nil {
				return err
			}
			return p.checksError(checks)
		}),
	}
	outputFlag(cmd, &output, "text", "json")
	f.addServerFlags(cmd, p.configFile())
	return cmd
}
