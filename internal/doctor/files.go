package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
)

// ErrUnfinished is the error of a journal with interrupted actions.
var ErrUnfinished = errors.New("interrupted actions")

// Configuration returns the check of the configuration file at path and of the theme file.
func Configuration(path string, err error, warnings []config.Problem) Check {
	const name = "configuration"
	_, invalid := errors.AsType[config.Problem](err)
	switch {
	case invalid:
		return Check{Name: name, Status: Failed, Detail: err.Error(), Remedy: "correct the value, or remove it for the default", Err: err}
	case err != nil:
		return Check{Name: name, Status: Failed, Detail: err.Error(), Remedy: "check the path of --config", Err: err}
	case len(warnings) == 1:
		return warning(name, warnings[0].Error(), "")
	case len(warnings) > 1:
		return warning(name, fmt.Sprintf("%s (and %d more)", warnings[0].Error(), len(warnings)-1), "")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return passed(name, path+" does not exist: all defaults", "")
	}
	return passed(name, path, "")
}

// State returns the checks of the journal in dir, and of the saved recipes of
// deleted snapshots in it.
func State(dir string, now time.Time) []Check {
	const journalName, recipesName = "journal", "saved recipes"
	if err := writable(dir); err != nil {
		err = fmt.Errorf("no rebuild or delete can save its recipe: %w", err)
		return []Check{
			{Name: journalName, Status: Failed, Detail: err.Error(), Remedy: "make the directory writable, free space on its disk, or set XDG_STATE_HOME", Err: err},
			unknown(recipesName, "not checked: see the journal"),
		}
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return []Check{passed(journalName, dir+", empty", ""), passed(recipesName, "none", "")}
	}
	j, err := rebuild.OpenJournal(dir)
	if err != nil {
		return []Check{failed(journalName, err), unknown(recipesName, "not checked: see the journal")}
	}
	return []Check{journal(j), recipes(j, now)}
}

// recipeSize is the size of a large recipe.
const recipeSize = 64 << 10

// writable writes a file of the size of a large recipe in dir and removes it. If dir does not
// exist, it tries the directory in which dir would be created.
func writable(dir string) error {
	for {
		info, err := os.Stat(dir)
		if err == nil && !info.IsDir() {
			return fmt.Errorf("%s is not a directory", dir)
		}
		if parent := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && parent != dir {
			dir = parent
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	probe, err := os.CreateTemp(dir, ".snapdeck-doctor-")
	if err != nil {
		return err
	}
	_, err = probe.Write(make([]byte, recipeSize))
	return errors.Join(err, probe.Sync(), probe.Close(), os.Remove(probe.Name()))
}

func journal(j *rebuild.Journal) Check {
	const name = "journal"
	entries, err := j.List()
	if err != nil {
		return failed(name, err)
	}
	var running, interrupted []model.RebuildMode
	unreadable := 0
	for _, e := range entries {
		switch {
		case e.Err != nil:
			unreadable++
		case e.InUse:
			running = append(running, e.Entry.Mode)
		default:
			interrupted = append(interrupted, e.Entry.Mode)
		}
	}
	switch {
	case len(interrupted)+unreadable > 0:
		detail := countActions("interrupted", interrupted)
		if unreadable > 0 {
			detail += ", " + format.Plural(unreadable, "damaged file")
		}
		return Check{Name: name, Status: Failed, Detail: detail, Remedy: "see snapdeck recover", Err: fmt.Errorf("%w: %d", ErrUnfinished, len(interrupted)+unreadable)}
	case len(running) > 0:
		return passed(name, countActions("running", running), "")
	}
	return passed(name, j.Path()+", no unfinished actions", "")
}

func recipes(j *rebuild.Journal, now time.Time) Check {
	const name = "saved recipes"
	saved, err := j.Deleted()
	if err != nil {
		return failed(name, err)
	}
	unreadable, oldest := 0, now
	for _, s := range saved {
		switch {
		case s.Err != nil:
			unreadable++
		case s.Deleted.Before(oldest):
			oldest = s.Deleted
		}
	}
	switch {
	case len(saved) == 0:
		return passed(name, "none", "")
	case unreadable > 0:
		return warning(name, fmt.Sprintf("%s, %d of them damaged", countSnapshots(len(saved)), unreadable), "see "+j.Path())
	}
	return passed(name, fmt.Sprintf("%s, the oldest deleted %s", countSnapshots(len(saved)), format.Relative(oldest, now)), "")
}

// countActions counts actions, as in "2 interrupted restores".
func countActions(which string, modes []model.RebuildMode) string {
	return format.Plural(len(modes), which+" "+model.CommonAction(modes))
}

func countSnapshots(n int) string { return format.Plural(n, "deleted snapshot") }
