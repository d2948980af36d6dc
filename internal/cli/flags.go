package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/theme"
)

// addServerFlags adds the flags that select the server, which may be the demo, and the
// credentials.
func (f *flags) addServerFlags(cmd *cobra.Command, configFile string) {
	set := cmd.Flags()
	f.addAPIFlags(set, configFile)
	set.BoolVar(&f.demo, "demo", false, "use an embedded demo server, without an account or network")
	set.IntVar(&f.demoSize, "demo-size", demo.DefaultSize, "number of snapshots in the demo")
	set.Int64Var(&f.demoSeed, "demo-seed", 1, "make the demo reproducible with this `seed` (default: based on the current time)")
	set.Lookup("demo-seed").DefValue = "0" // hides the default from the help: without the flag there is no seed
}

// addAPIFlags adds the flags that select the server, which is not the demo, and the
// credentials. configFile is the default configuration file.
func (f *flags) addAPIFlags(set *pflag.FlagSet, configFile string) {
	set.StringVar(&f.overrides.APIURL, "api-url", "", "`URL` of the API, ends in /api")
	set.StringVar(&f.overrides.Profile, "profile", "", "use the Daytona CLI profile with this `name`")
	set.StringVar(&f.overrides.Organization, "organization", "", "organization `ID`, for a JWT")
	set.StringVar(&f.config, "config", "", "configuration `file` (default "+configFile+")")
	set.StringVar(&f.debug, "debug", "", "append a request log without secrets to `file`")
}

// addDashboardFlags adds the flags of the dashboard.
func (f *flags) addDashboardFlags(set *pflag.FlagSet) {
	set.DurationVar(&f.interval, "interval", defaultInterval, "minimum poll interval")
	set.StringVar(&f.query, "query", "", "initial filter, like 'state:failed'")
	set.BoolVar(&f.readOnly, "read-only", false, "read-only mode: disable actions that change the server")
	set.StringVar(&f.theme, "theme", "", "`theme` or theme file: "+joinOr(theme.Names())+" (default: dark or light, like the terminal)")
	set.BoolVar(&f.ascii, "ascii", false, "use only ASCII characters")
	set.BoolVar(&f.accessible, "accessible", false, "for screen readers: no alternate screen, no rules and glyphs, a line for each change")
}

// flagError replaces the errors of package strconv.
func flagError(cmd *cobra.Command, err error) error {
	if errors.As(err, new(*pflag.NotExistError)) {
		return fmt.Errorf("%w: %s --help lists the flags", err, cmd.CommandPath())
	}
	invalid, ok := errors.AsType[*pflag.InvalidValueError](err)
	if !ok {
		return err
	}
	flag := invalid.GetFlag()
	switch flag.Value.Type() {
	case "duration":
		return usagef("--%s is %q, expected a duration like 5s or 20m", flag.Name, invalid.GetValue())
	case "int", "int64":
		return usagef("--%s is %q, expected an integer", flag.Name, invalid.GetValue())
	case "bool":
		return usagef("--%s is %q, expected true or false", flag.Name, invalid.GetValue())
	}
	return err
}

// validate checks the values and combinations of the flags.
func (f *flags) validate(set *pflag.FlagSet) error {
	f.seeded = set.Changed("demo-seed")
	switch {
	case f.demo && f.overrides != config.Overrides{}:
		return usagef("--demo cannot be combined with --api-url, --profile or --organization")
	case !f.demo && (set.Changed("demo-size") || set.Changed("demo-seed")):
		return usagef("--demo-size and --demo-seed require --demo")
	case f.demoSize < 1 || f.demoSize > demo.MaxSize:
		return usagef("--demo-size is %d, expected 1 to %d", f.demoSize, demo.MaxSize)
	case set.Changed("interval") && config.CheckInterval(f.interval) != nil:
		return usagef("--interval is %v, expected %v to %v", f.interval, config.MinInterval, config.MaxInterval)
	case set.Changed("theme") && config.CheckTheme(f.theme) != nil:
		return usagef("--theme is %q, expected %s", f.theme, config.ThemeChoices())
	}
	return nil
}

// applyConfig sets the flags that are not on the command line to the values of the
// configuration file.
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

// loadConfig reads the configuration file and prints its warnings.
func (p *program) loadConfig(f *flags) (config.Config, error) {
	c, warnings, err := p.readConfig(f)
	for _, warning := range warnings {
		p.printError(warning)
	}
	return c, err
}

// readConfig reads the configuration file. Its warnings include those of
// profileWarnings.
func (p *program) readConfig(f *flags) (config.Config, []config.Problem, error) {
	c, warnings, err := config.Load(cmp.Or(f.config, p.configFile()), f.config != "")
	if err != nil {
		return c, nil, usageError{err}
	}
	return c, append(warnings, p.profileWarnings(f, c)...), nil
}

// profileWarnings returns warnings about settings of profiles that do not apply.
func (p *program) profileWarnings(f *flags, c config.Config) []config.Problem {
	if f.demo || len(c.Profiles) == 0 {
		return nil
	}
	var warnings []config.Problem
	if variable := config.SecretEnvVar(f.overrides, p.Getenv); variable != "" && !f.viewOnly && !f.readOnly {
		warnings = c.ReadOnlyIgnored(variable) // first, because the dashboard shows only one
	}
	if names, err := client.CLIProfileNames(p.DaytonaCLIDir); err == nil {
		warnings = append(warnings, c.UnknownProfiles(names)...)
	}
	return warnings
}

// configFile returns the path of the default configuration file.
func (p *program) configFile() string { return filepath.Join(p.ConfigDir, name, "config.yaml") }

// must panics on errors that can only be bugs in this package.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
