package cli

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// completionTimeout bounds the requests of a completion. Errors are ignored, because a
// shell cannot show them.
const completionTimeout = 2 * time.Second

// completeNames completes the names of up to most snapshots, 0 for any number. It sends one
// request, however many snapshots there are, because requests count toward the organization's
// rate limit.
func (p *program) completeNames(f *flags, most int) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		if most > 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []string
		p.withCompletionAPI(cmd.Context(), f, func(ctx context.Context, api *client.Client) {
			found, _ := api.SearchByName(ctx, toComplete)
			for _, s := range found {
				if strings.HasPrefix(s.Name, toComplete) && isLiteral(s.Name) && (toComplete != "" || s.Name[0] != '-') && !slices.Contains(args, s.Name) { // not an option
					names = append(names, s.Name)
				}
			}
		})
		return slices.Compact(names), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeDeleted completes the names of deleted snapshots that can be restored. It sends no
// request.
func (p *program) completeDeleted(f *flags) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		r := recovery{program: p, flags: f}
		if _, err := r.open(); err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		deleted, _ := r.journal.Deleted()
		var names []string
		for _, d := range deleted {
			if d.Err == nil && !errors.Is(r.here().Accepts(d.Target), rebuild.ErrOtherServer) && isLiteral(d.Name) && restoreNote(d.Snapshot) == "" {
				names = append(names, d.Name)
			}
		}
		slices.Sort(names)
		return slices.Compact(names), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeQuery completes the last word of a query: a field or its value.
func (p *program) completeQuery(f *flags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		var env query.Context
		if needsRegions(toComplete) {
			p.withCompletionAPI(cmd.Context(), f, func(ctx context.Context, api *client.Client) { env.Regions, _ = api.Regions(ctx) })
		}
		if name, ok := completesFamily(toComplete); ok {
			env.FamilyNames = p.familyNames(cmd.Context(), f, name)
		}
		directive := cobra.ShellCompDirectiveNoFileComp
		completions := query.Complete(toComplete, env)
		if toComplete == "" {
			for _, field := range query.Fields() {
				completions = append(completions, field+":")
			}
		}
		completions = slices.DeleteFunc(completions, isNotLiteral)
		if slices.ContainsFunc(completions, func(s string) bool { return strings.HasSuffix(s, ":") }) {
			directive |= cobra.ShellCompDirectiveNoSpace // the value follows
		}
		return completions, directive
	}
}

// isLiteral reports whether every shell takes the word as it is. Completions come from the
// server, shells insert them without quotes, and pressing TAB again evaluates them: bash
// runs the command in x$(command).
func isLiteral(word string) bool {
	if word == "" || strings.ContainsRune("%@", rune(word[0])) || text.Altered(word) {
		return false
	}
	return !strings.ContainsFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.,:/@%+", r)
	})
}

func isNotLiteral(word string) bool { return !isLiteral(word) }

// completesFamily reports whether the last word of a query completes a family, and returns the
// part of the name that is typed.
func completesFamily(toComplete string) (name string, ok bool) {
	last := toComplete[strings.LastIndexByte(toComplete, ' ')+1:]
	field, value, _ := strings.Cut(strings.TrimPrefix(last, "-"), ":")
	return value[strings.LastIndexByte(value, ',')+1:], strings.EqualFold(field, "family") && strings.Contains(last, ":")
}

// needsRegions reports whether the last word of a query completes a region.
func needsRegions(toComplete string) bool {
	last := toComplete[strings.LastIndexByte(toComplete, ' ')+1:]
	return strings.HasPrefix(strings.ToLower(strings.TrimPrefix(last, "-")), "region:")
}

// completeSort completes columns and their reverse order.
func completeSort(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var completions []string
	for _, column := range row.SortColumns() {
		completions = append(completions, column, column+row.Reversed)
	}
	return completions, cobra.ShellCompDirectiveNoFileComp
}

// completeProfiles completes --profile for all commands with the profiles of the
// Daytona CLI.
func (p *program) completeProfiles(root *cobra.Command) {
	for _, cmd := range append(root.Commands(), root) {
		if cmd.Flags().Lookup("profile") == nil {
			continue
		}
		must(cmd.RegisterFlagCompletionFunc("profile", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			names, _ := client.CLIProfileNames(p.DaytonaCLIDir)
			return slices.DeleteFunc(names, isNotLiteral), cobra.ShellCompDirectiveNoFileComp
		}))
	}
}

// withCompletionAPI calls use with a connected client, or not at all.
func (p *program) withCompletionAPI(ctx context.Context, f *flags, use func(context.Context, *client.Client)) {
	ctx, cancel := context.WithTimeout(ctx, completionTimeout)
	defer cancel()
	quiet := *f
	quiet.debug = "" // a key press writes no files
	server, err := p.connect(ctx, &quiet)
	if err != nil {
		return
	}
	defer server.close()
	use(ctx, server.api)
}
