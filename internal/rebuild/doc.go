// Package rebuild makes a snapshot again from its own recipe.
//
// The API has no such call. A rebuild is a workflow: check, save the recipe,
// delete, wait until the name is free, create, follow until it is active. In the
// middle of it the snapshot does not exist, and all that knows how to bring it
// back is what was saved before. So this package is built like a database: around
// a write-ahead journal.
//
// # The journal
//
// One file for each operation holds everything that it takes to finish it: the
// recipe, the old snapshot as the server sent it, the API's URL, the
// organization, the step reached. It is on the disk, fsynced, before the delete
// is sent, and it goes only with proof in hand: a create that was accepted, or
// the old snapshot seen alive. Both rules are types here. [remote.delete] takes
// the entry on the disk as its argument and can delete nothing but what that
// entry names; [lease.drop] takes a [proof], and only two functions make one.
//
// A kernel lock on the file tells an operation that somebody works on from one
// that a crash left. The file is named after the snapshot, so two dashboards
// cannot rebuild the same one at the same time.
//
// # What may be lost when
//
//	moment of a crash            the server has        the journal has
//	before the delete is sent    the old snapshot      nothing, or all of it
//	delete sent, not answered    the old or none       all of it
//	name not free yet            none                  all of it
//	create sent, not answered    none or the new       all of it
//	create accepted              the new snapshot      nothing, or all of it
//
// So the recipe is never lost, and whatever is on the disk is only a hint where
// to go on: the step that was reached may be older than the truth, and [Workflow.Finish]
// asks the server before it does anything. A create is never sent again before
// the answer to the last one was looked for by name, and the server refuses a
// second snapshot of the same name anyway.
//
// # Two modes
//
// In place is the workflow above. Verify first builds a candidate under another
// name before anything is deleted, with a comment in its Dockerfile that makes it
// unique, since the same Dockerfile would only be served from the cache of its
// twin. When the candidate is active the old snapshot is deleted and created again
// from the candidate's Dockerfile, which is then instant, and the candidate is
// removed. It is removed after a failure and after a crash too.
//
// # Edited Dockerfiles
//
// A rebuild may replace the Dockerfile. An accepted create is no proof that it
// builds, and the entry goes with it, so the old Dockerfile is written to a file of
// its own before the delete, beside the entries, where it stays. Until the create is
// accepted [Journal.Revert] gives the rebuild its old Dockerfile back, for what the
// server refuses now it would refuse for ever.
package rebuild
