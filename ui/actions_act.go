package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/form"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/mutation"
)

// snapshotActions change something on the server, or choose on what.
func snapshotActions() []action {
	row := func(v *mutation.Mutation, hint int, key string) action {
		return action{
			Action: keys.Action{
				ID: "snapshot." + v.Name, Group: keys.Act, Scope: keys.OnScreens, Hint: hint, Danger: true, Needs: v.Permission,
				Keys: keys.Bind(v.Name, key),
			},
			refuse: refuseMutation(v), run: askMutation(v),
		}
	}
	rebuild := row(mutation.Rebuild(), 5, "R")
	rebuild.run = (*App).askRebuild
	deletion := row(mutation.Delete(), 5, "D")
	deletion.Aliases = "rm remove kill drop"
	return []action{
		rebuild,
		{Action: keys.Action{ID: "snapshot.edit", Group: keys.Act, Scope: keys.OnScreens, Danger: true, Needs: model.PermissionWrite, Keys: keys.Bind("edit Dockerfile and rebuild", "E")},
			refuse: refuseEdit, run: (*App).editDockerfile},
		{Action: keys.Action{ID: "rebuild.resume", Group: keys.Act, Aliases: "recover interrupted rebuild", Scope: keys.OnScreens, Danger: true, Needs: model.PermissionWrite, Keys: keys.Bind("resume unfinished actions", "F")},
			refuse: refuseResume, run: func(a *App) tea.Cmd { return a.ask(a.resumeQuestion()) }},
		{Action: keys.Action{ID: "rebuild.stop", Group: keys.Act, Aliases: "cancel abort", Scope: keys.OnScreens, Danger: true, Needs: model.PermissionDelete, Keys: keys.Bind("stop rebuild", "X")},
			refuse: refuseSelected((*appState).refuseStop), run: (*App).askStop},
		deletion,
		{
			Action: keys.Action{ID: "snapshot.restore", Group: keys.Act, Aliases: "undo undelete recover", Scope: keys.NonModal, Hint: 2, Danger: true, Needs: model.PermissionWrite, Keys: keys.Bind("restore", "U")},
			noPin:  true,
			refuse: func(a *App) string {
				top, ok := a.top().(interface{ shown() listScreen })
				if !ok || a.top().Scope()&(keys.OnDeleted|keys.OnRecipe|keys.OnActivity) == 0 {
					return "restore works on deleted snapshots (" + a.keyFor("deleted.open") + ") and on deletions in the activity (" + a.keyFor("activity.open") + ")"
				}
				d, reason := a.recipes.UnderCursor(top.shown(), a.state.Data.Store)
				if reason != "" {
					return reason
				}
				return a.restorer().RefuseNow(d)
			},
			run: func(a *App) tea.Cmd {
				d, _ := a.recipes.UnderCursor(a.top().(interface{ shown() listScreen }).shown(), a.state.Data.Store)
				return a.restorer().Restore(d, "")
			},
		},
		{Action: keys.Action{ID: "snapshot.create", Group: keys.Act, Aliases: "new clone copy rename", Scope: keys.OnScreens, Danger: true, Needs: model.PermissionWrite, Keys: keys.Bind("new snapshot from this", "C")},
			refuse: func(a *App) string {
				if a.options.Rebuilder == nil {
					return "the recipe cannot be saved"
				}
				return ""
			},
			noPin: true, run: (*App).openForm},
		row(mutation.Activate(), 6, "A"),
		row(mutation.Deactivate(), 0, "I"),
		{Action: keys.Action{ID: "mark.toggle", Group: keys.Act, Scope: keys.OnTable | keys.OnRegions, Hint: 7, Keys: keys.Bind("mark", " ")},
			refuse: refuseSelected((*appState).refuseMark), run: func(a *App) tea.Cmd { a.table.ToggleMark(); a.table.Move(1); return nil }},
		{Action: keys.Action{ID: "mark.all", Group: keys.Act, Scope: keys.OnTable | keys.OnRegions, Keys: keys.Bind("toggle all marks", "*")},
			refuse: refuseWithoutSnapshot, run: func(a *App) tea.Cmd { a.table.ToggleMarkAll(); a.state.dropStaleMarks(a.table); return nil }},
	}
}

