package rebuild

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"daytona/snapdeck/internal/durable"
)

// suffix ends the names of entries' files.
const entrySuffix = ".json"

// What the journal answers.
var (
	ErrInUse      = errors.New("another snapdeck works on it right now")
	ErrUnfinished = errors.New("an unfinished rebuild of it is left: finish or discard that first")
	ErrNoEntry    = errors.New("there is no unfinished rebuild of that id")
)

// Journal is the folder of unfinished operations. It may be used by several
// goroutines and processes at once.
type Journal struct {
	folder *durable.Folder
}

// OpenJournal opens the journal in the folder, which is made if need be.
func OpenJournal(path string) (*Journal, error) {
	folder, err := durable.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return NewJournal(folder), nil
}

// NewJournal is the journal in a folder that is open already. It sweeps up what
// crashes left of files that were being written.
func NewJournal(folder *durable.Folder) *Journal {
	_ = folder.Sweep() // litter does no harm
	return &Journal{folder: folder}
}

// Path is the folder of the journal.
func (j *Journal) Path() string { return j.folder.Path() }

// Listed is an entry as a list shows it.
type ListedEntry struct {
	ID    string
	Entry Entry // the zero value where Err is not nil
	InUse bool  // somebody works on it now; otherwise it was left by a crash, or for lack of an answer
	// Err is why the entry cannot be read: a [*durable.VersionError] for one of
	// another version. Such an entry is shown and never touched.
	Err error
}

// List returns the unfinished operations, the oldest first.
func (j *Journal) List() ([]ListedEntry, error) {
	names, err := j.folder.Names(entrySuffix)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	var all []ListedEntry
	for _, name := range names {
		one := ListedEntry{ID: strings.TrimSuffix(name, entrySuffix)}
		one.Entry, one.Err = j.read(one.ID)
		if errors.Is(one.Err, ErrNoEntry) {
			continue // finished a moment ago
		}
		if locked, err := j.folder.Locked(name); err == nil {
			one.InUse = locked
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b ListedEntry) int { return a.Entry.Started.Compare(b.Entry.Started) })
	return all, nil
}

// conflict looks for another operation on the snapshot, or on its name.
func (j *Journal) conflict(t Target, id, name string) error {
	all, err := j.List()
	if err != nil {
		return err
	}
	own := entryID(t, id)
	for _, one := range all {
		if one.ID != own && (one.Entry.Old.Name != name || t.Accepts(one.Entry.Target) != nil) {
			continue
		}
		if one.InUse {
			return ErrInUse
		}
		return fmt.Errorf("%w (%s)", ErrUnfinished, one.ID)
	}
	return nil
}

// Discard forgets an operation, and with it the recipe. It returns [ErrNoEntry],
// [ErrInUse], or the reason why the entry cannot be read, which is then left alone.
func (j *Journal) Discard(id string) error {
	locked, err := j.open(id)
	if err != nil {
		return err
	}
	defer locked.release()
	return locked.discard()
}

// begin writes a new entry and keeps it locked.
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

// fresh writes an entry that must not replace another one.
func (j *Journal) writeNew(h *lockedEntry) error {
	e := h.entry
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
		h.entry.Replaced = name
	}
	err := h.save()
	if err != nil {
		_ = j.folder.Remove(e.ID + entrySuffix) // nothing was deleted for it
		if h.entry.Replaced != "" {
			_ = j.folder.Remove(h.entry.Replaced)
		}
	}
	return err
}

// take locks an entry that is left.
func (j *Journal) open(id string) (*lockedEntry, error) {
	if _, err := j.read(id); err != nil {
		return nil, err
	}
	lock, err := j.lock(id)
	if err != nil {
		return nil, err
	}
	locked := &lockedEntry{journal: j, lock: lock}
	// Whoever had the lock before may have changed or finished it.
	if locked.entry, err = j.read(id); err != nil {
		locked.release()
		return nil, err
	}
	return locked, nil
}

func (j *Journal) lock(id string) (*durable.Lock, error) {
	lock, err := j.folder.Lock(id + entrySuffix)
	if errors.Is(err, durable.ErrLocked) {
		return nil, ErrInUse
	}
	return lock, err
}

func (j *Journal) read(id string) (Entry, error) {
	data, err := j.folder.Read(id + entrySuffix)
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
