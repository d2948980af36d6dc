package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"daytona/snapdeck/ui/activity"
)

func TestActionLog(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "snapdeck")
	hostile := "a\x1b]0;x\a\u202eb\u009b\n" + invisible
	var writing sync.WaitGroup
	for range 20 {
		writing.Go(func() { // like several dashboards
			record := newRecorder(dir)
			if err := record(activity.Record{Action: "delete", Name: hostile, Request: "DELETE /snapshots/1"}); err != nil {
				t.Error(err)
			}
		})
	}
	writing.Wait()
	path := filepath.Join(dir, "actions.jsonl")
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(log), "\n"), "\n")
	if len(lines) != 20 {
		t.Errorf("%d lines, want 20", len(lines))
	}
	for _, line := range lines {
		var record activity.Record
		if err := json.Unmarshal([]byte(line), &record); err != nil || record.Name != hostile {
			t.Errorf("%v, name %q", err, record.Name)
		}
		if strings.ContainsAny(line, "\x1b\a\u202e\u009b\u3164\ufe0f") || strings.Contains(line, strings.Repeat("\u0301", 5)) {
			t.Errorf("%q contains control characters", line)
		}
	}
	for path, want := range map[string]os.FileMode{path: 0o600, dir: 0o700 | os.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
}

func TestActionLogIsCreatedLazily(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	newRecorder(dir)
	if _, err := os.Stat(dir); err == nil {
		t.Error("the directory exists before the first action")
	}
}

func TestActionLogWriteError(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := newRecorder(filepath.Join(file, "state"))(activity.Record{}); err == nil {
		t.Error("no error")
	}
}
