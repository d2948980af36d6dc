package watch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// world is a server with answers that a test sets, on a clock that advances during Sleep.
type world struct {
	t       *testing.T
	now     time.Time
	answers []answer // one for each poll; the last one stays
	polls   []time.Duration
	lines   []string
	options Options
}

type answer struct {
	snapshots []*model.Snapshot
	err       error
	short     bool
}

func newWorld(t *testing.T, q string, answers ...answer) *world {
	t.Helper()
	w := &world{t: t, now: start(), answers: answers}
	w.options = Options{
		API: w, Host: "host", Query: query.Parse(q), Interval: 5 * time.Second, For: 2 * time.Minute,
		Now: func() time.Time { return w.now },
		Sleep: func(ctx context.Context, d time.Duration) error {
			w.now = w.now.Add(d)
			return context.Cause(ctx)
		},
		Report: func(e Event) error {
			w.lines = append(w.lines, strings.TrimPrefix(e.Line().String(), "2026-07-01 "))
			return nil
		},
		Started: func(matching, all int, _ []query.Problem) error {
			w.lines = append(w.lines, fmt.Sprintf("started %d of %d", matching, all))
			return nil
		},
		Connection: func(err error, retry time.Duration) {
			w.lines = append(w.lines, fmt.Sprintf("connection %v %v", err, retry))
		},
	}
	return w
}

func start() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

func (w *world) List(context.Context, func(model.ListProgress)) (model.Listing, error) {
	n := min(len(w.polls), len(w.answers)-1)
	w.polls = append(w.polls, w.now.Sub(start()))
	a := w.answers[n]
	listing := model.Listing{Snapshots: a.snapshots, Requests: 1}
	if a.short {
		listing.Incomplete = &model.IncompleteList{}
	}
	return listing, a.err
}

func (w *world) Check(context.Context, []string) (model.Check, error) { return model.Check{}, nil }
func (w *world) Budget() model.Budget {
	return model.Budget{Requests: 1000, Window: time.Minute}
}

