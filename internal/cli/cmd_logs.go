package cli

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/buildlog"
	"daytona/snapdeck/ui/text"
)

// logsCommand returns the logs command.
func (p *program) logsCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var output string
	var follow bool
	cmd := &cobra.Command{
		Use:   "logs NAME",
		Short: "Print the build log of a snapshot",
		Long: `Print the build log of a snapshot, given by name or id. With -f the command
follows a running build until it ends.

The text is the log as the server sent it; on a terminal, control characters in it
are escaped. -o json prints one object with id, name, state and log.`,
		Example: `  snapdeck logs node-playwright
  snapdeck logs -f node-20-agents
  snapdeck logs node-playwright | tail -n 20`,
		Args:              oneName,
		ValidArgsFunction: p.completeNames(f, 1),
		RunE: p.runE(func(cmd *cobra.Command) error {
			if follow && output == "json" {
				return usagef("-f and -o json exclude each other: use one of them")
			}
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error {
				return s.logs(ctx, cmd.Flags().Arg(0), follow, output)
			})
		}),
	}
	outputFlag(cmd, &output, "text", "json")
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "follow a running build until it ends")
	f.addServerFlags(cmd, p.configFile())
	return cmd
}

// logs prints the build log of one snapshot.
func (s *session) logs(ctx context.Context, arg string, follow bool, output string) error {
	found, err := s.getOne(ctx, arg)
	if err != nil {
		return err
	}
	if found.BuildInfo.Presence != model.Present {
		return fmt.Errorf("%s has no build log: it is not built from a Dockerfile", found.Name)
	}
	if output == "json" {
		return s.logJSON(ctx, found)
	}
	if !s.outIsTerminal() {
		return s.api.BuildLogs(ctx, found.ID, follow, s.Out)
	}
	lines := &safeLines{print: func(line text.Line) error { return s.printLines([]text.Line{line}) }}
	err = s.api.BuildLogs(ctx, found.ID, follow, lines)
	lines.flush()
	return err
}

func (s *session) logJSON(ctx context.Context, found *model.Snapshot) error {
	var log bytes.Buffer
	if err := s.api.BuildLogs(ctx, found.ID, false, &log); err != nil {
		return err
	}
	return s.printJSON(struct {
		ID    string      `json:"id"`
		Name  string      `json:"name"`
		State model.State `json:"state"`
		Log   string      `json:"log"`
	}{found.ID, found.Name, found.State, log.String()})
}

// maxLogLine is the longest part of a line that is kept until its end.
const maxLogLine = 64 << 10

// safeLines is a writer that prints a build log line by line.
type safeLines struct {
	print func(text.Line) error
	rest  []byte // without a line feed yet
}

// Write implements io.Writer.
func (l *safeLines) Write(p []byte) (int, error) {
	l.rest = append(l.rest, p...)
	for {
		end := bytes.IndexByte(l.rest, '\n')
		if end < 0 {
			if len(l.rest) > maxLogLine {
				l.flush()
			}
			return len(p), nil
		}
		if err := l.print(buildlog.Line(string(bytes.TrimSuffix(l.rest[:end], []byte("\r"))))); err != nil {
			return 0, err
		}
		l.rest = l.rest[end+1:]
	}
}

// flush prints a last line without a line feed.
func (l *safeLines) flush() {
	if len(l.rest) > 0 {
		_ = l.print(buildlog.Line(string(l.rest)))
		l.rest = nil
	}
}
