package model

import "time"

// KeepDeleted is how long the recipe of a deleted snapshot is kept.
const KeepDeleted = 90 * 24 * time.Hour

// DeletedSnapshot is a deleted snapshot with its recipe.
type DeletedSnapshot struct {
	// Entry is the id of the recipe on the disk, "" if it is in memory only.
	Entry    string
	Snapshot *Snapshot // as it was listed last
	At       time.Time // when it was deleted, or first seen to be deleted
	// Elsewhere means that another client deleted it while polls were running.
	Elsewhere bool
}

// UnsavedError means that a delete was not sent, because the recipe could not be saved.
type UnsavedError struct{ Err error }

// Error implements error.
func (e *UnsavedError) Error() string { return "recipe could not be saved: " + e.Err.Error() }

// Unwrap returns the reason.
func (e *UnsavedError) Unwrap() error { return e.Err }
