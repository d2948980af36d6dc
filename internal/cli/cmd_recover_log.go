package cli

import (
	"fmt"
	"net/url"
	"time"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
)

// Names in the action log. What is resumed has the name of its action, as in the dashboard.
const (
	actionDiscard  = "recover --discard"
	actionOriginal = "recover --original"
)

// entryLog writes to the action log what recover does with one entry.
type entryLog struct {
	r       *recovery
	action  string
	entry   rebuild.Entry
	started time.Time
}

func (r *recovery) actionLog(action string, e rebuild.Entry) entryLog {
	return entryLog{r: r, action: action, entry: e, started: r.Now()}
}

// event records a request as soon as it is answered: the program may exit before the
// rebuild ends.
func (d entryLog) event(e model.RebuildEvent) {
	if e.Call == "" {
		return
	}
	record := d.record(e.Detail, activity.OutcomeOf(e.Err))
	record.Time, record.Request, record.Seconds = e.At, e.Call, e.Duration.Seconds()
	if c := d.entry.Candidate; c != nil && (e.Step == model.StepCandidate || e.Step == model.StepCleanup) {
		record.Name, record.ID = c.Recipe.Name, e.SnapshotID
	}
	if e.Step == model.StepCreate && d.entry.Mode != model.Create {
		if old, err := model.Decode(d.entry.Old.JSON); err == nil {
			record = record.Replaced(e.Created, old)
		}
	}
	d.write(record)
}

// ended records the outcome, or the error.
func (d entryLog) ended(outcome string, err error) {
	ended := activity.Done
	if err != nil {
		outcome, ended = err.Error(), activity.Failed
	}
	record := d.record(outcome, ended)
	record.Seconds = record.Time.Sub(d.started).Seconds()
	d.write(record)
}

func (d entryLog) record(result string, outcome activity.Outcome) activity.Record {
	e := d.entry
	return activity.Record{
		Time: d.r.Now().UTC(), Host: hostOf(e.Target.APIURL), URL: e.Target.APIURL, Organization: e.Target.OrganizationID,
		Action: d.action, ID: e.Old.ID, Name: e.Old.Name,
	}.WithOutcome(outcome, result)
}

// write prints once that the log cannot be written. It does not stop the rebuild.
func (d entryLog) write(record activity.Record) {
	if err := newRecorder(d.r.StateDir)(record); err != nil && !d.r.logBroken {
		d.r.logBroken = true
		d.r.printError(fmt.Errorf("the action log cannot be written: %w", err))
	}
}

// hostOf returns the host of a URL, or the URL if it has none.
func hostOf(raw string) string {
	if u, err := url.Parse(raw); err == nil && u.Host != "" {
		return u.Host
	}
	return raw
}
