package cli

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/model"
)

// TestCreateAnswers changes the answer to the create of a rebuild: 200 is no proof that
// the snapshot exists.
func TestCreateAnswers(t *testing.T) {
	t.Parallel()
	const bogus = "00000000-0000-4000-8000-000000000000"
	for name, tc := range map[string]struct {
		answer   string // to a create; %s is the body of the real one
		dropped  bool   // nothing is created
		finished bool
	}{
		"whole":               {answer: "%s", finished: true},
		"only an id":          {answer: `{"id":"` + bogus + `"}`, finished: true}, // found by its name
		"no id":               {answer: `{}`, finished: true},
		"nothing":             {answer: ``, finished: true},
		"HTML":                {answer: `<html></html>`, finished: true},
		"an id, not created":  {answer: `{"id":"` + bogus + `"}`, dropped: true},
		"whole, not created":  {answer: `{"id":"` + bogus + `","name":"` + builtName + `","state":"active"}`, dropped: true},
		"its name, no recipe": {answer: `{"id":"` + bogus + `","name":"` + builtName + `","state":"active"}`, finished: true},
	} {
		b := newRebuildTest(t, demo.Key)
		bodies := 0
		front := demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost || r.URL.Path != "/api/snapshots" {
				b.server.Config.Handler.ServeHTTP(w, r)
				return
			}
			body, _ := io.ReadAll(r.Body)
			if strings.Contains(string(body), "null") {
				t.Errorf("%s: sent %s", name, body)
			}
			bodies++
			created := `{"id":"` + bogus + `"}`
			if !tc.dropped {
				r.Body = io.NopCloser(strings.NewReader(string(body)))
				recorder := httptest.NewRecorder()
				b.server.Config.Handler.ServeHTTP(recorder, r)
				created = recorder.Body.String()
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, strings.ReplaceAll(tc.answer, "%s", created))
		}))
		r := b.rebuilderFor(front, demo.Key)
		result, err := r.Run(t.Context(), r.Plan(b.rebuildRequest(builtName)), nil)
		if tc.finished {
			if err != nil || result.Outcome != model.OutcomeRebuilt || len(b.entries()) > 0 {
				t.Errorf("%s: %+v, %v, left %d", name, result, err, len(b.entries()))
			}
			continue
		}
		if err == nil || result.Accepted() || result.Entry == "" || len(b.entries()) != 1 {
			t.Errorf("%s: %+v, %v, left %d after %d creates", name, result, err, len(b.entries()), bodies)
		}
		if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 5 || !strings.Contains(got.err, "another server") {
			t.Errorf("%s: %+v", name, got)
		}
		tc.dropped, tc.answer = false, "%s"
		if got := b.recover(front, demo.Key, "--resume", "--yes"); got.code != 0 || len(b.entries()) > 0 {
			t.Errorf("%s: resume: %+v", name, got)
		}
	}
}
