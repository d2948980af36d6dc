package ui

import (
	"context"
	"net/http"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// mutation is one thing that can be done to a snapshot with a single request.
type mutation struct {
	name       string // "delete", as it stands in a sentence
	past       string // "deleted"
	yes        string // what y does
	no         string // what esc does
	method     string
	path       func(id string) string
	permission string
	// refuse says why the server would not do it, or "". Pure and O(1).
	refuse func(*App, *model.Snapshot) string
	// consequences are what the confirmation lists.
	impact func(*App, *model.Snapshot) []text.Line
	// ofMany are those of the confirmation for many, nil for none.
	bulkImpact func(*App, []*model.Snapshot) []text.Line
	// preview looks at many before they are acted on, where that is more than to ask
	// refuse of each and then ofMany; else nil.
	bulkPreview func(*App, []*model.Snapshot) bulkPreview
	// grave mutations want the name typed where somebody may be using the snapshot.
	grave bool
	// start runs the mutation where it is more than one request; nil where call is all.
	start func(*App, *model.Snapshot) tea.Cmd
	call  func(ctx context.Context, api API, id string) (*model.Snapshot, error)
	// ends reports whether the snapshot, as a GET or a poll finds it after the
	// request, shows that the mutation has come to its end; nil is one that is gone.
	ends func(*model.Snapshot) bool
	// undone reports whether it shows that the server took the request back.
	reverted func(*model.Snapshot) bool
	// shows is the state to show as soon as the server accepted the request.
	shows model.State
}

// mutations are kept in functions, so that nothing is global and each can be read
// alone.
func deleteMutation() *mutation {
	return &mutation{
		name: "delete", past: "deleted", yes: "delete", no: "keep it",
		method: http.MethodDelete, path: model.SnapshotPath,
		permission: model.PermissionDelete, grave: true, shows: model.StateRemoving,
		refuse: refuseDelete, impact: (*App).deleteImpact, bulkImpact: (*App).bulkDeleteImpact,
		call: func(ctx context.Context, api API, id string) (*model.Snapshot, error) {
			return nil, api.Delete(ctx, id)
		},
		ends:     func(s *model.Snapshot) bool { return s == nil },
		reverted: func(s *model.Snapshot) bool { return s != nil && s.State != model.StateRemoving },
	}
}

func activateMutation() *mutation {
	return &mutation{
		name: "activate", past: "activated", yes: "activate", no: "leave it",
		method: http.MethodPost, path: func(id string) string { return model.SnapshotPath(id) + "/activate" },
		permission: model.PermissionWrite, shows: model.StatePending,
		refuse: refuseActivate, impact: (*App).activateImpact,
		call: func(ctx context.Context, api API, id string) (*model.Snapshot, error) {
			return api.Activate(ctx, id)
		},
		ends:     func(s *model.Snapshot) bool { return s == nil || s.State != model.StateInactive },
		reverted: func(*model.Snapshot) bool { return false },
	}
}

func deactivateMutation() *mutation {
	return &mutation{
		name: "deactivate", past: "deactivated", yes: "deactivate", no: "leave it",
		method: http.MethodPost, path: func(id string) string { return model.SnapshotPath(id) + "/deactivate" },
		permission: model.PermissionWrite, grave: true, shows: model.StateInactive,
		refuse: refuseDeactivate, impact: (*App).deactivateImpact, bulkImpact: (*App).bulkDeactivateImpact,
		call: func(ctx context.Context, api API, id string) (*model.Snapshot, error) {
			return nil, api.Deactivate(ctx, id)
		},
		ends:     func(s *model.Snapshot) bool { return s == nil || s.State == model.StateInactive },
		reverted: func(*model.Snapshot) bool { return false },
	}
}

// refuseDelete says why the snapshot cannot be deleted.
func refuseDelete(a *App, s *model.Snapshot) string {
	switch {
	case s.General:
		return "a general snapshot belongs to the vendor and cannot be deleted"
	case a.state.Pending[s.ID] != nil:
		return "an action on this snapshot is still running"
	case s.State == model.StateRemoving:
		return "it is being removed already"
	default:
		return ""
	}
}

// refuseActivate says why the snapshot cannot be activated.
func refuseActivate(a *App, s *model.Snapshot) string {
	switch {
	case a.state.Pending[s.ID] != nil:
		return "an action on this snapshot is still running"
	case a.foreign(s):
		return "a general snapshot of the vendor is not yours to activate"
	case s.State != model.StateInactive:
		return "only an inactive snapshot can be activated; it is " + s.State.Label()
	}
	if updated, ok := s.UpdatedAt.Get(); ok {
		if rest := model.ActivationCooldown - a.now.Sub(updated); rest > 0 {
			return "the server refuses for 10 minutes after a change: " + format.Wait(rest) + " left"
		}
	}
	return ""
}

// refuseDeactivate says why the snapshot cannot be deactivated. A delete under
// way can be: deactivating takes it back.
func refuseDeactivate(a *App, s *model.Snapshot) string {
	op := a.state.Pending[s.ID]
	switch {
	case op != nil && !op.Revocable():
		return "an action on this snapshot is still running"
	case a.foreign(s):
		return "a general snapshot of the vendor is not yours to deactivate"
	case s.State != model.StateActive && s.State != model.StateRemoving && op == nil:
		return "only an active snapshot can be deactivated; it is " + s.State.Label()
	default:
		return ""
	}
}

// foreign reports whether a general snapshot belongs to another organization.
func (a *App) foreign(s *model.Snapshot) bool {
	return s.General && (s.OrganizationID.Value == "" || s.OrganizationID.Value != a.organizationID())
}

func warn(t text.Safe) text.Line {
	return text.Join(text.Lit("! ").As(theme.Warning), t.As(theme.Text))
}

func okLine(t text.Safe) text.Line {
	return text.Join(text.Lit("✓ ").As(theme.Active), t.As(theme.Text))
}

// deleteConsequences is what the deletion takes away.
func (a *App) deleteImpact(s *model.Snapshot) []text.Line {
	lines := []text.Line{text.Lit("then wait until the server says that it is gone, about 10 s").As(theme.Dim), nil}
	if _, ok := s.Dockerfile(); ok {
		lines = append(lines, warn(text.Lit("its Dockerfile is lost: copy it first if nobody else has it")))
	}
	lines = append(lines, a.useWarning(s)...)
	if s.State.Starting() {
		lines = append(lines, warn(text.Sprintf("it is %s: a running job may take the delete back; snapdeck will say so", s.State.Label())))
	}
	if twins := a.state.Data.Store.SameRef(s); len(twins) > 0 {
		lines = append(lines, okLine(text.Sprintf("%s of the same ref: not touched", format.Plural(len(twins), "twin"))))
	}
	if n := len(s.RegionIDs.Value); n > 1 {
		lines = append(lines, warn(text.Sprintf("it goes from all its %d regions", n)))
	}
	return append(lines, warn(text.Lit("nothing brings it back, and no sandbox can start from it any more")))
}

func (a *App) activateImpact(s *model.Snapshot) []text.Line {
	if _, ok := s.Dockerfile(); ok {
		return []text.Line{okLine(text.Lit("it is built again, which may take minutes, and then is active"))}
	}
	return []text.Line{okLine(text.Lit("its image is pulled again, and then it is active"))}
}

func (a *App) deactivateImpact(s *model.Snapshot) []text.Line {
	if s.State == model.StateRemoving || a.state.Pending[s.ID] != nil {
		return []text.Line{okLine(text.Lit("this takes its deletion back: it stays, inactive"))}
	}
	lines := a.useWarning(s)
	return append(lines,
		warn(text.Lit("no sandbox can start from it until somebody activates it again")),
		warn(text.Lit("the server refuses that for the first 10 minutes")))
}

func (a *App) useWarning(s *model.Snapshot) []text.Line {
	if used, ok := s.LastUsedAt.Get(); ok && a.now.Sub(used) < recentUse {
		return []text.Line{warn(text.Sprintf("it was used %s ago", format.Age(a.now.Sub(used))))}
	}
	return nil
}
