package mutation

import (
	"errors"
	"slices"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func after(seconds float64) time.Time {
	return now().Add(time.Duration(seconds * float64(time.Second)))
}

func in(state model.State, updated time.Time) *model.Snapshot {
	return &model.Snapshot{ID: "1", State: state, UpdatedAt: model.SomeTime(updated)}
}

func TestUnanswered(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err     error
		answer  string
		unknown bool
	}{
		"accepted":         {nil, "", false},
		"refused":          {&model.Error{Code: model.Forbidden, Status: 403, Sent: true}, "", false},
		"not found":        {&model.Error{Code: model.NotFound, Status: 404, Sent: true}, "", false},
		"rate limited":     {&model.Error{Code: model.RateLimited, Status: 429, Sent: true}, "", false},
		"not connected":    {&model.Error{Code: model.Network}, "", false},
		"another error":    {errors.New("refused"), "", false},
		"cut":              {&model.Error{Code: model.Network, Sent: true}, "no answer", true},
		"cancelled":        {&model.Error{Code: model.Canceled, Sent: true}, "no answer", true},
		"server error":     {&model.Error{Code: model.ServerError, Status: 500, Message: "An error\noccurred.", Sent: true}, "answer 500: An error occurred", true},
		"without a body":   {&model.Error{Code: model.ServerError, Status: 503, Message: "503 Service Unavailable", Sent: true}, "answer 503: Service Unavailable", true},
		"not JSON":         {&model.Error{Code: model.NotTheAPI, Status: 200, Message: "HTML page", Sent: true}, "answer 200: HTML page", true},
		"without message":  {&model.Error{Code: model.ServerError, Status: 502, Sent: true}, "answer 502", true},
		"request time-out": {&model.Error{Code: model.Network, Status: 408, Message: "408 Request Timeout", Sent: true}, "answer 408: Request Timeout", true},
	} {
		if answer, unknown := Unanswered(tc.err); answer != tc.answer || unknown != tc.unknown {
			t.Errorf("%s: %q, %t, want %q, %t", name, answer, unknown, tc.answer, tc.unknown)
		}
	}
}

func TestAnUnknownOutcomeIsAskedForForTenMinutes(t *testing.T) {
	t.Parallel()
	f := NewFollow(Delete(), in(model.StateActive, now()), now())
	if f.Due(after(100)) || f.Expired(after(1000)) {
		t.Fatal("it is followed before its request has ended")
	}
	f.Unanswered("no answer", now())
	var asked []float64
	at := 0.0
	for ; !f.Expired(after(at)); at++ {
		if f.Due(after(at)) {
			asked = append(asked, at)
			f.Asked(after(at))
			if v := f.Judge(in(model.StateActive, now()), after(at)); v != Open {
				t.Fatalf("after %v s it is %s", at, v)
			}
		}
	}
	if !slices.Equal(asked[:6], []float64{1, 2, 5, 15, 25, 35}) || at != 600 || len(asked) != 62 {
		t.Errorf("asked %d times, after %v s", len(asked), asked)
	}
	if f.Reason() != "no answer, still listed as active" {
		t.Errorf("the reason is %q", f.Reason())
	}
}

func TestWhatProvesTheEndOfARequest(t *testing.T) {
	t.Parallel()
	type read struct {
		at   float64
		s    *model.Snapshot
		want Verdict
	}
	before := in(model.StateActive, now())
	back := in(model.StateInactive, after(3))
	removing := in(model.StateRemoving, after(1))
	for name, tc := range map[string]struct {
		mutation *Mutation
		accepted bool
		reads    []read
	}{
		"deleted":                     {Delete(), true, []read{{1, before, Open}, {2, removing, Open}, {3, nil, Done}}},
		"deleted without an answer":   {Delete(), false, []read{{1, before, Open}, {50, before, Open}, {500, nil, Done}}},
		"taken by the server":         {Delete(), false, []read{{1, removing, Open}, {2, nil, Done}}},
		"reverted":                    {Delete(), true, []read{{1, removing, Open}, {4, back, Open}, {6, back, Reverted}}},
		"reverted without an answer":  {Delete(), false, []read{{1, removing, Open}, {4, back, Open}, {6, back, Reverted}}},
		"one read of a stale copy":    {Delete(), true, []read{{1, removing, Open}, {2, before, Open}, {20, removing, Open}, {25, before, Open}, {26, nil, Done}}},
		"a stale copy for long":       {Delete(), true, []read{{1, before, Open}, {30, before, Open}, {59, before, Open}, {60, nil, Done}}},
		"unchanged for a minute":      {Delete(), true, []read{{1, before, Open}, {30, before, Open}, {61, before, Reverted}}},
		"never reverted while open":   {Delete(), false, []read{{1, back, Open}, {20, back, Open}, {200, back, Open}}},
		"activated":                   {Activate(), true, []read{{1, in(model.StateInactive, now()), Open}, {2, in(model.StatePending, now()), Done}}},
		"activated without an answer": {Activate(), false, []read{{1, in(model.StateInactive, now()), Open}, {200, in(model.StateActive, now()), Done}}},
		"activated and deleted":       {Activate(), true, []read{{1, nil, Deleted}}},
		"deactivated":                 {Deactivate(), false, []read{{1, before, Open}, {2, in(model.StateInactive, now()), Done}}},
		"deactivated and deleted":     {Deactivate(), true, []read{{1, nil, Deleted}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := NewFollow(tc.mutation, before, now())
			if tc.accepted {
				f.Accepted(now())
			} else {
				f.Unanswered("no answer", now())
			}
			for _, r := range tc.reads {
				if got := f.Judge(r.s, after(r.at)); got != r.want {
					t.Errorf("after %v s: %s, want %s", r.at, got, r.want)
				}
			}
		})
	}
}

func TestARequestOfAnEarlierRunIsAskedForOnce(t *testing.T) {
	t.Parallel()
	listed := in(model.StateActive, now())
	for name, tc := range map[string]struct {
		sent  time.Duration // ago
		s     *model.Snapshot
		want  Verdict
		until float64
	}{
		"deleted":              {time.Hour, nil, Done, 60},
		"listed":               {time.Hour, listed, NotDone, 60},
		"sent a moment ago":    {time.Minute, listed, Open, 9 * 60},
		"nine and a half ago":  {570 * time.Second, listed, Open, 60},
		"being removed, still": {time.Hour, in(model.StateRemoving, now()), Open, 0},
	} {
		f := Resumed(Delete(), listed, now().Add(-tc.sent), now())
		if !f.Due(now()) || !f.Late() || !f.Unknown() {
			t.Errorf("%s: it is not asked for at once", name)
		}
		if got := f.Judge(tc.s, now()); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
		if tc.until > 0 && (f.Expired(after(tc.until-1)) || !f.Expired(after(tc.until))) {
			t.Errorf("%s: it is not asked for until %v s", name, tc.until)
		}
	}
	if Named("delete").Path("1") != "/snapshots/1" || Named("rebuild") != nil || Named("") != nil {
		t.Error("mutations are not found by their names")
	}
}

func TestAcceptedActionsAreReadEveryFewSeconds(t *testing.T) {
	t.Parallel()
	f := NewFollow(Delete(), nil, now())
	f.Accepted(now())
	var asked []float64
	for at := 0.0; at < 30; at++ {
		if f.Due(after(at)) {
			asked = append(asked, at)
			f.Asked(after(at))
		}
	}
	if !slices.Equal(asked, []float64{1, 3, 6, 10, 15, 20, 25}) || f.Expired(after(10000)) {
		t.Errorf("read after %v s", asked)
	}
}
