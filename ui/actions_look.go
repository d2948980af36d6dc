package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/keys"
)

// viewActions show a snapshot, or all of them, in another way.
func viewActions() []action {
	table := []action{
		{Action: keys.Action{ID: "detail.open", Group: keys.Look, Aliases: "describe inspect show", Scope: keys.OnTable | keys.OnRegions, Hint: 2, Keys: keys.Bind("open details", "enter", "d")},
			refuse: refuseWithoutSnapshot, run: (*App).openDetail},
		{Action: keys.Action{ID: "detail.focus", Group: keys.Look, Scope: keys.OnTable, Keys: keys.Bind("focus details", "tab", "shift+tab")},
			refuse: refuseWithoutSnapshot, run: (*App).focusDetail},
		{Action: keys.Action{ID: "detail.full", Group: keys.Look, Scope: keys.OnDetail, Keys: keys.Bind("toggle full screen", "enter", "d")},
			refuse: func(a *App) string { return a.detail.refuseFull(a.keyFor("back")) }, run: (*App).openDetail},
		{Action: keys.Action{ID: "detail.next-tab", Group: keys.Look, Scope: keys.OnDetail, Hint: 1, Keys: keys.Bind("next tab", "tab")},
			run: func(a *App) tea.Cmd { a.detail.SwitchTab(1); return nil }},
		{Action: keys.Action{ID: "detail.previous-tab", Group: keys.Look, Scope: keys.OnDetail, Keys: keys.Bind("previous tab", "shift+tab")},
			run: func(a *App) tea.Cmd { a.detail.SwitchTab(-1); return nil }},
		{Action: keys.Action{ID: "text.wrap", Group: keys.Look, Scope: keys.OnDetail | keys.OnLogs | keys.OnCompare | keys.OnRecipe, Hint: 6, Keys: keys.Bind("toggle wrap", "z")},
			run: (*App).toggleWrap},
		{Action: keys.Action{ID: "regions.open", Group: keys.Look, Aliases: "matrix availability", Scope: keys.OnTable | keys.OnDetail, Hint: 3, Keys: keys.Bind("regions", "m")},
			noPin: true, run: (*App).openRegions},
		{Action: keys.Action{ID: "compare.open", Group: keys.Look, Aliases: "diff difference marked saved recipe", Scope: keys.OnScreens, Keys: keys.Bind("compare", "x")},
			refuse: refuseCompare, noPin: true, run: (*App).openCompare},
		{Action: keys.Action{ID: "activity.open", Group: keys.Look, Aliases: "events actions requests history", Scope: keys.OnScreens, Keys: keys.Bind("activity", "a")},
			noPin: true, run: openList(keys.OnActivity, func(a *App) *activity.List { return activity.NewList(&a.activity) })},
		{
			Action: keys.Action{ID: "activity.go", Group: keys.Look, Scope: keys.OnActivity, Hint: 1, Keys: keys.Bind("go to snapshot", "enter")},
			refuse: func(a *App) string {
				if a.activity.Added() == 0 {
					return "no changes yet"
				}
				return ""
			},
			run: onList(goToEntry),
		},
		{Action: keys.Action{ID: "failure.next", Group: keys.Look, Aliases: "errors broken announced", Scope: keys.NonModal, Keys: keys.Bind("next new failure", "e")},
			refuse: func(a *App) string { return a.failures.Refuse() }, noPin: true, run: (*App).nextFailure},
		{Action: keys.Action{ID: "regions.close", Group: keys.Look, Scope: keys.OnRegions, Hint: 4, Keys: keys.Bind("back", "m")},
			noPin: true, run: (*App).back},
		{Action: keys.Action{ID: "detail.next-snapshot", Group: keys.Look, Scope: keys.OnDetail, Keys: keys.Bind("next snapshot", "]")},
			run: func(a *App) tea.Cmd { a.table.Move(1); return nil }},
		{Action: keys.Action{ID: "detail.previous-snapshot", Group: keys.Look, Scope: keys.OnDetail, Keys: keys.Bind("previous snapshot", "[")},
			run: func(a *App) tea.Cmd { a.table.Move(-1); return nil }},
	}
	for i, tab := range inspect.Tabs() {
		digit := string(rune('1' + i))
		table = append(table, action{
			Action: keys.Action{ID: "detail.tab-" + digit, Group: keys.Look, Scope: keys.OnScreens, Keys: keys.Bind(tab.Name, digit)},
			refuse: refuseWithoutSnapshot, run: func(a *App) tea.Cmd { return a.showTab(i) },
		})
	}
	return table
}

