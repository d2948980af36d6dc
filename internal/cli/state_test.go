package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

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

// TestActionLogIsRead checks which requests of earlier runs are asked for: those of the API
// and the organization without a known end, whatever else is in the file.
func TestActionLogIsRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	read := newOpenActions(dir)
	if open, err := read("https://host/api", "acme"); err != nil || len(open) != 0 {
		t.Errorf("without a file: %v, %v", open, err)
	}
	at := time.Date(2026, 11, 28, 12, 0, 0, 123456789, time.UTC)
	sent := func(id string, seconds int) activity.Record {
		return activity.Record{
			Phase: activity.Sent, URL: "https://host/api", Organization: "acme", Action: "delete", ID: id,
			Sent: at.Add(time.Duration(seconds) * time.Second), Result: "sent",
		}
	}
	elsewhere, foreign, old := sent("elsewhere", 0), sent("foreign", 0), sent("old", 0)
	elsewhere.URL, foreign.Organization = "https://other/api", "other"
	old.URL, old.Phase, old.Sent = "", "", time.Time{}
	record := newRecorder(dir)
	for _, r := range []activity.Record{
		sent("open", 0), sent("done", 0), sent("unknown", 0), sent("again", 0), elsewhere, foreign, old,
		sent("done", 0).WithOutcome(activity.Done, "deleted"),
		sent("unknown", 0).WithOutcome(activity.Unknown, "no answer"),
		sent("again", 0).WithOutcome(activity.Replaced, "another request followed"), sent("again", 1),
	} {
		if err := record(r); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, actionLogFile)
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = file.WriteString("not JSON\n[]\nnull\n{\"phase\":3}\n" + `{"phase":"sent","id":"torn`)
	_ = file.Close()
	open, err := read("https://host/api", "acme")
	var got []string
	for _, r := range open {
		got = append(got, r.ID)
	}
	if want := "open unknown again"; err != nil || strings.Join(got, " ") != want || !open[2].Sent.Equal(at.Add(time.Second)) {
		t.Errorf("open are %v, %v, want %s", open, err, want)
	}
}

func TestActionLogIsReadWithinBounds(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	record := newRecorder(dir)
	for i := range maxOpenActions + 5 {
		r := activity.Record{Phase: activity.Sent, URL: "u", Organization: "o", ID: fmt.Sprint(i), Sent: time.Unix(1, 0)}
		if i == 20 {
			r.Name = strings.Repeat("x", 2*actionLogTail) // what is before it is not read
		}
		if err := record(r); err != nil {
			t.Fatal(err)
		}
	}
	open, err := newOpenActions(dir)("u", "o")
	if err != nil || len(open) != maxOpenActions+5-21 || open[0].ID != "21" {
		t.Errorf("%d are open, %v", len(open), err)
	}
	_ = os.Remove(filepath.Join(dir, actionLogFile))
	if err := os.Mkdir(filepath.Join(dir, actionLogFile), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := newOpenActions(dir)("u", "o"); err == nil {
		t.Error("a directory is read")
	}
}

// TestActionLogDoesNotWaitForADisk checks that a disk that hangs delays a request only for
// a moment, and that records are written again when it answers.
func TestActionLogDoesNotWaitForADisk(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	var written []string
	record := bounded(func(r activity.Record) error {
		<-hang
		written = append(written, r.ID)
		return nil
	}, 10*time.Millisecond)
	for _, id := range []string{"1", "2"} {
		if err := record(activity.Record{ID: id}); !errors.Is(err, errSlowDisk) {
			t.Errorf("record %s: %v", id, err)
		}
	}
	close(hang)
	for {
		if err := record(activity.Record{ID: "3"}); err == nil {
			break
		}
	}
	if got := strings.Join(written, ""); !strings.HasPrefix(got, "13") {
		t.Errorf("written are %q", got)
	}
}
