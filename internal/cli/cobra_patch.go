package cli

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// cobraOutput keeps the error of a write: cobra ignores it, or prints it after "Error:".
type cobraOutput struct {
	out io.Writer
	err error
}

// Write implements [io.Writer]. It never fails.
func (o *cobraOutput) Write(b []byte) (int, error) {
	if o.err == nil {
		_, o.err = o.out.Write(b)
	}
	return len(b), nil
}

// patchCobra makes cobra's own commands report invalid usage as an error. Cobra prints
// the help to stdout, which a shell would source.
func patchCobra(root *cobra.Command) {
	root.SuggestionsMinimumDistance = 2
	root.Args = func(_ *cobra.Command, words []string) error {
		if len(words) > 0 {
			return unknownCommand(root, words[0])
		}
		return nil
	}
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, words []string) error {
				if _, unknown, err := root.Find(words); err != nil || len(unknown) > 0 {
					return unknownCommand(root, strings.Join(words, " "))
				}
				return nil
			}
		case "completion":
			patchCompletion(cmd)
		}
	}
}

// unknownCommand returns the error for a command that does not exist, with those like it.
func unknownCommand(root *cobra.Command, words string) error {
	if like := root.SuggestionsFor(words); len(like) > 0 {
		return usagef("unknown command %q: did you mean %s?", words, strings.Join(like, " or "))
	}
	return usagef("unknown command %q: %s --help lists the commands", words, name)
}

// patchUsage shows boolean flags as --flag, like the GitHub CLI does. pflag adds
// [=true|false].
func patchUsage(root *cobra.Command) {
	out, usage := root.OutOrStdout(), root.UsageFunc()
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		const suffix = "[=true|false]"
		var text bytes.Buffer
		cmd.SetOut(&text)
		defer cmd.SetOut(out)
		if err := usage(cmd); err != nil {
			return err
		}
		spaces := strings.Repeat(" ", len(suffix)) // keeps the descriptions aligned
		_, err := io.WriteString(out, strings.ReplaceAll(text.String(), suffix, spaces))
		return err
	})
}

// patchCompletion makes the completion command reject unknown shells.
func patchCompletion(completion *cobra.Command) {
	var shells []string
	for _, shell := range completion.Commands() {
		shells = append(shells, shell.Name())
		if shell.Name() == "fish" {
			patchFish(shell)
		}
	}
	completion.Args = cobra.ArbitraryArgs
	completion.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usagef("unknown shell %q, expected %s", args[0], joinOr(shells))
		}
		return cmd.Help()
	}
}

// patchFish makes fish complete words that start with a dash, like -region:eu, which
// cobra's script passes to string split as options. It also quotes the words before the
// completed one: the script evaluates them without the quotes that the user typed.
func patchFish(fish *cobra.Command) {
	fish.RunE = func(cmd *cobra.Command, _ []string) error {
		noDescriptions, err := cmd.Flags().GetBool("no-descriptions")
		if err != nil {
			return err
		}
		var script bytes.Buffer
		if err := cmd.Root().GenFishCompletion(&script, !noDescriptions); err != nil {
			return err
		}
		_, err = strings.NewReplacer(
			`string split --max 1 \t $`, `string split --max 1 -- \t $`,
			`set -l args (commandline -opc)`, "set -l args (commandline -opc)\n    set -l args $args[1] (string escape -- $args[2..-1] '')[1..-2]",
		).WriteString(cmd.OutOrStdout(), script.String())
		return err
	}
}
