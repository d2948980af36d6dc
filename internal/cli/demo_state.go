package cli

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"

	"daytona/snapdeck/internal/durable"
)

// demoPrefix starts the names of the temporary directories of demos. A demo locks the
// file with the same name and the suffix of a lock before it creates the directory, and
// until it ends. So a directory with a free lock is that of a demo that was killed.
const demoPrefix = name + "-demo-"

// newDemoState creates the state directory of a demo in tempDir.
func newDemoState(tempDir string) (state, error) {
	if _, err := os.Stat(tempDir); err != nil {
		return state{}, err
	}
	temp, err := durable.Open(tempDir)
	if err != nil {
		return state{}, err
	}
	name := demoPrefix + strings.ToLower(rand.Text())
	lock, _ := temp.Lock(name) // without one no later start removes the directory
	s := state{dir: filepath.Join(temp.Path(), name), temporary: true, lock: lock}
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		s.close()
		return state{}, err
	}
	return s, nil
}

// removeDeadDemos removes the directories of the user's killed demos from tempDir, which
// other users may share.
func removeDeadDemos(tempDir string) {
	entries, err := os.ReadDir(tempDir)
	if err != nil {
		return
	}
	temp, err := durable.Open(tempDir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		path := filepath.Join(temp.Path(), entry.Name())
		if !entry.IsDir() || !strings.HasPrefix(entry.Name(), demoPrefix) || !isOwnPath(path) || !isOwnPath(path+durable.LockSuffix) {
			continue
		}
		if lock, err := temp.Lock(entry.Name()); err == nil { // else the demo runs
			removeDemo(path, lock)
		}
	}
}

// removeDemo removes the directory of a demo, and its lock file if there is one. If the
// directory cannot be removed, the lock file stays for the next start, and the kernel
// releases the lock when the process ends.
func removeDemo(dir string, lock *durable.Lock) {
	if os.RemoveAll(dir) != nil || lock == nil {
		return
	}
	_ = lock.Release()
	_ = os.Remove(dir + durable.LockSuffix) // Windows refuses that while the file is locked
}