func (w *world) run(want ...string) {
	w.t.Helper()
	if err := New(w.options).Run(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	if got := strings.Join(w.lines, "\n"); got != strings.Join(want, "\n") {
		w.t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// listed returns a snapshot as the server sends it.
func listed(t *testing.T, name string, state model.State, more ...string) *model.Snapshot {
	t.Helper()
	raw := fmt.Sprintf(`{"id":"id-%s","name":%q,"state":%q,"regionIds":["us"]%s}`, name, name, state, strings.Join(append([]string{""}, more...), ","))
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func list(snapshots ...*model.Snapshot) answer { return answer{snapshots: snapshots} }

func TestChanges(t *testing.T) {
	t.Parallel()
	a, b := listed(t, "a", "active"), listed(t, "b", "building")
	failed := listed(t, "b", "error", `"errorReason":"no\n\u001b[31mspace"`)
	w := newWorld(t, "",
		list(a, b), list(a, failed), list(a, failed, listed(t, "c", "pending")),
		list(listed(t, "a", "active", `"size":2`), failed, listed(t, "c", "pending")),
		list(listed(t, "a", "active", `"size":2`, `"lastUsedAt":"2026-07-01T12:00:00Z"`), failed, listed(t, "c", "pending")))
	w.run("started 2 of 2",
		"12:00:05Z  b  ◐ building → ✗ error: no ^[[31mspace",
		"12:00:15Z  c  added, ◌ pending",
		"12:00:20Z  a  changed: size")
}

// TestMissingRows are deleted only if the next poll agrees, or if they were being removed.
func TestMissingRows(t *testing.T) {
	t.Parallel()
	a, b, c := listed(t, "a", "active"), listed(t, "b", "active"), listed(t, "c", "removing")
	w := newWorld(t, "", list(a, b, c), list(b), list(a, b), list(a), list(a), answer{short: true}, list(a))
	w.run("started 3 of 3", "12:00:05Z  c  deleted", "12:00:35Z  b  deleted")
}

func TestQueryBeforeOrAfter(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "state:failed",
		list(listed(t, "a", "active"), listed(t, "b", "error")), list(listed(t, "a", "error"), listed(t, "b", "error"), listed(t, "x", "active")),
		list(listed(t, "a", "error"), listed(t, "b", "active"), listed(t, "x", "inactive")))
	w.run("started 1 of 2", "12:00:10Z  a  ✓ active → ✗ error", "12:00:20Z  b  ✗ error → ✓ active")
}

func TestReconnects(t *testing.T) {
	t.Parallel()
	down := answer{err: &model.Error{Code: model.Network, Message: "connection refused", Host: "host"}}
	a := listed(t, "a", "active")
	w := newWorld(t, "", list(a), down, down, down, list(a, listed(t, "b", "active")))
	w.run("started 1 of 1",
		"connection host: connection refused 5s",
		"connection <nil> 0s",
		"12:00:45Z  b  added, ✓ active")
	if got := fmt.Sprint(w.polls[:5]); got != "[0s 10s 15s 25s 45s]" {
		t.Errorf("polls at %s: it does not back off", got)
	}
}

// TestAnotherErrorIsReported: what a person can do about it is another thing.
func TestAnotherErrorIsReported(t *testing.T) {
	t.Parallel()
	failed := func(code model.ErrorCode) answer { return answer{err: &model.Error{Code: code, Message: string(code)}} }
	a := list(listed(t, "a", "active"))
	w := newWorld(t, "", a, failed(model.Network), failed(model.Network), failed(model.Unauthorized), failed(model.Unauthorized), a)
	w.run("started 1 of 1", "connection network 5s", "connection unauthorized 30s", "connection <nil> 0s")
}

func TestFirstAnswer(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		code  model.ErrorCode
		polls int
	}{
		"refused key": {model.Unauthorized, 1},
		"unreachable": {model.Network, 3},
	} {
		w := newWorld(t, "", answer{err: &model.Error{Code: tc.code}})
		if err := New(w.options).Run(t.Context()); model.CodeOf(err) != tc.code || len(w.polls) != tc.polls {
			t.Errorf("%s: %v after %d polls", name, err, len(w.polls))
		}
	}
}

// TestTimeIsOver: without any answer that is an error, during an outage it is not.
func TestTimeIsOver(t *testing.T) {
	t.Parallel()
	down := answer{err: &model.Error{Code: model.ServerError}}
	for code, answers := range map[model.ErrorCode][]answer{model.ServerError: {down}, "": {list(), down}} {
		w := newWorld(t, "", answers...)
		w.options.For = 12 * time.Second
		if err := New(w.options).Run(t.Context()); model.CodeOf(err) != code || w.now.Sub(start()) != 12*time.Second {
			t.Errorf("%v after %v, want %q", err, w.now.Sub(start()), code)
		}
	}
}

func TestDeactivation(t *testing.T) {
	t.Parallel()
	created := func(left time.Duration) string {
		return fmt.Sprintf(`"createdAt":%q`, start().Add(left-model.DefaultDeactivationTimeout).Format(time.RFC3339))
	}
	w := newWorld(t, "", list(
		listed(t, "soon", "active", created(72*time.Hour+27*time.Second)),
		listed(t, "hour", "active", created(time.Hour+18*time.Second)),
		listed(t, "already", "active", created(71*time.Hour)),
		listed(t, "idle", "inactive", created(72*time.Hour+27*time.Second))))
	w.run("started 4 of 4", "12:00:20Z  hour  deactivates in ~1h", "12:00:30Z  soon  deactivates in ~3d")
	w = newWorld(t, "name:soon", list(listed(t, "soon", "active", created(72*time.Hour+27*time.Second)), listed(t, "hour", "active", created(time.Hour+18*time.Second))))
	w.options.Context.Timeout = model.DefaultDeactivationTimeout
	w.run("started 1 of 2", "12:00:30Z  soon  deactivates in 3d")
}

func TestEnds(t *testing.T) {
	t.Parallel()
	full := errors.New("full")
	w := newWorld(t, "", list(), list(listed(t, "a", "active")))
	w.options.Report = func(Event) error { return full }
	if err := New(w.options).Run(t.Context()); !errors.Is(err, full) {
		t.Errorf("a failed report: %v", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(full)
	if err := New(newWorld(t, "", list()).options).Run(ctx); !errors.Is(err, full) {
		t.Errorf("a signal: %v", err)
	}
}
