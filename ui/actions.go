package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// The headings of the help.
const (
	groupMove = "Move"
	groupFind = "Find"
	groupLook = "Look"
	groupAct  = "Act"
	groupApp  = "Program"
)

// actionTable is every key of the dashboard. Lower case looks, upper case acts:
// no lower-case key, no Enter, no arrow and no control key changes anything on
// the server.
func actionTable() []action {
	table := moveActions()
	table = append(table, findActions()...)
	table = append(table, lookActions()...)
	table = append(table, textActions()...)
	table = append(table, snapshotActions()...)
	table = append(table, programActions()...)
	return append(table, answerActions()...)
}

func moveActions() []action {
	move := func(id, shown, does string, run func(motion), keys ...string) action {
		return action{
			id: id, group: groupMove, scope: onLists, keys: binding(shown, does, keys...),
			run: func(a *App) tea.Cmd {
				if m := a.top().motion(a); m != nil {
					run(m)
				}
				return nil
			},
		}
	}
	return []action{
		move("move.down", "j ↓", "down", func(m motion) { m.Move(1) }, "j", "down"),
		move("move.up", "k ↑", "up", func(m motion) { m.Move(-1) }, "k", "up"),
		move("move.half-down", "ctrl+d", "half a page down", func(m motion) { m.Page(0.5) }, "ctrl+d"),
		move("move.half-up", "ctrl+u", "half a page up", func(m motion) { m.Page(-0.5) }, "ctrl+u"),
		move("move.page-down", "pgdn", "a page down", func(m motion) { m.Page(1) }, "pgdown", "ctrl+f"),
		move("move.page-up", "pgup", "a page up", func(m motion) { m.Page(-1) }, "pgup", "ctrl+b"),
		move("move.top", "g home", "to the top", func(m motion) { m.Top() }, "g", "home"),
		move("move.bottom", "G end", "to the bottom", func(m motion) { m.Bottom() }, "G", "end"),
		{
			id: "move.left", group: groupMove, scope: onDetail | onMatrix | onLogs, keys: binding("←", "scroll left", "left"),
			run: func(a *App) tea.Cmd { a.scrollSideways(-1); return nil },
		},
		{
			id: "move.right", group: groupMove, scope: onDetail | onMatrix | onLogs, keys: binding("→", "scroll right", "right"),
			run: func(a *App) tea.Cmd { a.scrollSideways(1); return nil },
		},
	}
}

func findActions() []action {
	return []action{
		{
			id: "filter.open", group: groupFind, scope: onTable | onMatrix, hint: 1,
			keys: binding("/", "filter", "/"), run: (*App).openFilter,
		},
		{
			id: "filter.keep", group: groupFind, scope: onFilter, hint: 1,
			keys: binding("enter", "keep filter", "enter"), run: (*App).keepFilter,
		},
		{
			id: "filter.clear", group: groupFind, scope: onFilter, hint: 2,
			keys: binding("esc", "clear", "esc"), run: (*App).dropFilter,
		},
		{
			id: "filter.complete", group: groupFind, scope: onFilter, hint: 3,
			keys: binding("tab", "complete", "tab"), run: (*App).completeFilter,
		},
		{
			id: "filter.next", group: groupFind, scope: onFilter, hint: 4,
			keys: binding("↓", "next match", "down", "ctrl+n"),
			run:  func(a *App) tea.Cmd { a.table.Move(1); return nil },
		},
		{
			id: "filter.previous", group: groupFind, scope: onFilter, hint: 5,
			keys: binding("↑", "match before, or history", "up", "ctrl+p"), run: (*App).filterUp,
		},
		{
			id: "sort.menu", group: groupFind, scope: onTable,
			keys: binding("s", "sort", "s"), run: (*App).openSortMenu,
		},
		{
			id: "view.menu", group: groupFind, scope: onTable | onMatrix,
			keys: binding("v", "views", "v"), run: (*App).openViewMenu,
		},
		{
			id: "state.menu", group: groupFind, scope: onTable | onMatrix,
			keys: binding("f", "filter by state", "f"), run: (*App).openStateMenu,
		},
	}
}

