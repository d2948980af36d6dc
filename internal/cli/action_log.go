package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model/family"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/text"
)

const (
	// actionLogFile contains one line of JSON for each request that is sent, and for each
	// end of one.
	actionLogFile = "actions.jsonl"
	// recordTimeout is how long a request waits for its line to be on the disk.
	recordTimeout = 250 * time.Millisecond
	// actionLogTail bounds how much of the log is read at the start.
	actionLogTail = 512 << 10
	// maxOpenActions bounds how many requests of earlier runs are asked for.
	maxOpenActions = 50
)

var errSlowDisk = errors.New("the disk does not answer")

// newRecorder returns a function that appends actions to the log in dir. It creates dir
// with the first action, so that viewing snapshots writes no files.
func newRecorder(dir string) func(activity.Record) error {
	return bounded(func(r activity.Record) error { return appendAction(dir, r) }, recordTimeout)
}

// bounded returns a function that waits for the disk, but not for longer than the timeout.
// A record that comes while the disk does not answer is not written.
func bounded(write func(activity.Record) error, wait time.Duration) func(activity.Record) error {
	writing := make(chan struct{}, 1)
	return func(record activity.Record) error {
		timeout := time.After(wait)
		select {
		case writing <- struct{}{}:
		case <-timeout:
			return errSlowDisk
		}
		written := make(chan error, 1)
		go func() {
			written <- write(record)
			<-writing
		}()
		select {
		case err := <-written:
			return err
		case <-timeout:
			return errSlowDisk
		}
	}
}

func appendAction(dir string, record activity.Record) error {
	line, err := json.Marshal(record)
	if err != nil {
		return err
	}
	stateDir, err := durable.Open(dir)
	if err != nil {
		return err
	}
	return stateDir.Append(actionLogFile, []byte(text.JSON(string(line)))) // users print it with cat
}

// newOpenActions returns a function that reads the latest requests without a known end from
// the log in dir.
func newOpenActions(dir string) func(apiURL, organization string) ([]activity.Record, error) {
	return func(apiURL, organization string) ([]activity.Record, error) {
		lines, err := readTail(filepath.Join(dir, actionLogFile), actionLogTail)
		if err != nil {
			return nil, err
		}
		var records []activity.Record
		for line := range bytes.Lines(lines) {
			var r activity.Record
			if json.Unmarshal(line, &r) == nil && r.URL == apiURL && r.Organization == organization && r.ID != "" {
				records = append(records, r)
			}
		}
		open := activity.Open(records)
		return open[max(0, len(open)-maxOpenActions):], nil
	}
}

// originalsTail bounds how much of the log is read for the creation times of replaced
// snapshots.
const originalsTail = 32 << 20

// newOriginalTimes returns a function that reads the creation times of replaced snapshots from
// the log in dir, see [activity.OriginalTimes].
func newOriginalTimes(dir string) func(apiURL, organization string) (map[string]time.Time, error) {
	return func(apiURL, organization string) (map[string]time.Time, error) {
		lines, err := readTail(filepath.Join(dir, actionLogFile), originalsTail)
		if err != nil {
			return nil, err
		}
		var records []activity.Record
		for line := range bytes.Lines(lines) {
			if !bytes.Contains(line, []byte(`"newId"`)) {
				continue
			}
			var r activity.Record
			if json.Unmarshal(line, &r) == nil && r.URL == apiURL && (r.Organization == organization || organization == "") {
				records = append(records, r)
			}
		}
		return activity.OriginalTimes(records), nil
	}
}

// configuredRules returns the rules with patterns that package config has validated.
func configuredRules(patterns []string) *family.Rules {
	rules, err := family.NewRules(patterns, nil)
	must(err)
	return rules
}

// familyRules returns the rules of families, with the creation times of replaced snapshots.
// With an error it returns the rules without these.
func (p *program) familyRules(f *flags, c config.Config, apiURL string) (*family.Rules, error) {
	rules := configuredRules(c.Families)
	if f.demo {
		return rules, nil // its log of actions ended with the last demo
	}
	originals, err := newOriginalTimes(p.StateDir)(apiURL, "")
	if err != nil {
		return rules, fmt.Errorf("the age of rebuilt snapshots is not known: %w", err)
	}
	return rules.With(originals), nil
}

// readTail returns the end of a file, nothing if there is no such file.
func readTail(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	if _, err := file.Seek(max(0, info.Size()-most), io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(file, most))
}
