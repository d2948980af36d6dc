package rebuild

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/internal/durable"
)

// entrySuffix ends the file name of an entry.
const entrySuffix = ".json"

// Errors of the journal.
var (
	ErrInUse      = errors.New("another snapdeck is working on it")
	ErrUnfinished = errors.New("it has an unfinished action: resume or discard that first")
	ErrNoEntry    = errors.New("no unfinished action with that id")
	// ErrNameAwaited means that resuming the other rebuild does not help.
	ErrNameAwaited = errors.New("an unfinished action on a deleted snapshot has the same name: discard that first")
)

// errOtherKind means that an entry is not of a rebuild.
var errOtherKind = errors.New("an entry of another kind")

// EntryError is an entry that cannot be read, or is not of this program.
type EntryError struct {
	ID   string
	File string
	Err  error
}

// Error implements error. It names the file and what to do with it.
func (e *EntryError) Error() string {
	err, remedy := e.Err, "make it readable, or move it away"
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	}
	switch {
	case e.newer():
		remedy = "update snapdeck, or move the file away"
	case e.Damaged():
		remedy = "snapdeck recover --discard " + e.ID + " moves it away"
	}
	return fmt.Sprintf("%s cannot be read: %v · %s", e.File, err, remedy)
}

// Unwrap returns the reason.
func (e *EntryError) Unwrap() error { return e.Err }

// newer reports whether a newer program wrote the entry.
func (e *EntryError) newer() bool {
	return errors.As(e.Err, new(*durable.VersionError)) || errors.Is(e.Err, errOtherKind)
}

// Damaged reports whether the file is not an entry, or a part of one:
// [Journal.MoveAway] moves it away.
func (e *EntryError) Damaged() bool { return errors.Is(e.Err, durable.ErrForeign) }

// Journal is the directory of unfinished rebuilds. Several goroutines and processes can
// use it at once.
type Journal struct {
	dir *durable.Dir
}

// OpenJournal opens the journal in a directory, which is created if it does not exist.
func OpenJournal(path string) (*Journal, error) {
	dir, err := durable.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return NewJournal(dir), nil
}

// NewJournal returns the journal in an open directory. It removes the temporary files of
// interrupted writes.
func NewJournal(dir *durable.Dir) *Journal {
	_ = dir.RemoveTemporary() // temporary files do no harm
	return &Journal{dir: dir}
}

// Path returns the path of the directory.
func (j *Journal) Path() string { return j.dir.Path() }

// ListedEntry is an entry of a list.
type ListedEntry struct {
	ID    string
	Entry Entry // zero if Err is not nil
	InUse bool  // a process works on it now; if not, the rebuild was interrupted
	// Err is why the entry cannot be read: an [*EntryError]. Such an entry is listed and
	// never changed.
	Err error
}

// List returns the unfinished rebuilds, oldest first.
func (j *Journal) List() ([]ListedEntry, error) {
	names, err := j.dir.Names(entrySuffix)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	var all []ListedEntry
	for _, name := range names {
		listed := ListedEntry{ID: strings.TrimSuffix(name, entrySuffix)}
		listed.Entry, listed.Err = j.read(listed.ID)
		if errors.Is(listed.Err, ErrNoEntry) {
			continue // removed a moment ago
		}
		if locked, err := j.dir.Locked(name); err == nil {
			listed.InUse = locked
		}
		all = append(all, listed)
	}
	slices.SortStableFunc(all, func(a, b ListedEntry) int { return a.Entry.Started.Compare(b.Entry.Started) })
	return all, nil
}

// conflict returns an error if there is another rebuild of the snapshot or its name.
func (j *Journal) conflict(t Target, id, name string) error {
	all, err := j.List()
	if err != nil {
		return err
	}
	own := entryID(t, id)
	for _, other := range all {
		if other.ID != own && (other.Entry.Old.Name != name || t.Accepts(other.Entry.Target) != nil) {
			continue
		}
		switch {
		case other.InUse:
			return ErrInUse
		case other.Err != nil:
			return other.Err
		case other.Entry.NameTaken:
			return fmt.Errorf("%w: snapdeck recover --discard %s", ErrNameAwaited, other.ID)
		}
		return fmt.Errorf("%w (%s)", ErrUnfinished, other.ID)
	}
	return nil
}

