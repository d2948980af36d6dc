package cli

import "github.com/spf13/cobra"

// oneName checks the arguments of a command on one snapshot.
func oneName(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "":
		return usagef("%s requires the NAME or id of a snapshot, like: snapdeck %s node-20-agents", cmd.Name(), cmd.Name())
	case len(args) > 1:
		return usagef("%s accepts one NAME, got %d: quote a name with spaces", cmd.Name(), len(args))
	}
	return nil
}

// newName checks the arguments of create.
func newName(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || args[0] == "" {
		return usagef("create requires the NAME of the new snapshot, like: snapdeck create agents-2.0 -f Dockerfile")
	}
	return oneName(cmd, args)
}
