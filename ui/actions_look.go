package ui

import tea "github.com/charmbracelet/bubbletea"

// lookActions show a snapshot, or all of them, in another way.
func lookActions() []action {
	table := []action{
		{
			id: "detail.open", group: groupLook, also: "describe inspect show", scope: onTable | onMatrix, hint: 2,
			keys:   binding("details", "enter", "d"),
			refuse: refuseWithoutSnapshot, run: (*App).openDetail,
		},
		{
			id: "detail.enter", group: groupLook, scope: onTable,
			keys:   binding("into the details", "tab", "shift+tab"),
			refuse: refuseWithoutSnapshot, run: (*App).enterDetail,
		},
		{
			id: "detail.full", group: groupLook, scope: onDetail,
			keys: binding("full screen, or a pane", "enter", "d"), refuse: refuseFull, run: (*App).openDetail,
		},
		{
			id: "detail.next-tab", group: groupLook, scope: onDetail, hint: 1,
			keys: binding("next tab", "tab"),
			run:  func(a *App) tea.Cmd { a.detail.turn(1); return nil },
		},
		{
			id: "detail.previous-tab", group: groupLook, scope: onDetail,
			keys: binding("previous tab", "shift+tab"),
			run:  func(a *App) tea.Cmd { a.detail.turn(-1); return nil },
		},
		{
			id: "text.wrap", group: groupLook, scope: onDetail | onLogs, hint: 4,
			keys: binding("wrap", "z"), run: (*App).toggleWrap,
		},
		{
			id: "matrix.open", group: groupLook, also: "matrix availability", scope: onTable | onDetail, hint: 3,
			keys: binding("regions", "m"), run: (*App).openMatrix,
		},
		{
			id: "activity.open", group: groupLook, also: "events actions requests history", scope: onScreens,
			keys: binding("activity", "a"), run: (*App).openActivity,
		},
		{
			id: "activity.go", group: groupLook, scope: onActivity, hint: 1,
			keys: binding("go to the snapshot", "enter"), refuse: refuseGoToEvent, run: (*App).goToEvent,
		},
		{
			id: "matrix.close", group: groupLook, scope: onMatrix, hint: 4,
			keys: binding("back", "m"), run: (*App).back,
		},
		{
			id: "detail.next-snapshot", group: groupLook, scope: onDetail,
			keys: binding("next snapshot", "]"),
			run:  func(a *App) tea.Cmd { a.table.Move(1); return nil },
		},
		{
			id: "detail.previous-snapshot", group: groupLook, scope: onDetail,
			keys: binding("previous snapshot", "["),
			run:  func(a *App) tea.Cmd { a.table.Move(-1); return nil },
		},
	}
	for i, tab := range tabs() {
		digit := string(rune('1' + i))
		table = append(table, action{
			id: "detail.tab-" + digit, group: groupLook, scope: onScreens,
			keys:   binding(tab.name, digit),
			refuse: refuseWithoutSnapshot,
			run:    func(a *App) tea.Cmd { return a.showTab(i) },
		})
	}
	return table
}

// textActions work on what is read: logs, the texts of the details, copies.
func textActions() []action {
	return []action{
		{
			id: "logs.open", group: groupLook, also: "logs tail", scope: onScreens, hint: 4,
			keys: binding("build log", "l"), refuse: refuseLogs, run: (*App).openLogs,
		},
		{
			id: "logs.follow", group: groupLook, scope: onLogs, hint: 2,
			keys: binding("follow or not", "f"), run: (*App).toggleFollow,
		},
		{
			id: "logs.save", group: groupLook, scope: onLogs, hint: 3,
			keys: binding("save to a file", "s"), run: (*App).saveLog,
		},
		{
			id: "text.search", group: groupFind, scope: onDetail | onLogs, hint: 1,
			keys: binding("search", "/"), run: (*App).openSearch,
		},
		{
			id: "text.next", group: groupFind, scope: onDetail | onLogs,
			keys: binding("next match", "n"), run: func(a *App) tea.Cmd { return a.searchStep(true) },
		},
		{
			id: "text.previous", group: groupFind, scope: onDetail | onLogs,
			keys: binding("previous match", "N"), run: func(a *App) tea.Cmd { return a.searchStep(false) },
		},
		{
			id: "text.keep", group: groupFind, scope: onSearch, hint: 1,
			keys: binding("keep", "enter"), run: func(a *App) tea.Cmd { a.pop(); return nil },
		},
		{
			id: "text.drop", group: groupFind, exit: true, scope: onSearch, hint: 2,
			keys: binding("clear", "esc"), run: (*App).dropSearch,
		},
		{
			id: "copy.name", group: groupLook, also: "yank", scope: onScreens,
			keys: binding("copy the name", "y"), refuse: refuseCopy, run: (*App).copyName,
		},
		{
			id: "copy.menu", group: groupLook, scope: onScreens,
			keys: binding("copy …", "c"), refuse: refuseCopy, run: (*App).openCopyMenu,
		},
		{
			id: "twin.next", group: groupLook, scope: onScreens,
			keys: binding("go to its twin", "="), refuse: refuseSameRef, run: (*App).goToSameRef,
		},
		{
			id: "watch", group: groupLook, scope: onScreens,
			keys: binding("watch until it settles", "w"), refuse: refuseWatch, run: (*App).toggleWatch,
		},
		{
			id: "browser.open", group: groupLook, also: "browser web", scope: onScreens,
			keys: binding("open in the web dashboard", "o"), refuse: refuseOpen, run: (*App).openInBrowser,
		},
	}
}
