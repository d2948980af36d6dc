package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daytona/snapdeck/client"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// completionTimeout is how long somebody who pressed tab waits. What cannot be
// completed by then, or at all, is not: a shell has no place for errors.
const completionTimeout = 2 * time.Second

// completeName completes the name of a snapshot. It costs one request, whatever
// the number of snapshots, since the organization's rate limit pays for it.
func (p *program) completeName(f *flags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []string
		p.withCompletionAPI(cmd.Context(), f, func(ctx context.Context, api *client.Client) {
			found, _ := api.SearchByName(ctx, toComplete)
			for _, s := range found {
				// A completion is a line for a shell: it must hold nothing else.
				if strings.HasPrefix(s.Name, toComplete) && !text.Altered(s.Name) {
					names = append(names, s.Name)
				}
			}
		})
		return slices.Compact(names), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeQuery completes fields and their values, each word of a query for
// itself.
func (p *program) completeQuery(f *flags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		var about query.Context
		if needsRegions(toComplete) {
			p.withCompletionAPI(cmd.Context(), f, func(ctx context.Context, api *client.Client) { about.Regions, _ = api.Regions(ctx) })
		}
		directive := cobra.ShellCompDirectiveNoFileComp
		completions := query.Complete(toComplete, about)
		if toComplete == "" {
			for _, field := range query.Fields() {
				completions = append(completions, field+":")
			}
		}
		completions = slices.DeleteFunc(completions, text.Altered)
		if slices.ContainsFunc(completions, func(s string) bool { return strings.HasSuffix(s, ":") }) {
			directive |= cobra.ShellCompDirectiveNoSpace // the value follows
		}
		return completions, directive
	}
}

// needsRegions reports whether the last word of a query asks for a region.
func needsRegions(toComplete string) bool {
	last := toComplete[strings.LastIndexByte(toComplete, ' ')+1:]
	return strings.HasPrefix(strings.ToLower(strings.TrimPrefix(last, "-")), "region:")
}

// completeSort completes columns.
func completeSort(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var completions []string
	for _, column := range row.SortColumns() {
		completions = append(completions, column, column+row.Reversed)
	}
	return completions, cobra.ShellCompDirectiveNoFileComp
}

// completeProfiles completes the profiles of the vendor's CLI, for every command
// that takes one.
func (p *program) completeProfiles(root *cobra.Command) {
	for _, cmd := range append(root.Commands(), root) {
		if cmd.Flags().Lookup("profile") == nil {
			continue
		}
		must(cmd.RegisterFlagCompletionFunc("profile", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			names, _ := client.CLIProfileNames(p.DaytonaCLIDir)
			return slices.DeleteFunc(names, text.Altered), cobra.ShellCompDirectiveNoFileComp
		}))
	}
}

// withCompletionAPI asks the server while somebody waits at a prompt.
func (p *program) withCompletionAPI(ctx context.Context, f *flags, ask func(context.Context, *client.Client)) {
	ctx, cancel := context.WithTimeout(ctx, completionTimeout)
	defer cancel()
	server, err := p.connect(ctx, f)
	if err != nil {
		return
	}
	defer server.close()
	ask(ctx, server.api)
}
