package cli

import (
	"context"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/text"
)

// showCommand returns the show command.
func (p *program) showCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var output string
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show the details of a snapshot",
		Long: `Show the details of a snapshot, given by name or id: its properties, its build,
its regions and its Dockerfile.

  text  as in the dashboard, without the history
  json  as the server sent it, byte for byte
  yaml  the same as YAML`,
		Example: `  snapdeck show node-20-agents
  snapdeck show node-20-agents -o json | jq -r .ref
  snapdeck list -o name | fzf --preview 'snapdeck show {}'`,
		Args:              oneName,
		ValidArgsFunction: p.completeNames(f, 1),
		RunE: p.runE(func(cmd *cobra.Command) error {
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error {
				return s.show(ctx, cmd.Flags().Arg(0), output)
			})
		}),
	}
	outputFlag(cmd, &output, "text", "json", "yaml")
	f.addServerFlags(cmd, p.configFile())
	return cmd
}

// show prints one snapshot.
func (s *session) show(ctx context.Context, arg, output string) error {
	found, err := s.getOne(ctx, arg)
	if err != nil {
		return err
	}
	switch output {
	case "json":
		return s.printRaw(found.Raw.String())
	case "yaml":
		return s.showYAML(found)
	default:
		return s.showText(ctx, found)
	}
}

// showYAML prints the JSON of a snapshot as YAML.
func (s *session) showYAML(found *model.Snapshot) error {
	converted, err := yaml.JSONToYAML([]byte(found.Raw.String()))
	if err != nil {
		return err
	}
	if s.outIsTerminal() {
		return s.printLines(text.Pane(string(converted), theme.Text))
	}
	_, err = s.Out.Write(converted)
	return err
}

// showText prints the details. Of the other snapshots it reads one page at most: those with
// the same ref are known only if it has all of them.
func (s *session) showText(ctx context.Context, found *model.Snapshot) error {
	optional, cancel := context.WithTimeout(ctx, contextTimeout)
	defer cancel()
	v := s.view(optional)
	first, stop := context.WithCancel(optional)
	defer stop()
	listing, err := s.api.List(first, func(p model.ListProgress) {
		if p.Total > len(p.Snapshots) {
			stop()
		}
	})
	if err == nil && listing.Incomplete == nil {
		store, _ := v.Data.Store.Apply(listing.Snapshots)
		store, _ = store.With(found) // newer
		v.Data.Store, v.Skew = store, listing.ClockSkew
		v.Now = v.Now.Add(v.Skew)
	} else {
		v.Data.Store = v.Data.Store.Load([]*model.Snapshot{found})
	}
	return s.printLines(inspect.Report(v, found))
}
