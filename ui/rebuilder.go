package ui

import (
	"context"

	"daytona/snapdeck/model"
)

// Rebuilder rebuilds snapshots. The API has no such call, so it is a workflow: save
// the recipe, delete, wait until the name is free, create, follow.
type Rebuilder interface {
	// Plan returns what a rebuild would do. It sends nothing.
	Plan(model.RebuildRequest) model.Plan
	// Run carries out a plan and returns when the rebuild has ended. The events come
	// one after the other.
	Run(ctx context.Context, plan model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error)
	// Unfinished returns the interrupted rebuilds of this server and organization.
	Unfinished(ctx context.Context) ([]model.UnfinishedRebuild, error)
	// Finish resumes an interrupted rebuild by the id of its journal entry.
	Resume(ctx context.Context, id string, report func(model.RebuildEvent)) (model.RebuildResult, error)
}
