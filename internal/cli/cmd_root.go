package cli

import (
	"cmp"
	"errors"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/theme"
)

// flags are those of the dashboard and of the commands that read the API.
type flags struct {
	// The server and who asks it.
	overrides config.Overrides
	config    string
	debug     string
	demo      bool
	demoSize  int
	demoSeed  int64
	seeded    bool // --demo-seed was given: the demo is the same each time
	viewOnly  bool // the command changes nothing on the server, read-only or not

	// How it is shown.
	interval time.Duration
	query    string
	readOnly bool
	theme    string
	ascii    bool
}

const defaultInterval = 5 * time.Second

func (p *program) rootCommand() *cobra.Command {
	f := &flags{}
	root := &cobra.Command{
		Use:   name,
		Short: "A dashboard for Daytona snapshots",
		Long: `snapdeck shows the snapshots of a Daytona organization and acts on them.

Credentials are found in DAYTONA_API_KEY, DAYTONA_JWT_TOKEN (with
DAYTONA_ORGANIZATION_ID), or a profile of the vendor's CLI, in this order.
DAYTONA_API_URL names another server. No flag takes a key: arguments are public.`,
		Example: `  snapdeck --demo
  snapdeck --query 'state:failed' --read-only
  snapdeck list -o name`,
		Version:       version(), // a template of our own for it would link text/template: 3 MB
		Args:          cobra.NoArgs,
		SilenceErrors: true, // finish writes them, in one line
		SilenceUsage:  true,
		RunE:          p.runE(func(cmd *cobra.Command) error { return p.dashboard(cmd, f) }),
	}
	root.SetFlagErrorFunc(flagError)
	f.addServerFlags(root, p.configFile())
	f.addDashboardFlags(root.Flags())
	must(root.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(theme.Names(), cobra.ShellCompDirectiveDefault)))
	must(root.RegisterFlagCompletionFunc("query", p.completeQuery(f)))
	root.AddCommand(p.listCommand(), p.waitCommand(), p.recovery(), p.demoServerCommand(), p.versionCommand())
	p.completeProfiles(root)
	return root
}

// addServerFlags adds the flags that say which server is asked, and as whom: a real one
// or the demo.
func (f *flags) addServerFlags(cmd *cobra.Command, settings string) {
	set := cmd.Flags()
	f.addAPIFlags(set, settings)
	set.BoolVar(&f.demo, "demo", false, "use an embedded demo API: no account, no network")
	set.IntVar(&f.demoSize, "demo-size", demo.DefaultSize, "how many snapshots the demo holds")
	set.Int64Var(&f.demoSeed, "demo-seed", 1, "play the demo of this `seed`, the same each time, on a clock of its own (default: as if it began now)")
	set.Lookup("demo-seed").DefValue = "0" // the help leaves that out: to give the default is not the same as to give none
}

// addAPIFlags adds the flags that lead to a real server. The configuration file is the
// given one where the flags name no other.
func (f *flags) addAPIFlags(set *pflag.FlagSet, settings string) {
	set.StringVar(&f.overrides.APIURL, "api-url", "", "the API's `URL`, ends in /api")
	set.StringVar(&f.overrides.Profile, "profile", "", "a profile of the vendor's CLI, by `name`")
	set.StringVar(&f.overrides.Organization, "organization", "", "the organization's `id`, for a JWT")
	set.StringVar(&f.config, "config", "", "the configuration `file` (default "+settings+")")
	set.StringVar(&f.debug, "debug", "", "write a log without secrets to this `file`")
}

// addDashboardFlags adds the flags that say how the dashboard shows it.
func (f *flags) addDashboardFlags(set *pflag.FlagSet) {
	set.DurationVar(&f.interval, "interval", defaultInterval, "the shortest time between two polls")
	set.StringVar(&f.query, "query", "", "the filter at the start, like 'state:failed'")
	set.BoolVar(&f.readOnly, "read-only", false, "change nothing on the server")
	set.StringVar(&f.theme, "theme", "", "`name or file`: dark, light, high-contrast, terminal, or a theme file (default: as the terminal is)")
	set.BoolVar(&f.ascii, "ascii", false, "draw with ASCII only")
}

