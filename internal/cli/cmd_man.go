package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/man"
)

// manCommand returns the command that writes the manual pages, for packages. It is hidden,
// because users have "help".
func (p *program) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages",
		Long:    "Write a manual page for each command to a directory, in the format of man(1).",
		Example: "  snapdeck man /usr/local/share/man/man1",
		Hidden:  true,
		Args:    cobra.ExactArgs(1),
		RunE: p.runE(func(cmd *cobra.Command) error {
			readers := &program{Environment: Environment{ConfigDir: "~/.config"}}
			return writeManual(readers.rootCommand(), cmd.Flags().Arg(0))
		}),
	}
}

// writeManual writes the page of each visible command to dir, which it creates.
func writeManual(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	pages := []*cobra.Command{root}
	for _, cmd := range root.Commands() {
		if cmd.IsAvailableCommand() && cmd.Name() != "help" && cmd.Name() != "completion" {
			pages = append(pages, cmd)
		}
	}
	for _, cmd := range pages {
		page := man.Page{Command: cmd, Date: commitDate(), Version: name + " " + strings.Fields(version())[0]}
		if cmd == root {
			page.More = manualSections()
		}
		for _, other := range pages {
			if other != cmd {
				page.SeeAlso = append(page.SeeAlso, man.Name(other))
			}
		}
		if err := writePage(filepath.Join(dir, man.Name(cmd)+".1"), page); err != nil {
			return err
		}
	}
	return nil
}

func writePage(path string, page man.Page) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := page.Write(file); err != nil {
		_ = file.Close()
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return file.Close()
}

// commitDate returns the day of the commit of this build, "" if it is unknown.
func commitDate() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.time" {
			day, _, _ := strings.Cut(setting.Value, "T")
			return day
		}
	}
	return ""
}

// manualSections returns the sections of the main page that its help does not have.
func manualSections() []man.Section {
	codes := exitCodes()
	for i := range codes {
		codes[i][1] = strings.ReplaceAll(codes[i][1], "`", "")
	}
	return []man.Section{
		{Title: "EXIT STATUS", Items: codes},
		{Title: "ENVIRONMENT", Items: [][2]string{
			{"DAYTONA_API_KEY, DAYTONA_JWT_TOKEN", "the credential, see above"},
			{"DAYTONA_ORGANIZATION_ID", "the organization of a JWT"},
			{"DAYTONA_API_URL", "the URL of the API, ends in /api"},
			{"DAYTONA_CONFIG_DIR", "the folder of the configuration of the Daytona CLI"},
			{"NO_COLOR", "turns colours off"},
			{"SNAPDECK_ACCESSIBLE", "as --accessible"},
			{"VISUAL, EDITOR", "the editor for Dockerfiles"},
		}},
		{Title: "FILES", Items: [][2]string{
			{"~/.config/snapdeck/config.yaml", "the configuration"},
			{"~/.local/state/snapdeck/rebuilds", "the journal of unfinished actions, and the recipes of deleted snapshots"},
			{"~/.local/state/snapdeck/actions.jsonl", "the log of actions"},
		}},
	}
}
