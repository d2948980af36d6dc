package cli

import (
	"bytes"
	"strings"

	"github.com/spf13/cobra"
)

// patchCobra makes cobra's own commands report invalid usage as an error. Cobra prints
// the help to stdout, which a shell would source.
func patchCobra(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, words []string) error {
				if _, unknown, err := root.Find(words); err != nil || len(unknown) > 0 {
					return usagef("unknown command %q", strings.Join(words, " "))
				}
				return nil
			}
		case "completion":
			patchCompletion(cmd)
		}
	}
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

// patchFish makes fish complete words that start with a dash, like -region:eu. Cobra's
// script passes them to string split as options.
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
		patched := strings.ReplaceAll(script.String(), `string split --max 1 \t $`, `string split --max 1 -- \t $`)
		_, err = cmd.OutOrStdout().Write([]byte(patched))
		return err
	}
}
