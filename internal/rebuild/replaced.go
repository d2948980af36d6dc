package rebuild

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

const (
	// dockerfileSuffix ends the names of the files with Dockerfiles. They lie beside
	// the entries, which end otherwise, so no list of entries shows them.
	dockerfileSuffix = ".Dockerfile"
	timeLayout       = "20060102T150405Z"
	maxName          = 60
	// maxKept bounds how many are kept: the newest.
	maxDockerfiles = 100
)

var (
	// keptForm is the name of such a file: the snapshot, the time, the entry. What
	// has another name is not ours and never removed.
	dockerfilePattern = regexp.MustCompile(`^.+-(\d{8}T\d{6}Z)-([0-9a-f]{12})\.Dockerfile$`)
	// notInNames is what a snapshot's name may have and a file's had better not.
	unsafeInNames = regexp.MustCompile(`[^a-zA-Z0-9_]+`)
)

// keep writes the Dockerfile of a recipe to a file of its own, as it is, for people:
// an entry goes with the create that was accepted, and the build can fail after that.
// It returns the name of the file.
func (j *Journal) saveDockerfile(recipe model.Recipe, what string, at time.Time, entry string) (string, error) {
	name := dockerfileName(recipe.Name+what, at, entry)
	lock, err := j.folder.Lock(name) // else it would be swept up while it is written
	if errors.Is(err, durable.ErrLocked) {
		err = ErrInUse
	}
	if err == nil {
		err = j.folder.Write(name, []byte(recipe.BuildInfo.DockerfileContent))
		_ = lock.Release() // the kernel does it at the end of the process, too
	}
	if err != nil {
		_ = j.folder.Remove(name) // nothing was done that it is needed for
		return "", fmt.Errorf("keep the Dockerfile: %w", err)
	}
	j.evictDockerfiles(name)
	return name, nil
}

// keptName is a file name for a Dockerfile that is safe on every system, whatever
// the server calls its snapshots.
func dockerfileName(snapshot string, at time.Time, entry string) string {
	safe := unsafeInNames.ReplaceAllString(snapshot, "-")
	safe = strings.Trim(safe[:min(len(safe), maxName)], "-")
	if safe == "" {
		safe = "snapshot"
	}
	return safe + "-" + at.UTC().Format(timeLayout) + "-" + entry + dockerfileSuffix
}

// thin removes the oldest Dockerfiles where there are too many, but not the one that
// was just written, whatever the clock says, nor one whose rebuild is unfinished.
// What cannot be removed does no harm.
func (j *Journal) evictDockerfiles(written string) {
	names, err := j.folder.Names(dockerfileSuffix)
	if err != nil {
		return
	}
	entries, err := j.folder.Names(entrySuffix)
	if err != nil {
		return
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		parts := dockerfilePattern.FindStringSubmatch(name)
		return name == written || parts == nil || slices.Contains(entries, parts[2]+entrySuffix)
	})
	at := func(name string) string { return dockerfilePattern.FindStringSubmatch(name)[1] }
	slices.SortStableFunc(names, func(a, b string) int { return strings.Compare(at(a), at(b)) })
	for _, name := range names[:max(0, len(names)+1-maxDockerfiles)] {
		_ = j.folder.Remove(name)
	}
}

// ReplacedFile is the path of the file with the Dockerfile that the rebuild of an
// entry replaces, "" where it replaces none.
func (j *Journal) ReplacedFile(e Entry) string { return j.path(e.Replaced) }

func (j *Journal) path(name string) string {
	if name == "" {
		return ""
	}
	return filepath.Join(j.folder.Path(), name)
}
