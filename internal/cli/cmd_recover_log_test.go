package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
)

// logged returns the records of the action log, without those fields that depend on the
// server.
func (b *rebuildTest) logged() []activity.Record {
	b.t.Helper()
	data, err := os.ReadFile(filepath.Join(b.home, "state", actionLogFile))
	if err != nil {
		b.t.Fatal(err)
	}
	if strings.Contains(string(data), demo.Key) || strings.Contains(string(data), "FROM ") {
		b.t.Errorf("a secret, or a recipe: %s", data)
	}
	var all []activity.Record
	for line := range strings.Lines(string(data)) {
		var record activity.Record
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			b.t.Fatal(err)
		}
		if record.Time.IsZero() || record.Host != b.api.Host() || record.Organization != demo.OrganizationID {
			b.t.Errorf("%+v", record)
		}
		all = append(all, record)
	}
	return all
}

// brief returns the records in a short form.
func brief(all []activity.Record) []string {
	var lines []string
	for _, one := range all {
		lines = append(lines, strings.Join([]string{one.Action, one.Name, one.ID, one.Request, one.Result}, " | "))
	}
	return lines
}

// TestRecoverIsLogged records each request that changed something, and the outcome.
func TestRecoverIsLogged(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "POST", true)
	e := b.entries()[0].Entry
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	made, err := b.api.Get(t.Context(), builtName)
	if err != nil {
		t.Fatal(err)
	}
	all := b.logged()
	candidate := all[2].ID
	want := []string{
		"rebuild | " + builtName + " | " + e.Old.ID + " | DELETE /snapshots/" + e.Old.ID + " | accepted",
		"rebuild | " + builtName + " | " + e.Old.ID + " | POST /snapshots | accepted",
		"rebuild | " + e.Candidate.Recipe.Name + " | " + candidate + " | DELETE /snapshots/" + candidate + " | accepted",
		"rebuild | " + builtName + " | " + e.Old.ID + " |  | created: " + made.ID + ", active",
	}
	if diff := cmp.Diff(want, brief(all)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRecoverLogsFailures(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	// The key can delete, but not create.
	if got := b.recover(b.api.URL(), demo.DeleterKey, "--resume", "--yes"); got.code != 4 {
		t.Fatalf("%+v", got)
	}
	all := b.logged()
	if len(all) != 2 || !all[0].Failed || all[0].Request != "POST /snapshots" || !strings.Contains(all[0].Result, "Access denied") || !all[1].Failed || all[1].Request != "" {
		t.Errorf("%q", brief(all))
	}
	if got := b.recover("", "", "--discard", b.entries()[0].ID); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	all = b.logged()
	if last := all[len(all)-1]; len(all) != 3 || last.Failed || last.Action != "recover --discard" || last.Name != builtName {
		t.Errorf("%q", brief(all))
	}
}

// TestRequestIsLoggedImmediately reads the log right after the answer, since the
// process may be killed then.
func TestRequestIsLoggedImmediately(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	environment := newEnvironment(t, b.home, nil)
	r := &recovery{program: &program{Environment: environment}}
	e := b.entries()[0].Entry
	log := r.actionLog("rebuild", e)
	at := time.Date(2026, 11, 24, 14, 33, 53, 0, time.UTC)
	log.event(model.RebuildEvent{Step: model.StepDelete, Phase: model.PhaseStarted, At: at})
	log.event(model.RebuildEvent{Step: model.StepDelete, Phase: model.PhaseProgress, At: at, Elapsed: time.Second, Duration: 250 * time.Millisecond, Call: "DELETE /snapshots/1", Detail: "no", Err: errors.New("no")})
	want := []activity.Record{{
		Time: at, Phase: activity.Ended, Host: b.api.Host(), URL: e.Target.APIURL, Organization: demo.OrganizationID,
		Action: "rebuild", ID: e.Old.ID, Name: builtName,
		Request: "DELETE /snapshots/1", Outcome: activity.Failed, Result: "no", Failed: true, Seconds: 0.25,
	}}
	if diff := cmp.Diff(want, b.logged()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRecoverWithoutActionLog resumes and prints the error of the log once.
func TestRecoverWithoutActionLog(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	if err := os.Mkdir(filepath.Join(b.home, "state", actionLogFile), 0o700); err != nil {
		t.Fatal(err)
	}
	got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes")
	if got.code != 0 || len(b.entries()) > 0 || strings.Count(got.err, "the action log cannot be written") != 1 {
		t.Errorf("%+v", got)
	}
}
