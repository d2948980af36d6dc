package ui

import tea "github.com/charmbracelet/bubbletea"

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
	move := func(id, does string, run func(motion), keys ...string) action {
		return action{
			id: id, group: groupMove, scope: onLists, keys: binding(does, keys...),
			run: func(a *App) tea.Cmd {
				if m := a.top().motion(a); m != nil {
					run(m)
				}
				return nil
			},
		}
	}
	return []action{
		move("move.down", "down", func(m motion) { m.Move(1) }, "j", "down"),
		move("move.up", "up", func(m motion) { m.Move(-1) }, "k", "up"),
		move("move.half-down", "half a page down", func(m motion) { m.Page(0.5) }, "ctrl+d"),
		move("move.half-up", "half a page up", func(m motion) { m.Page(-0.5) }, "ctrl+u"),
		move("move.page-down", "a page down", func(m motion) { m.Page(1) }, "pgdown", "ctrl+f"),
		move("move.page-up", "a page up", func(m motion) { m.Page(-1) }, "pgup", "ctrl+b"),
		move("move.top", "to the top", func(m motion) { m.Top() }, "g", "home"),
		move("move.bottom", "to the bottom", func(m motion) { m.Bottom() }, "G", "end"),
		{
			id: "move.left", group: groupMove, scope: onDetail | onMatrix | onLogs, keys: binding("scroll left", "left"),
			run: func(a *App) tea.Cmd { a.scrollSideways(-1); return nil },
		},
		{
			id: "move.right", group: groupMove, scope: onDetail | onMatrix | onLogs, keys: binding("scroll right", "right"),
			run: func(a *App) tea.Cmd { a.scrollSideways(1); return nil },
		},
	}
}

func findActions() []action {
	return []action{
		{
			id: "filter.open", group: groupFind, also: "search find grep", scope: onTable | onMatrix, hint: 1,
			keys: binding("filter", "/"), run: (*App).openFilter,
		},
		{
			id: "filter.keep", group: groupFind, scope: onFilter, hint: 1,
			keys: binding("keep filter", "enter"), run: (*App).keepFilter,
		},
		{
			id: "filter.clear", group: groupFind, exit: true, scope: onFilter, hint: 2,
			keys: binding("clear", "esc"), run: (*App).dropFilter,
		},
		{
			id: "filter.complete", group: groupFind, scope: onFilter, hint: 3,
			keys: binding("complete", "tab"), run: (*App).completeFilter,
		},
		{
			id: "filter.next", group: groupFind, scope: onFilter, hint: 4,
			keys: binding("next match", "down", "ctrl+n"),
			run:  func(a *App) tea.Cmd { a.table.Move(1); return nil },
		},
		{
			id: "filter.previous", group: groupFind, scope: onFilter, hint: 5,
			keys: binding("match before, or history", "up", "ctrl+p"), run: (*App).filterUp,
		},
		{
			id: "sort.menu", group: groupFind, scope: onTable,
			keys: binding("sort", "s"), run: (*App).openSortMenu,
		},
		{
			id: "view.menu", group: groupFind, scope: onTable | onMatrix,
			keys: binding("views", "v"), run: (*App).openViewMenu,
		},
		{
			id: "state.menu", group: groupFind, scope: onTable | onMatrix,
			keys: binding("filter by state", "f"), run: (*App).openStateMenu,
		},
	}
}

func programActions() []action {
	return []action{
		{
			id: "poll.now", group: groupApp, also: "refresh reload update", scope: outside,
			keys: binding("poll now", "r", "ctrl+r"), run: (*App).refresh,
		},
		{
			id: "poll.pause", group: groupApp, also: "stop freeze", scope: outside,
			keys: binding("pause polling", "p"), run: (*App).togglePause,
		},
		{
			id: "theme.next", group: groupApp, also: "skin colours colors", scope: outside,
			keys: binding("next theme", "t"), refuse: refuseTheme, run: (*App).nextTheme,
		},
		{
			id: "mouse.toggle", group: groupApp, scope: outside,
			keys: binding("mouse on or off", "ctrl+t"), run: (*App).toggleMouse,
		},
		{
			id: "redraw", group: groupApp, also: "refresh repaint clear", scope: outside,
			keys: binding("draw the screen again", "ctrl+l"), run: func(*App) tea.Cmd { return tea.ClearScreen },
		},
		{
			id: "palette.open", group: groupApp, scope: outside, hint: 8,
			keys: binding("all actions", ":", "ctrl+p"), run: (*App).openPalette,
		},
		{
			id: "help", group: groupApp, exit: true, scope: onScreens | onActivity | onLogs | onMenu, hint: 9,
			keys: binding("help", "?"), run: (*App).openHelp,
		},
		{
			id: "back", group: groupApp, exit: true, scope: onDetail | onMatrix | onHelp | onMenu | onActivity | onLogs | onTable, hint: 8,
			keys: binding("back", "esc"), refuse: refuseBack, run: (*App).back,
		},
		{
			id: "help.close", group: groupApp, scope: onHelp, hint: 1,
			keys: binding("close", "?"), run: (*App).back,
		},
		{
			id: "quit", group: groupApp, also: "q! qa wq x exit close", scope: onTable,
			keys: binding("quit", "q"), run: (*App).quit,
		},
		{
			id: "layer.close", group: groupApp, scope: onDetail | onMatrix | onMenu | onHelp | onActivity | onLogs,
			keys: binding("close", "q"), run: (*App).back,
		},
		{
			id: "quit.now", group: groupApp, exit: true, scope: anywhere,
			keys: binding("quit at once", "ctrl+c"), run: func(*App) tea.Cmd { return tea.Quit },
		},
		{
			id: "suspend", group: groupApp, scope: anywhere,
			keys: binding("suspend", "ctrl+z"),
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
