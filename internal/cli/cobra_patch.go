package cli

import (
	"bytes"
	"strings"

	"github.com/spf13/cobra"
)

// patchCobra makes the commands that cobra brings answer wrong usage as ours do, with
// an error in place of a help on stdout that a shell would source.
func patchCobra(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, words []string) error {
				if _, unknown, err := root.Find(words); err != nil || len(unknown) > 0 {
					return usagef("there is no command %q", strings.Join(words, " "))
				}
				return nil
			}
		case "completion":
			patchCompletion(cmd)
		}
	}
}

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
			return usagef("completion is for %s, not for %q", joinOr(shells), args[0])
		}
		return cmd.Help()
	}
}

// patchFish lets fish complete what begins with a dash, as the terms of a query do that
// exclude something: cobra's script takes it for an option of string split.
func patchFish(fish *cobra.Command) {
	fish.RunE = func(cmd *cobra.Command, _ []string) error {
		bare, err := cmd.Flags().GetBool("no-descriptions")
		if err != nil {
			return err
		}
		var script bytes.Buffer
		if err := cmd.Root().GenFishCompletion(&script, !bare); err != nil {
			return err
		}
		mended := strings.ReplaceAll(script.String(), `string split --max 1 \t $`, `string split --max 1 -- \t $`)
		_, err = cmd.OutOrStdout().Write([]byte(mended))
		return err
	}
}
