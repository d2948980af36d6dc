package cli

import (
	"fmt"
	"net/url"
	"time"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
)

// What recover does, as the log of actions calls it. To finish a rebuild is to
// rebuild: the dashboard calls it so, too.
const (
	actionResume   = "rebuild"
	actionDiscard  = "recover --discard"
	actionOriginal = "recover --original"
)

// diary writes to the log of actions what recover does with one entry.
type entryLog struct {
	r       *recoverCommand
	action  string
	entry   rebuild.Entry
	started time.Time
}

func (r *recoverCommand) actionLog(action string, e rebuild.Entry) entryLog {
	return entryLog{r: r, action: action, entry: e, started: r.Now()}
}

// hear writes down a request as soon as it is answered: the program may not live to
// see the end.
func (d entryLog) event(e model.RebuildEvent) {
	if e.Call == "" {
		return
	}
	record := d.record(e.Detail, e.Err)
	record.Time, record.Request, record.Seconds = e.At, e.Call, e.Took.Seconds()
	if c := d.entry.Candidate; c != nil && (e.Step == model.StepCandidate || e.Step == model.StepCleanup) {
		record.Name, record.ID = c.Recipe.Name, e.SnapshotID
	}
	d.write(record)
}

// ended writes down what came of it in the end.
func (d entryLog) ended(came string, err error) {
	if err != nil {
		came = err.Error()
	}
	record := d.record(came, err)
	record.Seconds = record.Time.Sub(d.started).Seconds()
	d.write(record)
}

func (d entryLog) record(came string, err error) activity.Record {
	e := d.entry
	return activity.Record{
		Time: d.r.Now().UTC(), Host: hostOf(e.Target.APIURL), Organization: e.Target.OrganizationID,
		Action: d.action, ID: e.Old.ID, Name: e.Old.Name, Result: came, Failed: err != nil,
	}
}

// write tells once that the log cannot be written. That is no reason to leave a
// rebuild half-way.
func (d entryLog) write(record activity.Record) {
	if err := newRecorder(d.r.StateDir)(record); err != nil && !d.r.logBroken {
		d.r.logBroken = true
		d.r.printError(fmt.Errorf("the log of actions cannot be written: %w", err))
	}
}

// hostOf is the host of a URL, or the URL where it has none.
func hostOf(raw string) string {
	if u, err := url.Parse(raw); err == nil && u.Host != "" {
		return u.Host
	}
	return raw
}
