package rebuild

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

const (
	// dockerfileSuffix ends the names of saved Dockerfiles. They are in the directory of the
	// entries, which have another suffix.
	dockerfileSuffix = ".Dockerfile"
	timeLayout       = "20060102T150405Z"
	maxName          = 60
	// maxDockerfiles bounds how many are kept: the newest.
	maxDockerfiles = 100
)

var (
	// dockerfilePattern matches the name of a saved Dockerfile: snapshot, time, entry. A
	// file with another name is never removed.
	dockerfilePattern = lazyRegexp(`^.+-(\d{8}T\d{6}Z)-([0-9a-f]{12})\.Dockerfile$`)
	// unsafeInNames matches what a snapshot's name can contain and a file name should
	// not.
	unsafeInNames = lazyRegexp(`[^a-zA-Z0-9_]+`)
)

// saveDockerfile writes the Dockerfile of a recipe to its own file and returns the
// name of the file. The file is for the user: the entry is removed when the create is
// accepted, and the build can fail after that.
func (j *Journal) saveDockerfile(recipe model.Recipe, what string, at time.Time, entry string) (string, error) {
	name := dockerfileName(recipe.Name+what, at, entry)
	lock, err := j.dir.Lock(name) // or another process removes it while it is written
	if errors.Is(err, durable.ErrLocked) {
		err = ErrInUse
	}
	if err == nil {
		err = j.dir.Write(name, []byte(recipe.BuildInfo.DockerfileContent))
		_ = lock.Release() // the kernel does it at the end of the process, too
	}
	if err != nil {
		_ = j.dir.Remove(name) // nothing was deleted yet
		return "", fmt.Errorf("save the Dockerfile: %w", err)
	}
	j.evictDockerfiles(name)
	return name, nil
}

// dockerfileName returns a file name for a Dockerfile. It is safe on every system for
// any name of a snapshot.
func dockerfileName(snapshot string, at time.Time, entry string) string {
	safe := unsafeInNames().ReplaceAllString(snapshot, "-")
	safe = strings.Trim(safe[:min(len(safe), maxName)], "-")
	if safe == "" {
		safe = "snapshot"
	}
	return safe + "-" + at.UTC().Format(timeLayout) + "-" + entry + dockerfileSuffix
}

// evictDockerfiles removes the oldest Dockerfiles beyond the limit. It keeps the one
// that was just written, whatever the clock says, and those of unfinished rebuilds. A
// file that cannot be removed does no harm.
func (j *Journal) evictDockerfiles(written string) {
	names, err := j.dir.Names(dockerfileSuffix)
	if err != nil {
		return
	}
	entries, err := j.dir.Names(entrySuffix)
	if err != nil {
		return
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		parts := dockerfilePattern().FindStringSubmatch(name)
		return name == written || parts == nil || slices.Contains(entries, parts[2]+entrySuffix)
	})
	at := func(name string) string { return dockerfilePattern().FindStringSubmatch(name)[1] }
	slices.SortStableFunc(names, func(a, b string) int { return strings.Compare(at(a), at(b)) })
	for _, name := range names[:max(0, len(names)+1-maxDockerfiles)] {
		_ = j.dir.Remove(name)
	}
}

// ReplacedDockerfile returns the path of the file with the old Dockerfile, "" if the
// rebuild does not replace it.
func (j *Journal) ReplacedDockerfile(e Entry) string { return j.path(e.Replaced) }

func (j *Journal) path(name string) string {
	if name == "" {
		return ""
	}
	return filepath.Join(j.dir.Path(), name)
}