// textActions work on what is read: logs, the texts of the details, copies.
func textActions() []action {
	return []action{
		{Action: keys.Action{ID: "logs.open", Group: keys.Look, Aliases: "build logs tail", Scope: keys.OnScreens, Hint: 4, Keys: keys.Bind("open log", "l")},
			refuse: refuseSelected((*appState).refuseLogs), run: (*App).openLogs},
		{Action: keys.Action{ID: "logs.follow", Group: keys.Look, Scope: keys.OnLogs, Hint: 2, Keys: keys.Bind("toggle follow", "f")},
			refuse: refusedOnTop((*logLayer).refuseFollow), run: onTop((*logLayer).toggleFollow)},
		{Action: keys.Action{ID: "logs.save", Group: keys.Look, Scope: keys.OnLogs, Hint: 3, Keys: keys.Bind("save to file", "s")},
			run: onTop((*logLayer).save)},
		{Action: keys.Action{ID: "text.search", Group: keys.Find, Scope: keys.OnDetail | keys.OnLogs | keys.OnCompare | keys.OnRecipe, Hint: 1, Keys: keys.Bind("search", "/")},
			run: (*App).openSearch},
		{Action: keys.Action{ID: "text.next", Group: keys.Find, Scope: keys.OnDetail | keys.OnLogs | keys.OnCompare | keys.OnRecipe, Keys: keys.Bind("next match", "n")},
			run: func(a *App) tea.Cmd { return a.searchStep(true) }},
		{Action: keys.Action{ID: "text.previous", Group: keys.Find, Scope: keys.OnDetail | keys.OnLogs | keys.OnCompare | keys.OnRecipe, Keys: keys.Bind("previous match", "N")},
			run: func(a *App) tea.Cmd { return a.searchStep(false) }},
		{Action: keys.Action{ID: "text.keep", Group: keys.Find, Scope: keys.OnSearch, Hint: 1, Keys: keys.Bind("keep", "enter")},
			run: func(a *App) tea.Cmd { a.pop(); return nil }},
		{Action: keys.Action{ID: "text.clear", Group: keys.Find, Exit: true, Scope: keys.OnSearch, Hint: 2, Keys: keys.Bind("clear", "esc")},
			run: (*App).dropSearch},
		{Action: keys.Action{ID: "copy.name", Group: keys.Look, Aliases: "yank", Scope: keys.OnScreens, Keys: keys.Bind("copy name", "y")},
			refuse: refuseCopy, run: func(a *App) tea.Cmd { return a.options.copyValue(inspect.Value{Name: "name", Text: a.selected().Name}) }},
		{Action: keys.Action{ID: "copy.menu", Group: keys.Look, Scope: keys.OnScreens, Keys: keys.Bind("copy …", "c")},
			refuse: refuseCopy, run: (*App).openCopyMenu},
		{Action: keys.Action{ID: "ref.next", Group: keys.Look, Scope: keys.OnScreens, Keys: keys.Bind("next with the same ref", "=")},
			refuse: refuseSelected((*appState).refuseSameRef), run: (*App).goToSameRef},
		{Action: keys.Action{ID: "notify", Group: keys.Look, Scope: keys.OnScreens, Keys: keys.Bind("notify when done", "w")},
			refuse: refuseWatch, run: (*App).toggleWatch},
		{Action: keys.Action{ID: "browser.open", Group: keys.Look, Aliases: "browser web", Scope: keys.OnScreens, Keys: keys.Bind("open in Daytona dashboard", "o")},
			refuse: refuseOpen, run: (*App).openInBrowser},
	}
}
