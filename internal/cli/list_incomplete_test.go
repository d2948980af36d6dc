package cli

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestIncompleteListIsReported(t *testing.T) {
	t.Parallel()
	for total, want := range map[string]string{
		"2":             "",
		"300":           "snapdeck: incomplete list: the server counts 300 snapshots, but sent 2\n",
		"1":             "snapdeck: incomplete list: the server counts 1 snapshots, but sent 2\n",
		"-7":            "snapdeck: incomplete list: the server counts -7 snapshots, but sent 2\n",
		"1000000000000": "snapdeck: incomplete list: the server counts 1000000000000 snapshots, but sent 2\n",
		`"all"`:         "snapdeck: incomplete list: the server sent no valid total, and 2 snapshots\n",
	} {
		env := serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/api/snapshots" || r.URL.Query().Get("page") != "1" {
				_, _ = fmt.Fprintf(w, `{"items":[],"total":%s,"totalPages":1}`, total)
				return
			}
			_, _ = fmt.Fprintf(w, `{"items":[{"id":"1","name":"a","state":"active"},{"id":"2","name":"b","state":"error"}],"total":%s,"totalPages":1}`, total)
		}))
		code := exitOK
		if want != "" {
			code = exitPartial
		}
		for _, args := range []string{"list", "list -o json", "list -o name", "list -o csv", "list state:failed"} {
			got := run(t, env, strings.Fields(args)...)
			if got.code != code || got.err != want || !strings.Contains(got.out, "b") {
				t.Errorf("%s of total %s: code %d, stderr %q, stdout %q", args, total, got.code, got.err, got.out)
			}
		}
	}
}
