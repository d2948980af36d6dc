package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/cleanup"
	"daytona/snapdeck/ui/deleted"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/failures"
	"daytona/snapdeck/ui/families"
	"daytona/snapdeck/ui/keys"
)

// actionTable returns all actions of the dashboard. Lower case looks, upper case acts:
// no lower-case key, no Enter, no arrow and no control key changes anything on
// the server.
func actionTable() []action {
	table := moveActions()
	table = append(table, findActions()...)
	table = append(table, viewActions()...)
	table = append(table, textActions()...)
	table = append(table, snapshotActions()...)
	table = append(table, programActions()...)
	table = append(table, answerActions()...)
	return append(table, formActions()...)
}

func moveActions() []action {
	move := func(id, does string, run func(keys.Motion), bound ...string) action {
		return action{
			Action: keys.Action{ID: id, Group: keys.Move, Scope: keys.OnLists, Keys: keys.Bind(does, bound...)},
			run: func(a *App) tea.Cmd {
				if m := a.top().Motion(); m != nil {
					run(m)
				}
				return nil
			},
		}
	}
	return []action{
		move("move.down", "down", func(m keys.Motion) { m.Move(1) }, "j", "down"),
		move("move.up", "up", func(m keys.Motion) { m.Move(-1) }, "k", "up"),
		move("move.half-down", "half page down", func(m keys.Motion) { m.Page(0.5) }, "ctrl+d"),
		move("move.half-up", "half page up", func(m keys.Motion) { m.Page(-0.5) }, "ctrl+u"),
		move("move.page-down", "page down", func(m keys.Motion) { m.Page(1) }, "pgdown", "ctrl+f"),
		move("move.page-up", "page up", func(m keys.Motion) { m.Page(-1) }, "pgup", "ctrl+b"),
		move("move.top", "go to top", func(m keys.Motion) { m.Top() }, "g", "home"),
		move("move.bottom", "go to bottom", func(m keys.Motion) { m.Bottom() }, "G", "end"),
		{Action: keys.Action{ID: "move.left", Group: keys.Move, Scope: keys.OnDetail | keys.OnRegions | keys.OnLogs | keys.OnCompare, Keys: keys.Bind("scroll left", "left")},
			run: func(a *App) tea.Cmd { a.scrollSideways(-1); return nil }},
		{Action: keys.Action{ID: "move.right", Group: keys.Move, Scope: keys.OnDetail | keys.OnRegions | keys.OnLogs | keys.OnCompare, Keys: keys.Bind("scroll right", "right")},
			run: func(a *App) tea.Cmd { a.scrollSideways(1); return nil }},
	}
}

func findActions() []action {
	return []action{
		{Action: keys.Action{ID: "filter.open", Group: keys.Find, Aliases: "search find grep", Scope: keys.OnTable | keys.OnRegions, Hint: 1, Keys: keys.Bind("filter", "/")},
			run: (*App).openFilter},
		{Action: keys.Action{ID: "filter.keep", Group: keys.Find, Scope: keys.OnFilter, Hint: 1, Keys: keys.Bind("keep filter", "enter")},
			run: onTop(filterLayer.keep)},
		{Action: keys.Action{ID: "filter.clear", Group: keys.Find, Exit: true, Scope: keys.OnFilter, Hint: 2, Keys: keys.Bind("cancel", "esc")},
			run: onTop(filterLayer.cancel)},
		{Action: keys.Action{ID: "filter.complete", Group: keys.Find, Scope: keys.OnFilter, Hint: 3, Keys: keys.Bind("complete", "tab")},
			run: onTop(filterLayer.complete)},
		{Action: keys.Action{ID: "filter.next", Group: keys.Find, Scope: keys.OnFilter, Hint: 4, Keys: keys.Bind("next match", "down", "ctrl+n")},
			run: func(a *App) tea.Cmd { a.table.Move(1); return nil }},
		{Action: keys.Action{ID: "filter.previous", Group: keys.Find, Scope: keys.OnFilter, Hint: 5, Keys: keys.Bind("previous match / history", "up", "ctrl+p")},
			run: onTop(filterLayer.up)},
		{Action: keys.Action{ID: "sort.menu", Group: keys.Find, Scope: keys.OnTable, Keys: keys.Bind("sort", "s")},
			run: (*App).openSortMenu},
		{Action: keys.Action{ID: "view.menu", Group: keys.Find, Scope: keys.OnTable | keys.OnRegions, Keys: keys.Bind("choose view", "v")},
			run: (*App).openViewMenu},
		{Action: keys.Action{ID: "failures.open", Group: keys.Find, Aliases: "errors causes group why", Scope: keys.OnTable | keys.OnRegions, Keys: keys.Bind("failures by reason", "b")},
			run: openList(keys.OnFailures, func(a *App) *failures.List { return failures.New(&a.state.ViewState) })},
		{Action: keys.Action{ID: "families.open", Group: keys.Find, Aliases: "versions groups names", Scope: keys.OnTable | keys.OnRegions, Keys: keys.Bind("by family")},
			run: openList(keys.OnFamilies, func(a *App) *families.List { return families.New(&a.state.ViewState) })},
		{Action: keys.Action{ID: "cleanup.open", Group: keys.Find, Aliases: "prune old unused versions", Scope: keys.OnTable | keys.OnRegions, Keys: keys.Bind("clean up")},
			run: openList(keys.OnCleanup, func(a *App) *cleanup.List {
				return cleanup.New(&a.state.ViewState, a.table, a.options.Cleanup, a.options.Protect)
			})},
		{Action: keys.Action{ID: "cleanup.mark", Group: keys.Act, Scope: keys.OnCleanup, Hint: 1, Keys: keys.Bind("mark all and go back", "enter")},
			run: onList(markCleanup)},
		{Action: keys.Action{ID: "cleanup.mark-all", Group: keys.Act, Scope: keys.OnCleanup, Hint: 3, Keys: keys.Bind("toggle all marks", "*")},
			run: onList(func(a *App, list *cleanup.List) tea.Cmd { list.ToggleMarks(); return a.showMarked("") })},
		{Action: keys.Action{ID: "cleanup.mark-one", Group: keys.Act, Scope: keys.OnCleanup, Hint: 2, Keys: keys.Bind("mark", " ")},
			run: onList(markOneCleanup)},
		{
			Action: keys.Action{ID: "deleted.open", Group: keys.Find, Aliases: "trash undo removed", Scope: keys.OnTable | keys.OnRegions | keys.OnActivity, Keys: keys.Bind("deleted snapshots", "u")},
			run: func(a *App) tea.Cmd {
				a.push(&listLayer{app: a, scope: keys.OnDeleted, list: deleted.NewList(&a.recipes, &a.state.ViewState)})
				return a.options.readDeleted(nil)
			},
		},
		{
			Action: keys.Action{ID: "deleted.show", Group: keys.Look, Scope: keys.OnDeleted, Hint: 1, Keys: keys.Bind("show recipe", "enter")},
			run: onList(func(a *App, l *deleted.List) tea.Cmd {
				if d, ok := l.Cursor(); ok {
					recipe := deleted.NewRecipe(d, &a.state.ViewState)
					return a.push(textLayer{&listLayer{app: a, scope: keys.OnRecipe, list: recipe}, recipe.Pager})
				}
				return nil
			}),
		},
		{Action: keys.Action{ID: "group.show", Group: keys.Find, Scope: keys.OnGroups, Hint: 1, Keys: keys.Bind("show snapshots", "enter")},
			run: onList(showGroup)},
		{Action: keys.Action{ID: "group.mark", Group: keys.Act, Scope: keys.OnGroups, Hint: 2, Keys: keys.Bind("mark snapshots", "*", " ")},
			run: onList(markGroup)},
		{Action: keys.Action{ID: "state.menu", Group: keys.Find, Scope: keys.OnTable | keys.OnRegions, Keys: keys.Bind("filter by state", "f")},
			run: (*App).openStateMenu},
	}
}

