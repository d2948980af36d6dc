package cli

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
)

// TestGuardChecksAgain: what was not in use at the question can be in use before the request.
func TestGuardChecksAgain(t *testing.T) {
	t.Parallel()
	const used = `{"items":[{"id":"1","name":"box","state":"started","snapshot":"a","target":"us"}],"nextCursor":null}`
	const unused = `{"items":[],"nextCursor":null}`
	for name, tc := range map[string]struct {
		mutation  *mutation.Mutation
		after     time.Duration // since the question
		status    int
		body      string
		confirmed bool
		lastUsed  time.Duration // ago, 0 for never
		protect   string
		want      string
		wantErr   bool
	}{
		"fresh answer":     {mutation.Delete(), 10 * time.Second, 200, used, false, 0, "", "", false},
		"in use by now":    {mutation.Delete(), time.Minute, 200, used, false, 0, "", "since the question: in use by 1 sandbox", false},
		"still unused":     {mutation.Delete(), time.Minute, 200, unused, false, 0, "", "", false},
		"not known by now": {mutation.Delete(), time.Minute, 404, `{"statusCode":404,"message":"x"}`, false, 0, "", "since the question: use not known", false},
		"rate limited":     {mutation.Delete(), time.Minute, 429, "", false, 0, "", "", true},
		"confirmed":        {mutation.Delete(), time.Minute, 200, used, true, 0, "", "", false},
		"used by now":      {mutation.Delete(), time.Second, 200, unused, false, time.Hour, "", "since the question: used in the last day", false},
		"protected":        {mutation.Delete(), time.Second, 200, unused, false, 0, "a*", "since the question: protected", false},
		"use of others":    {mutation.Deactivate(), time.Minute, 200, used, false, 0, "", "", false},
		"refused by now":   {mutation.Activate(), time.Minute, 200, used, false, 0, "", "only an inactive snapshot can be activated", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tc.status)
				_, _ = fmt.Fprint(w, tc.body)
			}))
			api := demotest.Connect(t, url, demo.Key)
			asked := demotest.NewClock().Now()
			view := row.NewViewState(asked)
			g := &guard{
				api: api, mutation: tc.mutation, view: &view, names: []string{"a"}, confirmed: map[string]bool{"id": tc.confirmed},
				now:  func() time.Time { return asked.Add(tc.after) },
				uses: map[string]model.Use{"a": {Known: true, At: asked}},
			}
			if tc.protect != "" {
				g.protect = []string{tc.protect}
			}
			s := &model.Snapshot{ID: "id", Name: "a", State: model.StateActive}
			if tc.lastUsed > 0 {
				s.LastUsedAt = model.SomeTime(asked.Add(-tc.lastUsed))
			}
			got, err := g.check(t.Context(), s)
			if !strings.HasPrefix(got, tc.want) || (got == "") != (tc.want == "") || (err != nil) != tc.wantErr {
				t.Errorf("%q, %v; want %q, error %t", got, err, tc.want, tc.wantErr)
			}
		})
	}
}
