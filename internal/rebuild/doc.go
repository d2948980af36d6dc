// Package rebuild rebuilds a snapshot from its own recipe.
//
// The API has no such call, so a rebuild is a workflow: check, save the recipe,
// delete, wait until the name is free, create, follow until it is active. In between
// the snapshot does not exist, and only the saved recipe can bring it back. Therefore
// this package works like a database, around a write-ahead journal.
//
// # The journal
//
// Each rebuild has one file with everything that is needed to resume it: the recipe,
// the old snapshot as the server sent it, the API's URL, the organization and the
// step. The file is on the disk, fsynced, before the delete is sent. It is removed
// only with a proof: a GET showed the new snapshot, or the old one while no delete without
// an answer can still be carried out. Types enforce both rules. [remote.delete] takes
// the entry on the disk as its argument and can delete only what that entry names;
// [lockedEntry.drop] takes a [proof], and only two functions make one.
//
// A kernel lock on the file tells a running rebuild from an interrupted one. The file
// is named after the snapshot, so two dashboards cannot rebuild the same one at the
// same time. Two machines can: the one that comes second finds a snapshot of the same
// recipe and is done.
//
// An entry has a kind, so that the directory can hold recipes that are kept for another
// reason. An entry of an unknown kind or version is never changed; a damaged one, with a
// wrong checksum for example, can be moved away.
//
// # What a crash leaves
//
//	moment of the crash          the server has        the journal has
//	before the delete is sent    the old snapshot      nothing, or all of it
//	check sent, not answered     the old or the new    all of it
//	delete sent, not answered    the old or none       all of it
//	name not free yet            none                  all of it
//	create sent, not answered    none or the new       all of it
//	create accepted              none or the new       all of it
//	new snapshot seen            the new snapshot      nothing, or all of it
//
// So the recipe is never lost. The step in the journal is only a hint, since it can be
// behind the server: [Workflow.Resume] asks the server first. Before a create is sent
// again, the snapshot is looked up by name, and the server refuses a second snapshot
// with the same name in any case.
//
// # Deletes and restores
//
// A delete that is not part of a rebuild also saves the recipe first: [Workflow.Delete] takes a
// [SavedRecipe]. These recipes are in files of their own in the same directory, so that a
// rebuild does not read them. They are kept for 90 days, see [Journal.EvictDeleted]. A restore
// is a rebuild that starts at its create: it has an entry with the recipe, and asks the server
// for the name before it repeats a create. The proof that removes the entry removes the recipe,
// too. If the server refuses the create, the entry is removed and the recipe stays.
//
// # The server check
//
// Before the delete the create is sent once, while the old snapshot still has the name: see
// [ServerCheck]. If the name was free, this creates the new snapshot, and the rebuild
// follows that. A resumed run asks again only if no delete was sent.
//
// # Two modes
//
// In place is the workflow above. Verify first builds a candidate under a temporary
// name before anything is deleted. A comment makes its Dockerfile unique, or the
// server would serve the cached image of the same ref without a build. When the
// candidate is active, the old snapshot is deleted and created again from the
// candidate's Dockerfile, now served from cache. Then the candidate is removed, also
// after a failure or a crash.
//
// # Edited Dockerfiles
//
// A rebuild can replace the Dockerfile. The entry is removed when the create is
// accepted, but the build can still fail, so the old Dockerfile is first written to a
// file of its own, which stays. Until the create is accepted,
// [Journal.RestoreDockerfile] makes the rebuild use the old Dockerfile again: a create
// that the server refuses would be refused every time.
package rebuild
