// Package mutation defines the actions on a snapshot: the request, when it is refused, its
// impact, and when it is done.
package mutation

import (
	"context"
	"net/http"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// API is what the mutations call.
type API interface {
	Deleter
	Activate(ctx context.Context, id string) (*model.Snapshot, error)
	Deactivate(ctx context.Context, id string) error
}

// Deleter deletes snapshots. A delete is done when the server no longer finds it.
type Deleter interface {
	// Delete saves the recipe of a snapshot and then requests its deletion. If the recipe
	// cannot be saved, nothing is sent, and the error is a [*model.UnsavedError].
	Delete(ctx context.Context, s *model.Snapshot) error
	// DeleteUnsaved requests the deletion without a recipe, which the user confirmed.
	DeleteUnsaved(ctx context.Context, s *model.Snapshot) error
}

// Mutation is one kind of action on a snapshot.
type Mutation struct {
	Name       string // "delete", as in a sentence
	Past       string // "deleted"
	Method     string
	Path       func(id string) string
	Permission string
	// Disruptive mutations take a snapshot from its users: the questions say who uses it, and
	// require typing the name of one that was used in the last day.
	Disruptive bool
	// OnlyUnused mutations also require typing the name of one that a sandbox uses or may use.
	// A bulk action leaves it out.
	OnlyUnused bool
	// LosesPools mutations lose the warm pools of the snapshot.
	LosesPools bool
	// Shows is the state to show once the server has accepted the request.
	Shows model.State
	// Refuse returns why the server would refuse it, or "". It is O(1).
	Refuse func(*row.ViewState, *model.Snapshot) string
	// Impact returns what the confirmation lists, BulkImpact what the confirmation of a bulk
	// action lists.
	Impact     func(*row.ViewState, *model.Snapshot) []text.Line
	BulkImpact func(*row.ViewState, []*model.Snapshot) []text.Line
	// Call sends the request.
	Call func(ctx context.Context, api API, s *model.Snapshot) (*model.Snapshot, error)
	// Ends reports whether the snapshot, as read after the request, shows that the mutation
	// is done. A nil snapshot is deleted.
	Ends func(*model.Snapshot) bool
	// Reverted reports whether it shows that the server reverted the mutation.
	Reverted func(*model.Snapshot) bool
}

// Workflow reports whether the mutation is more than one request. Then Refuse, Impact, Call,
// Ends and Reverted are nil, because they depend on the plan.
func (m *Mutation) Workflow() bool { return m.Call == nil }

// Delete removes a snapshot.
func Delete() *Mutation {
	return &Mutation{
		Name: "delete", Past: "deleted",
		Method: http.MethodDelete, Path: model.SnapshotPath,
		Permission: model.PermissionDelete, Disruptive: true, OnlyUnused: true, LosesPools: true, Shows: model.StateRemoving,
		Refuse: refuseDelete, Impact: deleteImpact, BulkImpact: bulkDeleteImpact,
		Call: func(ctx context.Context, api API, s *model.Snapshot) (*model.Snapshot, error) {
			return nil, api.Delete(ctx, s)
		},
		Ends:     func(s *model.Snapshot) bool { return s == nil },
		Reverted: func(s *model.Snapshot) bool { return s != nil && s.State != model.StateRemoving },
	}
}

// DeleteUnsaved removes a snapshot without saving its recipe.
func DeleteUnsaved() *Mutation {
	m := Delete()
	m.Call = func(ctx context.Context, api API, s *model.Snapshot) (*model.Snapshot, error) {
		return nil, api.DeleteUnsaved(ctx, s)
	}
	return m
}

// Activate makes an inactive snapshot usable again.
func Activate() *Mutation {
	return &Mutation{
		Name: "activate", Past: "activated",
		Method: http.MethodPost, Path: func(id string) string { return model.SnapshotPath(id) + "/activate" },
		Permission: model.PermissionWrite, Shows: model.StatePending,
		Refuse: refuseActivate, Impact: activateImpact, BulkImpact: noBulkImpact,
		Call: func(ctx context.Context, api API, s *model.Snapshot) (*model.Snapshot, error) {
			return api.Activate(ctx, s.ID)
		},
		Ends:     func(s *model.Snapshot) bool { return s != nil && s.State != model.StateInactive },
		Reverted: func(*model.Snapshot) bool { return false },
	}
}

// Deactivate keeps a snapshot, but no new sandbox can use it. If the snapshot is being
// removed, it reverts the removal.
func Deactivate() *Mutation {
	return &Mutation{
		Name: "deactivate", Past: "deactivated",
		Method: http.MethodPost, Path: func(id string) string { return model.SnapshotPath(id) + "/deactivate" },
		Permission: model.PermissionWrite, Disruptive: true, Shows: model.StateInactive,
		Refuse: refuseDeactivate, Impact: deactivateImpact, BulkImpact: bulkDeactivateImpact,
		Call: func(ctx context.Context, api API, s *model.Snapshot) (*model.Snapshot, error) {
			return nil, api.Deactivate(ctx, s.ID)
		},
		Ends:     func(s *model.Snapshot) bool { return s != nil && s.State == model.StateInactive },
		Reverted: func(*model.Snapshot) bool { return false },
	}
}

// Restore creates a deleted snapshot again.
func Restore() *Mutation {
	return &Mutation{
		Name: "restore", Past: "restored",
		Method: http.MethodPost, Path: func(string) string { return "/snapshots" },
		Permission: model.PermissionWrite, Shows: model.StatePending,
	}
}

// Create creates a snapshot that did not exist before.
func Create() *Mutation {
	m := Restore()
	m.Name, m.Past = "create", "created"
	return m
}

// Named returns the mutation of one request with the name, nil if there is none.
func Named(name string) *Mutation {
	for _, m := range []*Mutation{Delete(), Activate(), Deactivate()} {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Rebuild deletes a snapshot and creates it again, in several requests.
func Rebuild() *Mutation {
	return &Mutation{
		Name: "rebuild", Past: "rebuilt",
		Method: http.MethodDelete, Path: func(id string) string { return model.SnapshotPath(id) + ", then POST /snapshots" },
		Permission: model.PermissionWrite, Disruptive: true, LosesPools: true, Shows: model.StateRemoving,
	}
}
