package cli

import (
	"time"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/theme"
)

// flags are the flags of the dashboard and of the commands that use the API.
type flags struct {
	// The server and the credentials.
	overrides config.Overrides
	config    string
	debug     string
	demo      bool
	demoSize  int
	demoSeed  int64
	seeded    bool // --demo-seed is set: the demo is reproducible
	viewOnly  bool // not a flag: the command never changes the server

	// The dashboard.
	interval   time.Duration
	query      string
	readOnly   bool
	theme      string
	ascii      bool
	accessible bool
}

const defaultInterval = 5 * time.Second

// rootCommand returns the root command, which runs the dashboard.
func (p *program) rootCommand() *cobra.Command {
	f := &flags{}
	root := &cobra.Command{
		Use:   name,
		Short: "A dashboard for Daytona snapshots",
		Long: `View and manage the snapshots of a Daytona organization.

Credentials, first match wins:

  --profile NAME      a profile of the Daytona CLI
  DAYTONA_API_KEY     an API key
  DAYTONA_JWT_TOKEN   a JWT, with DAYTONA_ORGANIZATION_ID
  otherwise           the active profile of the Daytona CLI

DAYTONA_API_URL selects another server. No flag takes a key, because other
processes can read arguments.`,
		Example: `  snapdeck --demo
  snapdeck --query 'state:failed' --read-only
  snapdeck list -o name`,
		Version:       version(), // a custom version template would link text/template, 3 MB
		SilenceErrors: true,      // finish prints them
		SilenceUsage:  true,
		RunE:          p.runE(func(cmd *cobra.Command) error { return p.dashboard(cmd, f) }),
	}
	root.SetFlagErrorFunc(flagError)
	f.addServerFlags(root, p.configFile())
	f.addDashboardFlags(root.Flags())
	must(root.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(theme.Names(), cobra.ShellCompDirectiveDefault)))
	must(root.RegisterFlagCompletionFunc("query", p.completeQuery(f)))
	root.AddCommand(
		p.listCommand(), p.showCommand(), p.logsCommand(), p.diffCommand(), p.waitCommand(), p.watchCommand(),
		p.recoverCommand(), p.doctorCommand(), p.demoServerCommand(), p.versionCommand(), p.manCommand(), exitCodesTopic(),
	)
	root.AddCommand(p.mutateCommands()...)
	root.AddCommand(p.rebuildCommand(), p.restoreCommand(), p.createCommand(), p.pruneCommand())
	p.completeProfiles(root)
	return root
}
