package cli

import (
	"context"

	"github.com/spf13/cobra"
)

// createCommand returns the create command.
func (p *program) createCommand() *cobra.Command {
	f := &flags{}
	r := &createRun{}
	cmd := &cobra.Command{
		Use:   "create NAME [--from SNAPSHOT] [-f DOCKERFILE | --image REF]",
		Short: "Create a snapshot",
		Long: `Create a snapshot from a Dockerfile, from an image, or like another snapshot, and
follow it until it is active.

--from takes the recipe of a snapshot, given by name or id; the other flags change
it. The command checks the recipe by the rules of a rebuild, prints on stderr what
it will send, and asks. A create that is interrupted can be resumed: snapdeck
recover --resume.

-o json prints an array of one object, as the other actions do. Exit codes: 0
active; 1 failed, refused or declined; 2 a question without a terminal; 3 the
outcome is unknown; 5 it is unfinished.`,
		Example: `  snapdeck create agents-2.0 -f Dockerfile --cpu 2 --memory 4 --log
  snapdeck create agents-eu --from agents-2.0 --region eu --yes
  snapdeck create node --image docker.io/library/node:24.3-slim --entrypoint sleep --entrypoint infinity`,
		Args: newName,
		RunE: p.runE(func(cmd *cobra.Command) error {
			r.set = cmd.Flags()
			if err := r.check(); err != nil {
				return err
			}
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error { return r.run(ctx, s, cmd.Flags().Arg(0)) })
		}),
	}
	r.addFlags(cmd, false)
	outputFlag(cmd, &r.output, "text", "json")
	set := cmd.Flags()
	set.StringVar(&r.from, "from", "", "take the recipe of this `snapshot`")
	set.StringVarP(&r.file, "file", "f", "", "build this Docker`file`, - for stdin")
	set.StringVar(&r.image, "image", "", "use this image `ref`, with a tag other than latest, or a digest")
	set.StringArrayVar(&r.entrypoint, "entrypoint", nil, "`word` of the entrypoint, for an image; repeatable")
	set.StringVar(&r.region, "region", "", "create in this `region`, by name or id (default: that of --from, else the organization's)")
	set.IntVar(&r.cpu, "cpu", 0, "CPU `cores`")
	set.IntVar(&r.memory, "memory", 0, "memory in `GiB`")
	set.IntVar(&r.disk, "disk", 0, "disk in `GiB`")
	set.IntVar(&r.gpu, "gpu", 0, "GPUs, 0 or 1")
	set.StringVar(&r.gpuType, "gpu-type", "", "`type` of the GPU")
	set.StringVar(&r.class, "class", "", "sandbox `class`")
	set.BoolVar(&r.logs, "log", false, "print the build log on stderr")
	for _, name := range []string{"cpu", "memory", "disk", "gpu"} {
		set.Lookup(name).DefValue = "0" // hides the default: without the flag it is not sent
	}
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("region", p.completeRegion(f)))
	must(cmd.RegisterFlagCompletionFunc("from", p.completeNames(f, 0)))
	must(cmd.RegisterFlagCompletionFunc("image", cobra.NoFileCompletions))
	return cmd
}
