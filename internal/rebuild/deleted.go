package rebuild

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

const (
	// deletedSuffix ends the file names of the recipes of deleted snapshots. It differs from
	// that of the entries, because each rebuild reads all entries, and an older program would
	// take a recipe for an entry of a newer one.
	deletedSuffix = ".deleted"
	deletedLayout = "20060102T150405.000Z"
)

// deletedPattern matches the file name of the recipe of a deleted snapshot: id of the entry,
// time. A file with another name is never removed.
var deletedPattern = lazyRegexp(`^([0-9a-f]{12})-(\d{8}T\d{6}\.\d{3}Z)\.deleted$`)

// errNoRecipe means that there is no saved recipe with an id.
var errNoRecipe = errors.New("no saved recipe with that id")

// SavedSnapshot is the saved recipe of a deleted snapshot.
type SavedSnapshot struct {
	ID       string // of the entry
	File     string // its path
	Target   Target // where it was deleted
	Name     string
	Deleted  time.Time       // when the recipe was saved, right before the delete
	Snapshot *model.Snapshot // as it was listed last, nil if Err is not nil
	// Elsewhere means that another client deleted it, see [model.DeletedSnapshot].
	Elsewhere bool
	Err       error // why the file cannot be read
}

// deletedFile is the name of a file with the recipe of a deleted snapshot, and its parts.
type deletedFile struct {
	name, id string
	at       time.Time
}

// parseDeletedFile returns the parts of a file name, and false if it is another file.
func parseDeletedFile(name string) (deletedFile, bool) {
	parts := deletedPattern().FindStringSubmatch(name)
	if parts == nil {
		return deletedFile{}, false
	}
	at, err := time.Parse(deletedLayout, parts[2])
	return deletedFile{name: name, id: parts[1], at: at}, err == nil
}

// deletedFiles returns the files with recipes of deleted snapshots, oldest first.
func (j *Journal) deletedFiles() ([]deletedFile, error) {
	names, err := j.dir.Names(deletedSuffix)
	if err != nil {
		return nil, fmt.Errorf("read the saved recipes: %w", err)
	}
	var files []deletedFile
	for _, name := range names {
		if file, ok := parseDeletedFile(name); ok {
			files = append(files, file)
		}
	}
	slices.SortStableFunc(files, func(a, b deletedFile) int { return a.at.Compare(b.at) })
	return files, nil
}

// Deleted returns the saved recipes of deleted snapshots of all servers and
// organizations, newest first. A delete may have been refused or reverted later: only the
// server knows.
func (j *Journal) Deleted() ([]SavedSnapshot, error) {
	files, err := j.deletedFiles()
	if err != nil {
		return nil, err
	}
	var all []SavedSnapshot
	seen := make(map[string]bool, len(files))
	for _, file := range slices.Backward(files) {
		if seen[file.id] {
			continue // an earlier delete of the same snapshot
		}
		seen[file.id] = true
		saved, err := j.readDeleted(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed a moment ago
		}
		saved.Err = err
		all = append(all, saved)
	}
	return all, nil
}

// deletedEntry returns the saved recipe with an id, or [errNoRecipe].
func (j *Journal) deletedEntry(id string) (SavedSnapshot, error) {
	files, err := j.deletedFiles()
	if err != nil {
		return SavedSnapshot{}, err
	}
	for _, file := range slices.Backward(files) {
		if file.id != id {
			continue
		}
		saved, err := j.readDeleted(file)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		return saved, err
	}
	return SavedSnapshot{}, errNoRecipe
}

// readDeleted reads one file. With an error it returns what the name says.
func (j *Journal) readDeleted(file deletedFile) (SavedSnapshot, error) {
	saved := SavedSnapshot{ID: file.id, File: j.path(file.name), Deleted: file.at}
	data, err := j.dir.Read(file.name)
	if err != nil {
		return saved, err
	}
	var e Entry
	if err := entryFormat().Decode(data, &e); err != nil {
		return saved, fmt.Errorf("%s cannot be read: %w", saved.File, err)
	}
	old, err := model.Decode(e.Old.JSON)
	switch {
	case e.Kind != KindDeleted:
		err = fmt.Errorf("%w: %q", errOtherKind, e.Kind)
	case e.ID != file.id, e.Old.ID == "", e.Target.APIURL == "":
		err = fmt.Errorf("%w: a field is missing", durable.ErrForeign)
	case err == nil && old.ID != e.Old.ID:
		err = fmt.Errorf("%w: it has another snapshot", durable.ErrForeign)
	}
	if err != nil {
		return saved, fmt.Errorf("%s cannot be read: %w", saved.File, err)
	}
	saved.Target, saved.Name, saved.Snapshot, saved.Elsewhere = e.Target, e.Old.Name, old, e.Elsewhere
	return saved, nil
}

// saveDeleted saves the recipe of a snapshot that is about to be deleted, or was deleted
// elsewhere. If it returns no error, the recipe is on the disk. hadRecipe means that the
// snapshot already had one, of an earlier delete.
func (j *Journal) saveDeleted(e Entry) (file deletedFile, hadRecipe bool, err error) {
	data, err := entryFormat().Encode(e)
	if err != nil {
		return file, false, err
	}
	older, err := j.deletedFiles()
	if err != nil {
		return file, false, err
	}
	older = slices.DeleteFunc(older, func(f deletedFile) bool { return f.id != e.ID })
	at := e.Started.Truncate(time.Millisecond)
	file = deletedFile{id: e.ID, at: at, name: e.ID + "-" + at.UTC().Format(deletedLayout) + deletedSuffix}
	if err := j.writeDeleted(file.name, data); err != nil {
		return file, false, err
	}
	for _, f := range older {
		if f.name != file.name {
			_ = j.removeDeleted(f.name) // it does no harm
		}
	}
	return file, len(older) > 0, nil
}

func (j *Journal) writeDeleted(name string, data []byte) error {
	lock, err := j.dir.Lock(name) // or another process removes it while it is written
	if errors.Is(err, durable.ErrLocked) {
		return ErrInUse
	}
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }() // the kernel does it at the end of the process, too
	if err := j.dir.Write(name, data); err != nil {
		_ = j.dir.Remove(name) // nothing was deleted yet
		return err
	}
	// A recipe that cannot be read is not saved.
	if saved, err := j.dir.Read(name); err != nil || !bytes.Equal(saved, data) {
		return cmp.Or(err, errEntryNotSaved)
	}
	return nil
}

// removeDeleted removes one file with a recipe.
func (j *Journal) removeDeleted(name string) error {
	lock, err := j.dir.Lock(name)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }()
	return j.dir.Remove(name)
}

// Purge removes the saved recipe with an id. It returns [errNoRecipe] if there is none.
func (j *Journal) Purge(id string) error {
	files, err := j.deletedFiles()
	if err != nil {
		return err
	}
	err = errNoRecipe
	for _, file := range files {
		if file.id != id {
			continue
		}
		if removeErr := j.removeDeleted(file.name); removeErr != nil {
			return fmt.Errorf("%s cannot be removed: %w", j.path(file.name), removeErr)
		}
		err = nil
	}
	return err
}

// newDeleted returns the entry of a deleted snapshot.
func newDeleted(s *model.Snapshot, t Target, now time.Time) Entry {
	return Entry{
		Kind: KindDeleted, ID: entryID(t, s.ID), Target: t,
		Old:     OldSnapshot{ID: s.ID, Name: s.Name, JSON: json.RawMessage(s.Raw.String())},
		Recipe:  model.Recipe{Name: s.Name},
		Started: now.UTC(), Updated: now.UTC(),
	}
}
