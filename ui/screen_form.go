package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/form"
	"daytona/snapdeck/ui/mutation"
)

// openForm opens the form of a new snapshot, filled from the one under the cursor. What was
// typed into it stays until the snapshot exists.
func (a *App) openForm() tea.Cmd {
	from, recipe := "", model.Recipe{}
	if s := a.selected(); s != nil {
		from, recipe = s.Name, a.options.Rebuilder.Plan(a.rebuildRequest(s, nil)).Base
	}
	if a.form == nil || a.form.From != from {
		a.form = form.New(from, recipe, a.state.Regions, func(r model.Recipe) []model.Refusal { return a.planCreate(r).Refusals })
		a.form.EditKey = a.keyFor("form.edit")
	}
	return a.push(a.form)
}

// planCreate plans the create of a recipe. It refuses a second create of a name while one runs.
func (a *App) planCreate(recipe model.Recipe) model.Plan {
	q := a.rebuildRequest(nil, nil)
	q.Mode, q.Recipe = model.Create, &recipe
	plan := a.options.Rebuilder.Plan(q)
	if s := plan.Snapshot; s != nil && a.state.running.On(s.ID) != nil {
		plan.Refusals = append(plan.Refusals, model.Refusal{Reason: model.ReasonNameTaken, Text: s.Name + " is being created already"})
	}
	return plan
}

// submitForm asks whether to create what the form describes, or moves on to the next field.
func (a *App) submitForm(f *form.Form) tea.Cmd {
	if !f.OnButton() {
		f.Step(1)
		return nil
	}
	f.Typed() // the snapshots may have changed since
	recipe, err := f.Recipe()
	if reason := f.Refuse(); reason != "" || err != nil {
		a.toast.Show(dialog.Refused, "nothing is sent yet: "+reason, a.now)
		return nil
	}
	plan := a.planCreate(recipe)
	return a.ask(form.Question(&a.state.ViewState, plan, a.connectionText(), func() tea.Cmd {
		a.pop() // the form
		rebuilder, s := a.options.Rebuilder, plan.Snapshot
		return a.runWorkflow(mutation.Create(), s.ID, s.Name, s, func(ctx context.Context, report func(model.RebuildEvent)) (model.RebuildResult, error) {
			return rebuilder.Run(ctx, plan, report)
		})
	}))
}

// editForm opens the Dockerfile of the form in the editor.
func (a *App) editForm(f *form.Form) tea.Cmd {
	return a.options.edit(f.Dockerfile, func(a *App, edited string) tea.Cmd { return a.useInForm(f, edited) })
}

// useInForm puts an edited Dockerfile into the form.
func (a *App) useInForm(f *form.Form, edited string) tea.Cmd {
	if reason := mutation.RefuseDockerfile(edited); reason != "" {
		a.toast.Show(dialog.Refused, "not a Dockerfile, nothing is changed: "+reason, a.now)
		return nil
	}
	f.SetDockerfile(edited)
	return nil
}
