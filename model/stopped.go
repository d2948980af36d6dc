package model

import "errors"

// ErrStopped is the cause with which the context of a rebuild ends where a user stopped
// it ([context.WithCancelCause]): as long as the delete was not sent the candidate is
// removed and the recipe forgotten. Later it is too late to stop, and the journal keeps
// the recipe as with any other cause, such as the end of the program.
var ErrStopped = errors.New("stopped")
