package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// snapshotActions change something on the server, or choose on what.
func snapshotActions() []action {
	row := func(v *mutation, hint int, key string) action {
		return action{
			id: "snapshot." + v.name, group: groupAct, scope: onScreens, hint: hint, danger: true, needs: v.permission,
			keys: binding(v.name, key), refuse: refuseMutation(v), run: askMutation(v),
		}
	}
	rebuild := row(rebuildMutation(), 5, "R")
	rebuild.run = (*App).askRebuild
	deletion := row(deleteMutation(), 5, "D")
	deletion.also = "rm remove kill drop"
	return []action{
		rebuild,
		{
			id: "snapshot.edit", group: groupAct, scope: onScreens, danger: true, needs: model.PermissionWrite,
			keys: binding("edit the Dockerfile, then rebuild", "E"), refuse: refuseEdit, run: (*App).editDockerfile,
		},
		{
			id: "rebuild.finish", group: groupAct, scope: onScreens, danger: true, needs: model.PermissionWrite,
			keys: binding("finish rebuilds that were left half-way", "F"), refuse: refuseFinish, run: (*App).askFinish,
		},
		{
			id: "rebuild.stop", group: groupAct, also: "cancel abort", scope: onScreens, danger: true, needs: model.PermissionDelete,
			keys: binding("stop its rebuild", "X"), refuse: refuseStop, run: (*App).askStop,
		},
		deletion,
		row(activateMutation(), 6, "A"),
		row(deactivateMutation(), 0, "I"),
		{
			id: "mark.toggle", group: groupAct, scope: onTable | onMatrix, hint: 7,
			keys: binding("mark", " "), refuse: refuseMark,
			run: func(a *App) tea.Cmd { a.table.ToggleMark(); a.table.Move(1); return nil },
		},
		{
			id: "mark.all", group: groupAct, scope: onTable | onMatrix,
			keys: binding("mark all shown, or none", "*"), refuse: refuseWithoutSnapshot,
			run: func(a *App) tea.Cmd { a.table.ToggleMarkAll(); a.forgetMarks(); return nil },
		},
	}
}

// answerActions are the keys of menus and dialogs.
func answerActions() []action {
	return []action{
		{
			id: "menu.choose", group: groupApp, scope: onMenu, hint: 1,
			keys: binding("choose", "enter"), run: (*App).chooseInMenu,
		},
		{
			id: "palette.run", group: groupApp, scope: onPalette, hint: 1,
			keys: binding("do it", "enter"), run: (*App).runFromPalette,
		},
		{
			id: "palette.down", group: groupApp, scope: onPalette, hint: 2,
			keys: binding("choose", "down", "ctrl+n"), run: func(a *App) tea.Cmd { return a.movePalette(1) },
		},
		{
			id: "palette.up", group: groupApp, scope: onPalette,
			keys: binding("choose", "up", "ctrl+p"), run: func(a *App) tea.Cmd { return a.movePalette(-1) },
		},
		{
			id: "palette.close", group: groupApp, exit: true, scope: onPalette, hint: 3,
			keys: binding("close", "esc"), run: (*App).back,
		},
		{
			id: "batch.leave", group: groupApp, exit: true, scope: onBulk, hint: 1,
			keys: binding("stop or close", "esc"), run: (*App).leaveBulk,
		},
		{
			id: "confirm.yes", group: groupApp, scope: onConfirm, hint: 1,
			keys: binding("yes", "y"), refuse: refuseUnread, run: (*App).confirmed,
		},
		{
			id: "confirm.mode", group: groupApp, scope: onConfirm | onTyped, hint: 3,
			keys: binding("mode", "tab"), refuse: refuseMode, run: (*App).nextMode,
		},
		{
			id: "confirm.down", group: groupApp, scope: onConfirm | onTyped,
			keys: binding("read on", "down", "pgdown"), run: scrollConfirm(1),
		},
		{
			id: "confirm.up", group: groupApp, scope: onConfirm | onTyped,
			keys: binding("read back", "up", "pgup"), run: scrollConfirm(-1),
		},
		{
			id: "confirm.typed", group: groupApp, scope: onTyped, hint: 1,
			keys: binding("do it", "enter"), refuse: refuseUnread, run: (*App).confirmed,
		},
		{
			id: "confirm.no", group: groupApp, scope: onConfirm | onTyped, hint: 2,
			keys: binding("no", "esc"), run: (*App).back,
		},
	}
}
