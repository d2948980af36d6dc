package cli

import (
	"context"

	"github.com/spf13/cobra"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
)

// rebuildCommand returns the rebuild command.
func (p *program) rebuildCommand() *cobra.Command {
	f := &flags{}
	r := &rebuildRun{}
	cmd := &cobra.Command{
		Use:   "rebuild NAME... | --query QUERY",
		Short: "Delete snapshots and create them again from their recipes",
		Long: `Delete snapshots and create them again from their recipes.
Give their names or ids, or a query for all that match.

Each recipe is saved to disk first. A rebuild that is interrupted, by a signal or a
crash, can be resumed: snapdeck recover --resume.

--verify builds a Dockerfile under a temporary name before anything is deleted. -f
replaces the Dockerfile of one snapshot; the old one is saved to a file. --region
chooses the region to create in, from those of the snapshot. --log prints the build
log on stderr.

` + aboutQuestion + " " + aboutNames + `

` + aboutResults + `

` + aboutCodes + `
5, an unfinished rebuild remains, takes precedence over 3.`,
		Example: `  snapdeck rebuild node-20-agents --verify --log
  snapdeck rebuild node-20-agents -f Dockerfile --yes
  snapdeck rebuild --query 'state:failed' --yes -o json`,
		RunE: p.runE(func(cmd *cobra.Command) error {
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error { return r.run(ctx, s) })
		}),
	}
	r.addQuery(p, cmd, f)
	r.addFlags(cmd, true)
	outputFlag(cmd, &r.output, "text", "json")
	set := cmd.Flags()
	set.StringVarP(&r.file, "file", "f", "", "rebuild with this Docker`file`, - for stdin")
	set.BoolVar(&r.verify, "verify", false, "build under a temporary name before the delete")
	set.StringVar(&r.region, "region", "", "create in this `region`, by name or id")
	set.BoolVar(&r.logs, "log", false, "print the build log on stderr")
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("region", p.completeRegion(f)))
	return cmd
}

// rebuildRun is one run of rebuild.
type rebuildRun struct {
	selector
	confirmFlags
	file, region string
	verify, logs bool
	output       string
}

func (r *rebuildRun) run(ctx context.Context, s *session) error {
	if err := s.checkWritable(); err != nil {
		return err
	}
	if r.file != "" && len(r.names) != 1 {
		return usagef("-f requires one name or id")
	}
	dockerfile, err := r.dockerfile(ctx, s)
	if err != nil {
		return err
	}
	all, err := r.read(ctx, s)
	if err != nil {
		return err
	}
	if len(all.targets) == 0 {
		return s.nothingMatches(r.output)
	}
	dir, err := s.openState(s.flags.demo)
	if err != nil {
		return err
	}
	defer dir.close()
	engine := s.rebuilder(dir)
	defer engine.journal.settle()
	planner := planner{engine: engine, all: all, dockerfile: dockerfile, mode: model.InPlace, access: s.access(ctx, all.view)}
	if r.verify {
		planner.mode = model.VerifyFirst
	}
	if planner.region, err = all.regionID(r.region); err != nil {
		return err
	}
	g := s.newGuard(ctx, mutation.Rebuild(), all)
	plans, q, err := planner.question(s, g)
	if err == nil {
		err = s.ask(ctx, q, r.confirmFlags)
	}
	if err != nil {
		return err
	}
	run := &workflowRun{session: s, engine: engine, action: "rebuild", past: "rebuilt", logs: r.logs, record: s.recorder(dir), check: g.check}
	return run.runPlans(ctx, plans, r.output)
}

// dockerfile returns the content of -f, nil without it.
func (r *rebuildRun) dockerfile(ctx context.Context, s *session) (*string, error) {
	if r.file == "" {
		return nil, nil
	}
	content, err := s.readDockerfile(ctx, r.file)
	return &content, err
}
