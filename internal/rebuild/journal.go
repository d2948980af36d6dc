package rebuild

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"daytona/snapdeck/internal/durable"
)

// entrySuffix ends the file name of an entry.
const entrySuffix = ".json"

// Errors of the journal.
var (
	ErrInUse      = errors.New("another snapdeck is working on it")
	ErrUnfinished = errors.New("it has an unfinished rebuild: resume or discard that first")
	ErrNoEntry    = errors.New("no unfinished rebuild with that id")
)

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
	// Err is why the entry cannot be read: a [*durable.VersionError] for another
	// version. Such an entry is listed and never changed.
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
		if other.InUse {
			return ErrInUse
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
	if _, err := j.read(e.ID); !errors.Is(err, ErrNoEntry) {
		return fmt.Errorf("%w (%s)", ErrUnfinished, e.ID)
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
	if err != nil {
		return Entry{}, err
	}
	var e Entry
	if err := entryFormat().Decode(data, &e); err != nil {
		return Entry{}, err
	}
	if err := e.validate(id); err != nil {
		return Entry{}, err
	}
	return e, nil
}
