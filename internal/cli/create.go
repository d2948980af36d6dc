package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// createRun is one run of create.
type createRun struct {
	confirmFlags
	set *pflag.FlagSet

	from, file, image      string
	entrypoint             []string
	region, gpuType, class string
	cpu, memory, disk, gpu int
	output                 string
	logs                   bool
}

// check returns an error for flags that cannot be combined or have invalid values.
func (r *createRun) check() error {
	switch {
	case r.file != "" && r.image != "":
		return usagef("-f and --image exclude each other: use one of them")
	case r.file == "" && r.image == "" && r.from == "":
		return usagef("create requires -f DOCKERFILE, --image REF or --from SNAPSHOT")
	case r.file != "" && len(r.entrypoint) > 0:
		return usagef("--entrypoint is for an image: a Dockerfile has its own")
	}
	for _, name := range []string{"cpu", "memory", "disk"} {
		if n, err := r.set.GetInt(name); err == nil && r.set.Changed(name) && n < 1 {
			return usagef("--%s is %d, expected at least 1", name, n)
		}
	}
	if r.gpu < 0 || r.gpu > 1 {
		return usagef("--gpu is %d, expected 0 or 1", r.gpu)
	}
	return nil
}

func (r *createRun) run(ctx context.Context, s *session, name string) error {
	if err := s.checkWritable(); err != nil {
		return err
	}
	all, err := s.readAll(ctx)
	if err != nil {
		return err
	}
	recipe, err := r.recipe(ctx, s, all, name)
	if err != nil {
		return err
	}
	dir, err := s.openState(s.flags.demo)
	if err != nil {
		return err
	}
	defer dir.close()
	engine, v := s.rebuilder(dir), all.view
	defer engine.journal.settle()
	plan := engine.Plan(model.RebuildRequest{
		Mode: model.Create, Recipe: &recipe, Name: name, Now: s.Now(),
		Store: v.Data.Store, Regions: v.Regions, Access: s.access(ctx, v), Organization: v.Organization,
	})
	if plan.Refused() {
		return refusedError(name, "created", plan)
	}
	lines := append(mutation.PlanLines(v, plan.Snapshot, plan, false), nil)
	lines = append(lines, bodyLines(recipe)...)
	q := question{verb: "create", count: 1, lines: lines}
	q.title = text.Join(text.Lit("Create ").As(theme.Title), text.Styled(name, theme.Title, nil), text.Sprintf("  in %s", s.connectionText(v)).As(theme.Dim))
	if r.yes { // without a question, what is sent is printed here
		if _, err := fmt.Fprintln(s.Err, text.Paint(s.listTheme(isTerminal(s.Err), false), append([]text.Line{q.title}, lines...))); err != nil {
			return err
		}
	}
	if err := s.ask(ctx, q, r.confirmFlags); err != nil {
		return err
	}
	run := &workflowRun{session: s, engine: engine, action: "create", past: "created", logs: r.logs, record: s.recorder(dir)}
	return run.runPlans(ctx, []model.Plan{plan}, r.output)
}

// recipe returns the recipe of the new snapshot.
func (r *createRun) recipe(ctx context.Context, s *session, all *selection, name string) (model.Recipe, error) {
	recipe := model.Recipe{Name: name}
	region, err := all.regionID(r.region)
	if err == nil && r.from != "" {
		recipe, err = r.copied(all, name)
	}
	if err == nil && r.file != "" {
		err = r.applyDockerfile(ctx, s, &recipe)
	}
	if err != nil {
		return recipe, err
	}
	if r.image != "" {
		recipe.ImageName, recipe.BuildInfo, recipe.Entrypoint = r.image, nil, nil
	}
	if len(r.entrypoint) > 0 {
		if recipe.BuildInfo != nil {
			return recipe, usagef("--entrypoint is for an image: a Dockerfile has its own")
		}
		recipe.Entrypoint = r.entrypoint
	}
	if region != "" {
		recipe.RegionID = region
	}
	r.applyResources(&recipe)
	return recipe, nil
}

// applyResources sets what the flags name.
func (r *createRun) applyResources(recipe *model.Recipe) {
	for flag, target := range map[string]struct {
		value int
		to    **int
	}{"cpu": {r.cpu, &recipe.CPU}, "memory": {r.memory, &recipe.Memory}, "disk": {r.disk, &recipe.Disk}, "gpu": {r.gpu, &recipe.GPU}} {
		if r.set.Changed(flag) {
			*target.to = &target.value
		}
	}
	if r.gpuType != "" {
		recipe.GPUType = []string{r.gpuType}
	}
	if recipe.GPU == nil || *recipe.GPU == 0 {
		recipe.GPUType = nil
	}
	if r.class != "" {
		recipe.SandboxClass = r.class
	}
}

// copied returns the recipe of --from under the new name.
func (r *createRun) copied(all *selection, name string) (model.Recipe, error) {
	source, err := findOne(all.listing.Snapshots, r.from)
	if err != nil {
		return model.Recipe{}, err
	}
	region := ""
	if usable := source.CreateRegions(all.view.Regions, all.view.Organization.DefaultRegionID); len(usable) > 0 {
		region = usable[0].ID
	}
	recipe, refused := rebuild.RecipeOf(source, region)
	recipe.Name = name
	replaced := r.file != "" || r.image != ""
	for _, refusal := range refused {
		if replaced && (refusal.Reason == model.ReasonRecipe || refusal.Reason == model.ReasonSandbox) {
			continue // its source is not used
		}
		return recipe, fmt.Errorf("the recipe of %s cannot be used: %s", source.Name, refusal.Text)
	}
	return recipe, nil
}

// applyDockerfile puts the Dockerfile into the recipe. The build context of --from stays.
func (r *createRun) applyDockerfile(ctx context.Context, s *session, recipe *model.Recipe) error {
	content, err := s.readDockerfile(ctx, r.file)
	if err != nil {
		return err
	}
	build := &model.RecipeBuild{DockerfileContent: content}
	if recipe.BuildInfo != nil {
		build.ContextHashes = recipe.BuildInfo.ContextHashes
	}
	recipe.BuildInfo, recipe.ImageName, recipe.Entrypoint = build, "", nil
	return nil
}

// bodyLines returns the body of the request, with the Dockerfile as text below.
func bodyLines(recipe model.Recipe) []text.Line {
	dockerfile := ""
	if recipe.BuildInfo != nil {
		dockerfile = recipe.BuildInfo.DockerfileContent
		recipe.BuildInfo = &model.RecipeBuild{DockerfileContent: "(below)", ContextHashes: recipe.BuildInfo.ContextHashes}
	}
	body, err := json.MarshalIndent(recipe, "", "  ")
	if err != nil {
		return text.Pane(err.Error(), theme.Text)
	}
	lines := text.Pane(string(body), theme.Text)
	if dockerfile != "" {
		lines = append(append(lines, nil), text.Pane(strings.TrimSuffix(dockerfile, "\n"), theme.Dim)...)
	}
	return lines
}