// flagError says what a flag wants, where Go says which of its functions does not
// understand the value.
func flagError(_ *cobra.Command, err error) error {
	invalid, ok := errors.AsType[*pflag.InvalidValueError](err)
	if !ok {
		return err
	}
	flag := invalid.GetFlag()
	switch flag.Value.Type() {
	case "duration":
		return usagef("--%s is %q, want a time like 5s or 20m", flag.Name, invalid.GetValue())
	case "int", "int64":
		return usagef("--%s is %q, want a whole number", flag.Name, invalid.GetValue())
	case "bool":
		return usagef("--%s is %q, want true or false", flag.Name, invalid.GetValue())
	}
	return err
}

// validate finds wrong values that the types of the flags let through.
func (f *flags) validate(set *pflag.FlagSet) error {
	f.seeded = set.Changed("demo-seed")
	switch {
	case f.demo && f.overrides != config.Overrides{}:
		return usagef("--demo brings its own server: leave out --api-url, --profile and --organization")
	case !f.demo && (set.Changed("demo-size") || set.Changed("demo-seed")):
		return usagef("--demo-size and --demo-seed need --demo")
	case f.demoSize < 1 || f.demoSize > demo.MaxSize:
		return usagef("--demo-size is %d, want 1 to %d", f.demoSize, demo.MaxSize)
	case set.Changed("interval") && config.CheckInterval(f.interval) != nil:
		return usagef("--interval is %v, want %v to %v", f.interval, config.MinInterval, config.MaxInterval)
	case set.Changed("theme") && config.CheckTheme(f.theme) != nil:
		return usagef("--theme is %q, want %s", f.theme, config.ThemeChoices)
	}
	return nil
}

// applyConfig completes the flags with the file: what the command line says wins.
func (f *flags) applyConfig(set *pflag.FlagSet, c config.Config) {
	if !set.Changed("interval") {
		f.interval = cmp.Or(c.Interval, defaultInterval)
	}
	if !set.Changed("query") {
		f.query = c.Query
	}
	if !set.Changed("theme") {
		f.theme = c.Theme
	}
	if !set.Changed("ascii") {
		f.ascii = c.ASCII
	}
}

// loadConfig reads the configuration file and tells its warnings.
func (p *program) loadConfig(f *flags) (config.Config, error) {
	c, warnings, err := p.readConfig(f)
	for _, warning := range warnings {
		p.printError(warning)
	}
	return c, err
}

// readConfig reads the configuration file and looks whether its profiles apply.
func (p *program) readConfig(f *flags) (config.Config, []config.Problem, error) {
	c, warnings, err := config.Load(cmp.Or(f.config, p.configFile()), f.config != "")
	if err != nil {
		return c, nil, usageError{err}
	}
	return c, append(warnings, p.profileWarnings(f, c)...), nil
}

// profileWarnings warns of settings of profiles that do not apply. The demo has no
// profile.
func (p *program) profileWarnings(f *flags, c config.Config) []config.Problem {
	if f.demo || len(c.Profiles) == 0 {
		return nil
	}
	var warnings []config.Problem
	if variable := config.SecretEnvVar(f.overrides, p.Getenv); variable != "" && !f.viewOnly && !f.readOnly {
		warnings = c.ReadOnlyIgnored(variable) // first, since the dashboard has room for one
	}
	if names, err := client.CLIProfileNames(p.DaytonaCLIDir); err == nil {
		warnings = append(warnings, c.UnknownProfiles(names)...)
	}
	return warnings
}

// configFile is the configuration file unless another one is named.
func (p *program) configFile() string { return filepath.Join(p.ConfigDir, name, "config.yaml") }

// must is for errors that only a mistake in this package can cause.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