func lookActions() []action {
	table := []action{
		{
			id: "detail.open", group: groupLook, scope: onTable | onMatrix, hint: 2,
			keys:   binding("enter", "details", "enter", "d"),
			refuse: refuseWithoutSnapshot, run: (*App).openDetail,
		},
		{
			id: "detail.enter", group: groupLook, scope: onTable,
			keys:   binding("tab", "into the details", "tab", "shift+tab"),
			refuse: refuseWithoutSnapshot, run: (*App).enterDetail,
		},
		{
			id: "detail.full", group: groupLook, scope: onDetail,
			keys: binding("enter", "full screen", "enter", "d"), run: (*App).openDetail,
		},
		{
			id: "detail.next-tab", group: groupLook, scope: onDetail, hint: 1,
			keys: binding("tab", "next tab", "tab"),
			run:  func(a *App) tea.Cmd { a.detail.turn(1); return nil },
		},
		{
			id: "detail.previous-tab", group: groupLook, scope: onDetail,
			keys: binding("shift+tab", "previous tab", "shift+tab"),
			run:  func(a *App) tea.Cmd { a.detail.turn(-1); return nil },
		},
		{
			id: "text.wrap", group: groupLook, scope: onDetail | onLogs, hint: 4,
			keys: binding("z", "wrap", "z"), run: (*App).toggleWrap,
		},
		{
			id: "matrix.open", group: groupLook, scope: onTable, hint: 3,
			keys: binding("m", "regions", "m"), run: (*App).openMatrix,
		},
		{
			id: "activity.open", group: groupLook, scope: onTable | onMatrix,
			keys: binding("a", "activity", "a"), run: (*App).openActivity,
		},
		{
			id: "activity.go", group: groupLook, scope: onActivity, hint: 1,
			keys: binding("enter", "go to the snapshot", "enter"), run: (*App).goToEvent,
		},
		{
			id: "matrix.close", group: groupLook, scope: onMatrix, hint: 4,
			keys: binding("m", "back", "m"), run: (*App).back,
		},
		{
			id: "detail.next-snapshot", group: groupLook, scope: onDetail,
			keys: binding("] [", "next, previous snapshot", "]"),
			run:  func(a *App) tea.Cmd { a.table.Move(1); return nil },
		},
		{
			id: "detail.previous-snapshot", group: groupLook, scope: onDetail,
			keys: binding("[", "previous snapshot", "["),
			run:  func(a *App) tea.Cmd { a.table.Move(-1); return nil },
		},
	}
	for i, tab := range tabs() {
		digit := string(rune('1' + i))
		table = append(table, action{
			id: "detail.tab-" + digit, group: groupLook, scope: onScreens,
			keys:   binding(digit, tab.name, digit),
			refuse: refuseWithoutSnapshot,
			run:    func(a *App) tea.Cmd { return a.showTab(i) },
		})
	}
	return table
}

func textActions() []action {
	return []action{
		{
			id: "logs.open", group: groupLook, scope: onScreens, hint: 4,
			keys: binding("l", "build log", "l"), refuse: refuseLogs, run: (*App).openLogs,
		},
		{
			id: "logs.follow", group: groupLook, scope: onLogs, hint: 2,
			keys: binding("f", "follow or not", "f"), run: (*App).toggleFollow,
		},
		{
			id: "logs.save", group: groupLook, scope: onLogs, hint: 3,
			keys: binding("s", "save to a file", "s"), run: (*App).saveLog,
		},
		{
			id: "text.search", group: groupFind, scope: onDetail | onLogs, hint: 1,
			keys: binding("/", "search", "/"), run: (*App).openSearch,
		},
		{
			id: "text.next", group: groupFind, scope: onDetail | onLogs,
			keys: binding("n", "next match", "n"), run: func(a *App) tea.Cmd { return a.searchStep(true) },
		},
		{
			id: "text.previous", group: groupFind, scope: onDetail | onLogs,
			keys: binding("N", "previous match", "N"), run: func(a *App) tea.Cmd { return a.searchStep(false) },
		},
		{
			id: "text.keep", group: groupFind, scope: onSearch, hint: 1,
			keys: binding("enter", "keep", "enter"), run: func(a *App) tea.Cmd { a.pop(); return nil },
		},
		{
			id: "text.drop", group: groupFind, scope: onSearch, hint: 2,
			keys: binding("esc", "clear", "esc"), run: (*App).dropSearch,
		},
		{
			id: "copy.name", group: groupLook, scope: onScreens,
			keys: binding("y", "copy the name", "y"), refuse: refuseCopy, run: (*App).copyName,
		},
		{
			id: "copy.menu", group: groupLook, scope: onScreens,
			keys: binding("c", "copy …", "c"), refuse: refuseCopy, run: (*App).openCopyMenu,
		},
		{
			id: "browser.open", group: groupLook, scope: onScreens,
			keys: binding("o", "open in the web dashboard", "o"), refuse: refuseOpen, run: (*App).openInBrowser,
		},
	}
}

