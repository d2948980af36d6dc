package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/watch"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// watchCommand returns the watch command.
func (p *program) watchCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var output string
	var duration time.Duration
	cmd := &cobra.Command{
		Use:   "watch [QUERY...]",
		Short: "Print changes of snapshots as they happen",
		Long: `Print a line for each change of a snapshot: added, deleted, in another state, failed
and why, other properties, or close to its deactivation (3 days, 1 day, 1 hour). A
query selects the snapshots that match it before or after the change.

The command reconnects after an outage, which it reports on stderr, and stays
within the request budget of the dashboard. Each line is written at once. -o jsonl
prints one JSON object a line, with time, event (added, deleted, state, failed,
changed or deactivates), id, name, state, from, reason, fields, deactivatesAt and
assumed.

Exit codes: 0 after the time of --for; 128+n ended by signal n; 4 and 6 if the
first list cannot be read.`,
		Example: `  snapdeck watch
  snapdeck watch name:agents --for 30m
  snapdeck watch -o jsonl | jq -r --unbuffered 'select(.event == "failed").name'`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: p.completeQuery(f),
		RunE: p.runE(func(cmd *cobra.Command) error {
			q, err := p.parseQuery(cmd.Flags().Args())
			if err != nil {
				return err
			}
			if duration < 0 || cmd.Flags().Changed("for") && duration == 0 {
				return usagef("--for is %v, expected a positive duration like 30m", duration)
			}
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error { return s.watch(ctx, q, duration, output) })
		}),
	}
	outputFlag(cmd, &output, "text", "jsonl")
	cmd.Flags().DurationVar(&duration, "for", 0, "end after this time (default: never)")
	cmd.Flags().DurationVar(&f.interval, "interval", defaultInterval, "minimum poll interval")
	cmd.Flags().Lookup("for").DefValue = "0s"
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("for", cobra.FixedCompletions([]string{"10m", "30m", "1h", "8h"}, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// watch prints changes until its time is over or a signal ends it.
func (s *session) watch(ctx context.Context, q query.Query, duration time.Duration, output string) error {
	optional, cancel := context.WithTimeout(ctx, contextTimeout)
	env := s.view(optional).QueryContext()
	cancel()
	interval := s.flags.interval
	if !s.set.Changed("interval") {
		interval = cmp.Or(s.config.Interval, defaultInterval)
	}
	return watch.New(watch.Options{
		API: s.api, Host: s.api.Host(), Query: q, Context: env, Interval: interval, For: duration, Now: s.Now, Sleep: s.Sleep,
		Started: func(matching, all int, mistakes []query.Problem) error {
			if len(mistakes) > 0 {
				return queryError(q, mistakes[0])
			}
			if q.Empty() {
				return printLine(s.Err, text.Sprintf("watching %s", format.Plural(all, "snapshot")))
			}
			return printLine(s.Err, text.Sprintf("watching: %d of %s match now", matching, format.Plural(all, "snapshot")))
		},
		Report: func(e watch.Event) error {
			if output == "jsonl" {
				line, err := json.Marshal(e)
				if err != nil {
					return err
				}
				return s.printRaw(string(line))
			}
			return s.printLines([]text.Line{e.Line()})
		},
		Connection: func(err error, retry time.Duration) {
			if err != nil {
				s.printError(fmt.Errorf("%w · reconnecting, next try in %s", err, format.Wait(retry)))
				return
			}
			_ = printLine(s.Err, text.Lit("connected again"))
		},
	}).Run(ctx)
}