// Discard removes an entry and its recipe. It returns [ErrNoEntry], [ErrInUse], or the
// error that the entry cannot be read; then it stays.
func (j *Journal) Discard(id string) error {
	locked, err := j.open(id)
	if err != nil {
		return err
	}
	defer locked.release()
	return locked.discard()
}

// unreadableSuffix ends the names of files that [Journal.MoveAway] moved away.
const unreadableSuffix = ".unreadable"

// MoveAway moves the file of a damaged entry away, so that it is no longer in the way of
// a rebuild, and returns its new path. The other errors are those of [Journal.Discard].
func (j *Journal) MoveAway(id string, now time.Time) (file string, err error) {
	lock, err := j.lock(id)
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Release() }() // the kernel does it at the end of the process, too
	damaged, ok := errors.AsType[*EntryError](j.readErr(id))
	if !ok || !damaged.Damaged() {
		return "", cmp.Or(j.readErr(id), errNotDamaged)
	}
	data, err := j.dir.Read(id + entrySuffix)
	if err != nil {
		return "", err
	}
	name := id + "-" + now.UTC().Format(timeLayout) + unreadableSuffix
	if err := j.dir.Write(name, data); err != nil {
		return "", err
	}
	return j.path(name), j.dir.Remove(id + entrySuffix)
}

var errNotDamaged = errors.New("the entry can be read")

func (j *Journal) readErr(id string) error {
	_, err := j.read(id)
	return err
}

// create writes a new entry and keeps it locked.
func (j *Journal) create(e Entry) (*lockedEntry, error) {
	lock, err := j.lock(e.ID)
	if err != nil {
		return nil, err
	}
	locked := &lockedEntry{journal: j, lock: lock, entry: e}
	if err := j.writeNew(locked); err != nil {
		locked.release()
		return nil, err
	}
	return locked, nil
}

// writeNew writes an entry, unless there is one already.
func (j *Journal) writeNew(l *lockedEntry) error {
	e := l.entry
	switch _, err := j.read(e.ID); {
	case err == nil:
		return fmt.Errorf("%w (%s)", ErrUnfinished, e.ID)
	case !errors.Is(err, ErrNoEntry):
		return err
	}
	if err := j.conflict(e.Target, e.Old.ID, e.Old.Name); err != nil {
		return err
	}
	if original, _, edited := e.Recipes(); edited {
		name, err := j.saveDockerfile(original, "", e.Started, e.ID)
		if err != nil {
			return err
		}
		l.entry.Replaced = name
	}
	err := l.save()
	if err != nil {
		_ = j.dir.Remove(e.ID + entrySuffix) // nothing was deleted yet
		if l.entry.Replaced != "" {
			_ = j.dir.Remove(l.entry.Replaced)
		}
	}
	return err
}

// open locks an existing entry.
func (j *Journal) open(id string) (*lockedEntry, error) {
	if _, err := j.read(id); err != nil {
		return nil, err
	}
	lock, err := j.lock(id)
	if err != nil {
		return nil, err
	}
	locked := &lockedEntry{journal: j, lock: lock}
	// The last owner of the lock may have changed or removed the entry.
	if locked.entry, err = j.read(id); err != nil {
		locked.release()
		return nil, err
	}
	return locked, nil
}

func (j *Journal) lock(id string) (*durable.Lock, error) {
	lock, err := j.dir.Lock(id + entrySuffix)
	if errors.Is(err, durable.ErrLocked) {
		return nil, ErrInUse
	}
	return lock, err
}

func (j *Journal) read(id string) (Entry, error) {
	data, err := j.dir.Read(id + entrySuffix)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, durable.ErrName) {
		return Entry{}, ErrNoEntry
	}
	var e Entry
	if err == nil {
		err = entryFormat().Decode(data, &e)
	}
	if err == nil {
		err = e.validate(id)
	}
	if err != nil {
		return Entry{}, &EntryError{ID: id, File: j.path(id + entrySuffix), Err: err}
	}
	return e, nil
}
