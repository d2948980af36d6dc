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
			id: "theme.next", group: groupApp, scope: outside,
			keys: binding("t", "next theme", "t"), refuse: refuseTheme, run: (*App).nextTheme,
		},
		{
			id: "mouse.toggle", group: groupApp, scope: outside,
			keys: binding("ctrl+t", "mouse on or off", "ctrl+t"), run: (*App).toggleMouse,
		},
		{
			id: "palette.open", group: groupApp, scope: outside, hint: 8,
			keys: binding(":", "all actions", ":", "ctrl+p"), run: (*App).openPalette,
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