func programActions() []action {
	return []action{
		{Action: keys.Action{ID: "refresh", Group: keys.Program, Aliases: "refresh reload update", Scope: keys.NonModal, Keys: keys.Bind("refresh", "r", "ctrl+r")},
			run: (*App).refresh},
		{Action: keys.Action{ID: "poll.pause", Group: keys.Program, Aliases: "stop freeze", Scope: keys.NonModal, Keys: keys.Bind("pause polling", "p")},
			run: (*App).togglePause},
		{Action: keys.Action{ID: "theme.next", Group: keys.Program, Aliases: "skin colours colors", Scope: keys.NonModal, Keys: keys.Bind("next theme", "t")},
			refuse: func(a *App) string { return a.options.refuseTheme() }, run: (*App).nextTheme},
		{Action: keys.Action{ID: "mouse.toggle", Group: keys.Program, Scope: keys.NonModal, Keys: keys.Bind("toggle mouse", "ctrl+t")},
			run: (*App).toggleMouse},
		{Action: keys.Action{ID: "redraw", Group: keys.Program, Aliases: "refresh repaint clear", Scope: keys.NonModal | keys.OnConfirm | keys.OnTyped, Keys: keys.Bind("redraw", "ctrl+l")},
			run: func(*App) tea.Cmd { return tea.ClearScreen }},
		{Action: keys.Action{ID: "palette.open", Group: keys.Program, Scope: keys.NonModal, Hint: 8, Keys: keys.Bind("all actions", ":", "ctrl+p")},
			run: (*App).openPalette},
		{Action: keys.Action{ID: "help", Group: keys.Program, Exit: true, Scope: keys.NonModal&^keys.OnHelp | keys.OnMenu, Hint: 9, Keys: keys.Bind("help", "?")},
			run: func(a *App) tea.Cmd {
				return a.push(dialog.NewHelp(keyActions(a.actions), a.top().Scope(), a.refusalOf))
			}},
		{Action: keys.Action{ID: "back", Group: keys.Program, Exit: true, Scope: keys.OnLists, Hint: 8, Keys: keys.Bind("back", "esc")},
			refuse: refuseBack, run: (*App).back},
		{Action: keys.Action{ID: "help.close", Group: keys.Program, Scope: keys.OnHelp, Hint: 1, Keys: keys.Bind("close", "?")},
			run: (*App).back},
		{Action: keys.Action{ID: "quit", Group: keys.Program, Aliases: "q! qa wq x exit close", Scope: keys.OnTable, Keys: keys.Bind("quit", "q")},
			run: (*App).quit},
		{Action: keys.Action{ID: "close", Group: keys.Program, Scope: keys.OnLists &^ keys.OnTable, Keys: keys.Bind("close", "q")},
			run: (*App).back},
		{Action: keys.Action{ID: "quit.now", Group: keys.Program, Exit: true, Scope: keys.Anywhere, Keys: keys.Bind("quit now", "ctrl+c")},
			run: func(*App) tea.Cmd { return tea.Quit }},
		{
			Action: keys.Action{ID: "suspend", Group: keys.Program, Scope: keys.Anywhere, Keys: keys.Bind("suspend", "ctrl+z")},
			run:    func(*App) tea.Cmd { return tea.Suspend },
			refuse: func(a *App) string {
				if !a.options.Suspend {
					return "cannot suspend: not started from a shell with job control"
				}
				return ""
			},
		},
	}
}