// answerActions returns the keys of menus and dialogs.
func answerActions() []action {
	return []action{
		{Action: keys.Action{ID: "menu.choose", Group: keys.Program, Scope: keys.OnMenu, Hint: 1, Keys: keys.Bind("choose", "enter")},
			run: (*App).choose},
		{Action: keys.Action{ID: "palette.run", Group: keys.Program, Scope: keys.OnPalette, Hint: 1, Keys: keys.Bind("run", "enter")},
			run: (*App).choose},
		{Action: keys.Action{ID: "palette.down", Group: keys.Program, Scope: keys.OnPalette, Hint: 2, Keys: keys.Bind("next", "down", "ctrl+n")},
			run: onTop(func(p *dialog.Palette) tea.Cmd { p.Step(1); return nil })},
		{Action: keys.Action{ID: "palette.up", Group: keys.Program, Scope: keys.OnPalette, Keys: keys.Bind("previous", "up", "ctrl+p")},
			run: onTop(func(p *dialog.Palette) tea.Cmd { p.Step(-1); return nil })},
		{Action: keys.Action{ID: "palette.close", Group: keys.Program, Exit: true, Scope: keys.OnPalette, Hint: 3, Keys: keys.Bind("close", "esc")},
			run: (*App).back},
		{Action: keys.Action{ID: "bulk.leave", Group: keys.Program, Exit: true, Scope: keys.OnBulk, Hint: 1, Keys: keys.Bind("stop or close", "esc")},
			run: onTop((*bulkLayer).stopOrClose)},
		{Action: keys.Action{ID: "confirm.yes", Group: keys.Program, Scope: keys.OnConfirm, Hint: 1, Keys: keys.Bind("confirm", "y")},
			refuse: refusedOnTop((*dialog.Confirm).RefuseAnswer), run: (*App).confirmed},
		{Action: keys.Action{ID: "confirm.mode", Group: keys.Program, Scope: keys.OnConfirm | keys.OnTyped, Hint: 3, Keys: keys.Bind("next mode", "tab")},
			refuse: refusedOnTop((*dialog.Confirm).RefuseMode), run: onTop(func(c *dialog.Confirm) tea.Cmd { c.NextMode(); return nil })},
		{Action: keys.Action{ID: "confirm.down", Group: keys.Program, Scope: keys.OnConfirm | keys.OnTyped, Keys: keys.Bind("scroll down", "down", "pgdown")},
			run: onTop(func(c *dialog.Confirm) tea.Cmd { c.Scroll(1); return nil })},
		{Action: keys.Action{ID: "confirm.up", Group: keys.Program, Scope: keys.OnConfirm | keys.OnTyped, Keys: keys.Bind("scroll up", "up", "pgup")},
			run: onTop(func(c *dialog.Confirm) tea.Cmd { c.Scroll(-1); return nil })},
		{Action: keys.Action{ID: "confirm.top", Group: keys.Program, Scope: keys.OnConfirm, Keys: keys.Bind("scroll to the start", "home")},
			run: onTop(func(c *dialog.Confirm) tea.Cmd { c.ScrollTo(-1); return nil })},
		{Action: keys.Action{ID: "confirm.bottom", Group: keys.Program, Scope: keys.OnConfirm, Keys: keys.Bind("scroll to the end", "end")},
			run: onTop(func(c *dialog.Confirm) tea.Cmd { c.ScrollTo(1); return nil })},
		{Action: keys.Action{ID: "confirm.typed", Group: keys.Program, Scope: keys.OnTyped, Hint: 1, Keys: keys.Bind("confirm", "enter")},
			refuse: refusedOnTop((*dialog.Confirm).RefuseAnswer), run: (*App).confirmed},
		{Action: keys.Action{ID: "confirm.cancel", Group: keys.Program, Scope: keys.OnConfirm | keys.OnTyped, Hint: 2, Keys: keys.Bind("cancel", "esc")},
			run: (*App).back},
	}
}

// formActions returns the keys of the form of a new snapshot.
func formActions() []action {
	step := func(by int) func(*App) tea.Cmd {
		return onTop(func(f *form.Form) tea.Cmd { f.Step(by); return nil })
	}
	return []action{
		{Action: keys.Action{ID: "form.next", Group: keys.Program, Scope: keys.OnForm, Hint: 1, Keys: keys.Bind("next or create", "enter")},
			run: func(a *App) tea.Cmd { return onTop(a.submitForm)(a) }},
		{Action: keys.Action{ID: "form.down", Group: keys.Program, Scope: keys.OnForm, Keys: keys.Bind("next", "tab", "down")},
			run: step(1)},
		{Action: keys.Action{ID: "form.up", Group: keys.Program, Scope: keys.OnForm, Hint: 2, Keys: keys.Bind("previous", "shift+tab", "up")},
			run: step(-1)},
		{Action: keys.Action{ID: "form.edit", Group: keys.Program, Scope: keys.OnForm, Hint: 3, Keys: keys.Bind("edit Dockerfile", "ctrl+o")},
			refuse: refuseEditor, run: func(a *App) tea.Cmd { return onTop(a.editForm)(a) }},
		{Action: keys.Action{ID: "form.cancel", Group: keys.Program, Exit: true, Scope: keys.OnForm, Hint: 4, Keys: keys.Bind("close", "esc")},
			run: (*App).back},
	}
}
