package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/inspect"
)

// diffCommand returns the diff command.
func (p *program) diffCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var output, file string
	cmd := &cobra.Command{
		Use:   "diff A B | diff NAME -f DOCKERFILE",
		Short: "Compare two snapshots, or a Dockerfile with a snapshot",
		Long: `Compare two snapshots, given by name or id, and print unified diffs of what a create
request takes: the properties and the Dockerfiles. Names, ids, states and times are
not compared. With -f, compare the Dockerfile of a snapshot, without the comment of
a verified rebuild, with a file; - is stdin.

In a pipe the text is exact, so that patch can read it. -o json prints one object
with equal and diff.

Exit codes: 0 equal; 1 different; 2 one of the two is missing.`,
		Example: `  snapdeck diff node-20-agents node-24-agents
  snapdeck diff node-20-agents -f Dockerfile
  snapdeck diff node-20-agents -f Dockerfile && echo up to date`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case file == "" && len(args) != 2:
				return usagef("diff requires two names or ids, or one and -f DOCKERFILE; got %d", len(args))
			case file != "" && len(args) != 1:
				return usagef("diff -f requires one name or id, got %d", len(args))
			}
			return nil
		},
		ValidArgsFunction: p.completeNames(f, 2),
		RunE: p.runE(func(cmd *cobra.Command) error {
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error {
				return s.diff(ctx, cmd.Flags().Args(), file, output)
			})
		}),
	}
	outputFlag(cmd, &output, "text", "json")
	cmd.Flags().StringVarP(&file, "file", "f", "", "compare with this Docker`file`, - for stdin")
	f.addServerFlags(cmd, p.configFile())
	return cmd
}

// diff prints the differences between two snapshots, or between one and a Dockerfile.
func (s *session) diff(ctx context.Context, names []string, file, output string) error {
	first, err := s.getSide(ctx, names[0])
	if err != nil {
		return err
	}
	var diff string
	if file != "" {
		diff, err = s.diffFile(ctx, first, file)
	} else {
		var second *model.Snapshot
		if second, err = s.getSide(ctx, names[1]); err == nil {
			diff = inspect.UnifiedDiff(first, second)
		}
	}
	if err == nil {
		err = s.printDiff(diff, output)
	}
	if err == nil && diff != "" {
		err = exitError{errReported, exitFailed}
	}
	return err
}

// getSide reads one side of the comparison.
func (s *session) getSide(ctx context.Context, name string) (*model.Snapshot, error) {
	found, err := s.getOne(ctx, name)
	if model.CodeOf(err) == model.NotFound {
		err = exitError{fmt.Errorf("%s: %w", name, err), exitUsage}
	}
	return found, err
}

// diffFile compares the Dockerfile of a snapshot with a file.
func (s *session) diffFile(ctx context.Context, first *model.Snapshot, path string) (string, error) {
	after, err := s.readDockerfile(ctx, path)
	if err != nil {
		return "", err
	}
	before, ok := first.Dockerfile()
	if !ok {
		return "", usagef("%s has no Dockerfile to compare with", first.Name)
	}
	if own, removed := rebuild.WithoutComment(before); removed {
		if before = own; !strings.HasSuffix(after, "\n") {
			before = strings.TrimSuffix(before, "\n")
		}
	}
	return inspect.UnifiedDockerfiles(first.Name+"/Dockerfile", path, before, after), nil
}

// printDiff prints a unified diff, exact in a pipe.
func (s *session) printDiff(diff, output string) error {
	if output == "json" {
		return s.printJSON(struct {
			Equal bool   `json:"equal"`
			Diff  string `json:"diff"`
		}{diff == "", diff})
	}
	if s.outIsTerminal() {
		return s.printLines(inspect.UnifiedLines(diff))
	}
	_, err := io.WriteString(s.Out, diff)
	return err
}
