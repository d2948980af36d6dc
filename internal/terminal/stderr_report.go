package terminal

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A stderr report has the id of its process in its name while the process runs. Later it
// is renamed like a crash report, or removed if it is empty.
const (
	stderrPrefix = "stderr-"
	stderrSuffix = ".txt"
)

func createStderrReport(dir string) (*os.File, error) {
	if dir == "" {
		return nil, errNoStateDir
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	name := fmt.Sprintf("%s%d%s", stderrPrefix, os.Getpid(), stderrSuffix)
	return os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
}

// StderrReports returns the paths of files with the stderr output of earlier runs, such as
// the stack trace of a fatal runtime error. It returns each report once, and removes empty
// ones.
func StderrReports(stateDir string) []string {
	names, err := filepath.Glob(filepath.Join(stateDir, stderrPrefix+"*"+stderrSuffix))
	if err != nil {
		return nil
	}
	var reports []string
	for _, name := range names {
		base := filepath.Base(name)
		pid, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(base, stderrPrefix), stderrSuffix))
		if err != nil || isRunning(pid) {
			continue
		}
		if info, err := os.Lstat(name); err != nil || info.Size() == 0 {
			_ = os.Remove(name)
			continue
		}
		report := filepath.Join(stateDir, "crash-"+base)
		if os.Rename(name, report) == nil {
			reports = append(reports, report)
		}
	}
	return reports
}