func snapshotActions() []action {
	row := func(v *verb, hint int, key string) action {
		return action{
			id: "snapshot." + v.name, group: groupAct, scope: onScreens, hint: hint, danger: true, needs: v.permission,
			keys: binding(key, v.name, key), refuse: refuseVerb(v), run: askVerb(v),
		}
	}
	rebuild := row(verbRebuild(), 5, "R")
	rebuild.run = (*App).askRebuild
	return []action{
		rebuild,
		{
			id: "snapshot.edit", group: groupAct, scope: onScreens, danger: true, needs: model.PermissionWrite,
			keys: binding("E", "edit the Dockerfile, then rebuild", "E"), refuse: refuseEdit, run: (*App).editDockerfile,
		},
		row(verbDelete(), 5, "D"),
		row(verbActivate(), 6, "A"),
		row(verbDeactivate(), 0, "I"),
		{
			id: "mark.toggle", group: groupAct, scope: onTable | onMatrix, hint: 7,
			keys: binding("space", "mark", " "), refuse: refuseWithoutSnapshot,
			run: func(a *App) tea.Cmd { a.table.ToggleMark(); a.table.Move(1); return nil },
		},
		{
			id: "mark.all", group: groupAct, scope: onTable | onMatrix,
			keys: binding("*", "mark all shown, or none", "*"), refuse: refuseWithoutSnapshot,
			run: func(a *App) tea.Cmd { a.table.ToggleMarkAll(); return nil },
		},
	}
}

func programActions() []action {
	return []action{
		{
			id: "poll.now", group: groupApp, scope: outside,
			keys: binding("r", "poll now", "r", "ctrl+r"), run: (*App).pollNow,
		},
		{
			id: "poll.pause", group: groupApp, scope: outside,
			keys: binding("p", "pause polling", "p"), run: (*App).togglePause,
		},
		{
			id: "help", group: groupApp, scope: onScreens, hint: 9,
			keys: binding("?", "help", "?"), run: (*App).openHelp,
		},
		{
			id: "back", group: groupApp, scope: onDetail | onMatrix | onHelp | onMenu | onActivity | onLogs | onTable, hint: 8,
			keys: binding("esc", "back", "esc"), refuse: refuseBack, run: (*App).back,
		},
		{
			id: "help.close", group: groupApp, scope: onHelp, hint: 1,
			keys: binding("?", "close", "?"), run: (*App).back,
		},
		{
			id: "quit", group: groupApp, scope: onTable,
			keys: binding("q", "quit", "q"), run: (*App).quit,
		},
		{
			id: "layer.close", group: groupApp, scope: onDetail | onMatrix | onMenu | onHelp | onActivity | onLogs,
			keys: binding("q", "close", "q"), run: (*App).back,
		},
		{
			id: "quit.now", group: groupApp, scope: anywhere,
			keys: binding("ctrl+c", "quit at once", "ctrl+c"), run: func(*App) tea.Cmd { return tea.Quit },
		},
		{
			id: "suspend", group: groupApp, scope: anywhere,
			keys: binding("ctrl+z", "suspend", "ctrl+z"),
			refuse: func(a *App) string {
				if !a.options.Suspend {
					return "nothing could wake snapdeck again here: it was not started from a shell's job control"
				}
				return ""
			},
			run: func(*App) tea.Cmd { return tea.Suspend },
		},
	}
}

// answerActions are the keys of menus and dialogs.
func answerActions() []action {
	return []action{
		{
			id: "menu.choose", group: groupApp, scope: onMenu, hint: 1,
			keys: binding("enter", "choose", "enter"), run: (*App).chooseInMenu,
		},
		{
			id: "batch.leave", group: groupApp, scope: onBatch, hint: 1,
			keys: binding("esc", "stop or close", "esc"), run: (*App).leaveBatch,
		},
		{
			id: "confirm.yes", group: groupApp, scope: onConfirm, hint: 1,
			keys: binding("y", "yes", "y"), run: (*App).confirmed,
		},
		{
			id: "confirm.mode", group: groupApp, scope: onConfirm | onTyped, hint: 3,
			keys: binding("tab", "mode", "tab"), refuse: refuseMode, run: (*App).nextMode,
		},
		{
			id: "confirm.typed", group: groupApp, scope: onTyped, hint: 1,
			keys: binding("enter", "do it", "enter"), run: (*App).confirmed,
		},
		{
			id: "confirm.no", group: groupApp, scope: onConfirm | onTyped, hint: 2,
			keys: binding("esc", "no", "esc"), run: (*App).back,
		},
	}
}
