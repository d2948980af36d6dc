package cli

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/internal/durable"
)

// scriptRunner runs the scripts in testdata/script against a demo server with a clock
// that advances only while the program sleeps.
//
//	snapdeck ARG...   run the program
//	exits CODE        check the exit code of the last run
//	json PROPERTY     print a property of each object in stdout, from list -o json
//	csv COLUMN        print a column of stdout, from list -o csv
//	outage PATH       answer requests for the path with 503 from now on
//	fault METHOD PART STATUS  answer such requests with the status from now on
//	printf FILE TEXT   write a file without a line feed at its end
//	requests METHOD N  there were so many requests since the script began
type scriptRunner struct {
	clock  *demotest.Clock // of the server and the program
	api    *httptest.Server
	outage string
	fault  []string // method, part of the path, status
	mu     sync.Mutex
	sent   map[string]int // requests by method
	code   int
}

// newScriptRunner starts a demo server for one script.
func newScriptRunner(env *testscript.Env) *scriptRunner {
	h := &scriptRunner{clock: demotest.NewClock(), sent: make(map[string]int)}
	world := demo.New(demo.Options{Seed: 1, Size: 60, Now: h.clock.Now})
	h.api = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.outage != "" && r.URL.Path == h.outage {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		h.mu.Lock()
		h.sent[r.Method]++
		h.mu.Unlock()
		if f := h.fault; len(f) == 3 && r.Method == f[0] && strings.Contains(r.URL.Path, f[1]) {
			status, _ := strconv.Atoi(f[2])
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = fmt.Fprintf(w, `{"statusCode": %d, "message": "made up"}`, status)
			return
		}
		world.ServeHTTP(w, r)
	}))
	env.Defer(h.api.Close)
	env.Setenv("DAYTONA_API_URL", h.api.URL+"/api")
	env.Setenv("DAYTONA_API_KEY", demo.Key)
	env.Setenv("READ_ONLY_KEY", demo.ReadOnlyKey)
	return h
}

var update = flag.Bool("update", false, "update the scripts with the actual output")

func TestScripts(t *testing.T) {
	t.Parallel()
	type key struct{}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Values[key{}] = newScriptRunner(env)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"snapdeck": func(ts *testscript.TestScript, neg bool, args []string) {
				h := ts.Value(key{}).(*scriptRunner)
				h.code = h.run(ts, args)
				if (h.code != exitOK) != neg {
					ts.Fatalf("exit code %d", h.code)
				}
			},
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				if h := ts.Value(key{}).(*scriptRunner); len(args) != 1 || args[0] != strconv.Itoa(h.code) {
					ts.Fatalf("exit code %d, want %v", h.code, args)
				}
			},
			"outage": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Value(key{}).(*scriptRunner).outage = args[0]
			},
			"printf": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(args[1]), 0o600))
			},
			"fault": func(ts *testscript.TestScript, _ bool, args []string) { ts.Value(key{}).(*scriptRunner).fault = args },
			"requests": func(ts *testscript.TestScript, _ bool, args []string) {
				h := ts.Value(key{}).(*scriptRunner)
				h.mu.Lock()
				defer h.mu.Unlock()
				if n := h.sent[args[0]]; strconv.Itoa(n) != args[1] {
					ts.Fatalf("%d requests of %s, want %s", n, args[0], args[1])
				}
			},
			"json": func(ts *testscript.TestScript, _ bool, args []string) { ts.Check(printJSON(ts, args[0])) },
			"csv":  func(ts *testscript.TestScript, _ bool, args []string) { ts.Check(printCSV(ts, args[0])) },
		},
	})
}

func (h *scriptRunner) run(ts *testscript.TestScript, args []string) int {
	var outputs [2]*os.File
	for i := range outputs {
		file, err := os.CreateTemp(ts.Getenv("TMPDIR"), "")
		ts.Check(err)
		defer func() { _ = file.Close() }()
		outputs[i] = file
	}
	home := ts.Getenv("WORK")
	code := Run(args, Environment{
		In: os.Stdin, Out: outputs[0], Err: outputs[1], Getenv: ts.Getenv,
		ConfigDir: home, StateDir: home + "/state", DaytonaCLIDir: home + "/daytona",
		LogTo: func(io.Writer) {}, Now: h.clock.Now, Sleep: h.clock.Sleep, Disk: durable.OS{},
	})
	for i, w := range []io.Writer{ts.Stdout(), ts.Stderr()} {
		_, err := outputs[i].Seek(0, io.SeekStart)
		ts.Check(err)
		_, err = io.Copy(w, outputs[i])
		ts.Check(err)
	}
	return code
}

func printJSON(ts *testscript.TestScript, property string) error {
	var rows []map[string]any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &rows); err != nil {
		return err
	}
	for _, row := range rows {
		_, _ = fmt.Fprintln(ts.Stdout(), row[property])
	}
	_, err := io.WriteString(ts.Stdout(), "") // clears stdout if there are no rows
	return err
}

func printCSV(ts *testscript.TestScript, column string) error {
	records, err := csv.NewReader(strings.NewReader(ts.ReadFile("stdout"))).ReadAll()
	if err != nil {
		return err
	}
	at := -1
	for i, name := range records[0] {
		if name == column {
			at = i
		}
	}
	if at < 0 {
		return fmt.Errorf("no column %q in %v", column, records[0])
	}
	for _, record := range records[1:] {
		_, _ = fmt.Fprintln(ts.Stdout(), record[at])
	}
	_, err = io.WriteString(ts.Stdout(), "")
	return err
}
