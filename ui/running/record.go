package running

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
)

// Origin is where the requests of the dashboard are sent.
type Origin struct {
	Host, URL, Organization string
}

// Record returns a log record with the fields that all requests of an action share.
func (a *Action) Record(now time.Time, to Origin) activity.Record {
	r := activity.Record{
		Time: now.UTC(), Host: to.Host, URL: to.URL, Organization: to.Organization,
		Action: a.Mutation.Name, ID: a.ID, Name: a.Name,
	}
	if !a.Workflow {
		r.Request, r.Sent = a.Mutation.Method+" "+a.Mutation.Path(a.ID), a.Started.UTC()
	}
	return r
}

// SentRecord returns the record of a request that is about to be sent.
func (a *Action) SentRecord(now time.Time, to Origin) activity.Record {
	r := a.Record(now, to)
	r.Phase, r.Result = activity.Sent, "sent"
	return r
}

// CallRecord returns the record of one request of a rebuild, to be written as soon as it is
// answered: the program may end before the rebuild does. The store knows the names.
func (a *Action) CallRecord(e model.RebuildEvent, store *model.Store, now time.Time, to Origin) activity.Record {
	r := a.Record(now, to)
	r.Request, r.Seconds = e.Call, e.Duration.Seconds()
	if id := e.SnapshotID; id != "" {
		r.ID = id
		if s, ok := store.Get(id); ok {
			r.Name = s.Name // of a candidate, for example
		}
	}
	if e.Step == model.StepCreate {
		r = r.Replaced(e.Created, a.Placeholder)
	}
	return r.WithOutcome(activity.OutcomeOf(e.Err), e.Detail)
}
