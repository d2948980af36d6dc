package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// decodeSnapshot decodes the JSON of a snapshot.
func decodeSnapshot(t testing.TB, raw string) *model.Snapshot {
	t.Helper()
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// invisible are characters that a terminal does not show, or draws over others: a filler,
// a variation selector and a stack of marks.
const invisible = "\u3164a\ufe0fe\u0301\u0301\u0301\u0301\u0301\u0301"

// hostileJSON returns the JSON of a snapshot with control sequences and formulas.
func hostileJSON() string {
	return `{"id":"1","name":"a\u001b]0;pwned\u0007` + "\u202e\u009b\U000e0041" + invisible + `","ref":"=cmd|' /C calc'!A0","imageName":"+1","state":"active\u001b[31m",` +
		`"sandboxClass":"@x","gpuType":"-y","errorReason":"\ttab\r\nline","regionIds":["us\u001b[2J","=b"],"size":-1.50,"general":false,"cpu":null}`
}

// formatRows returns the output of a format.
func formatRows(t testing.TB, format string, tty bool, rows ...*model.Snapshot) string {
	t.Helper()
	f, err := formatNamed(format)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{Environment: Environment{Getenv: func(string) string { return "" }}}
	var out strings.Builder
	err = f.write(&out, &listOutput{table: row.NewTable(rows, query.Query{}, query.Context{}), rows: rows, tty: tty, theme: p.listTheme(tty, false)})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A terminal gets a sentence where a table would have no rows. A pipe gets the header alone,
// which scripts expect.
func TestTableWithoutRows(t *testing.T) {
	t.Parallel()
	p := &program{Environment: Environment{Getenv: func(string) string { return "" }}}
	for _, tc := range []struct {
		query string
		tty   bool
		want  string
	}{
		{"nosuch", true, "no snapshots match\n"},
		{"", true, "no snapshots in this organization\n"},
		{"nosuch", false, "NAME  STATE  "},
	} {
		for _, name := range []string{"table", "wide"} {
			f, err := formatNamed(name)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			s := &listOutput{table: row.NewTable(nil, query.Parse(tc.query), query.Context{}), tty: tc.tty, theme: p.listTheme(tc.tty, false)}
			if err := f.write(&out, s); err != nil || !strings.HasPrefix(out.String(), tc.want) {
				t.Errorf("%s of %q on a terminal (%t): %q, %v", name, tc.query, tc.tty, out.String(), err)
			}
		}
	}
}

func TestFormatsEscapeForATerminal(t *testing.T) {
	t.Parallel()
	s := decodeSnapshot(t, hostileJSON())
	colours := regexp.MustCompile(`\x1b\[[0-9;]*m`) // colours
	for _, name := range formatNames() {
		out := formatRows(t, name, true, s)
		if strings.ContainsAny(colours.ReplaceAllString(out, ""), "\x1b\a\r\u202e\u009b\U000e0041\u3164\ufe0f") || strings.Contains(out, strings.Repeat("\u0301", 5)) {
			t.Errorf("%s prints control characters: %q", name, out)
		}
		if coloured := colours.MatchString(out); coloured != strings.Contains("table wide", name) {
			t.Errorf("%s has colours: %v", name, coloured)
		}
	}
	var back []map[string]any
	if err := json.Unmarshal([]byte(formatRows(t, "json", true, s)), &back); err != nil || back[0]["name"] != s.Name {
		t.Errorf("escaping changed the value: %v, %q", err, back)
	}
}

func TestPipedFormatsAreExact(t *testing.T) {
	t.Parallel()
	s := decodeSnapshot(t, hostileJSON())
	if got := formatRows(t, "json", false, s, s); got != "[\n"+hostileJSON()+",\n"+hostileJSON()+"\n]\n" {
		t.Errorf("JSON differs from the response: %q", got)
	}
	if got := formatRows(t, "name", false, s); got != s.Name+"\n" {
		t.Errorf("name %q", got)
	}
	for _, name := range []string{"table", "wide"} {
		if got := formatRows(t, name, false, s); strings.ContainsAny(got, "\x1b\a\r\u202e") || !strings.Contains(got, "a^[]0;pwned^G<U+202E>") {
			t.Errorf("%s: %q", name, got)
		}
	}
	records, err := csv.NewReader(strings.NewReader(formatRows(t, "csv", false, s))).ReadAll()
	if err != nil || len(records) != 2 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	got := map[string]string{}
	for i, column := range records[0] {
		if records[1][i] != "" {
			got[column] = records[1][i]
		}
	}
	want := map[string]string{
		"id": "1", "name": s.Name, "state": "active\x1b[31m", "general": "false",
		"ref": "'=cmd|' /C calc'!A0", "imageName": "'+1", "sandboxClass": "'@x", "gpuType": "'-y",
		"errorReason": "'\ttab\nline", // encoding/csv replaces CR LF by LF
		"regionIds":   `["us\u001b[2J","=b"]`, "size": "-1.50",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestCSVHasEveryProperty compares the columns with the fields of the model.
func TestCSVHasEveryProperty(t *testing.T) {
	t.Parallel()
	var want []string
	for _, part := range []struct {
		prefix string
		shape  reflect.Type
	}{{"", reflect.TypeFor[model.Snapshot]()}, {"buildInfo.", reflect.TypeFor[model.BuildInfo]()}} {
		for field := range part.shape.Fields() {
			property := field.Tag.Get("json")
			if property == "" {
				property = strings.ToLower(field.Name[:1]) + field.Name[1:]
			}
			if property != "-" && property != "buildInfo" {
				want = append(want, part.prefix+property)
			}
		}
	}
	got := slices.Sorted(slices.Values(csvColumns))
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCSVBuildInfo(t *testing.T) {
	t.Parallel()
	s := decodeSnapshot(t, `{"id":"1","buildInfo":{"dockerfileContent":"FROM a\n\n# \"x\", y\n","contextHashes":[],"createdAt":"2026-11-24T14:33:50.170Z"},"entrypoint":["a b","c"]}`)
	records, err := csv.NewReader(strings.NewReader(formatRows(t, "csv", false, s))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string]string{
		"buildInfo.dockerfileContent": "FROM a\n\n# \"x\", y\n", "buildInfo.contextHashes": "[]", "buildInfo.snapshotRef": "",
		"buildInfo.createdAt": "2026-11-24T14:33:50.170Z", "entrypoint": `["a b","c"]`,
	} {
		if got := records[1][slices.Index(records[0], column)]; got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
}

func TestFormatsWithoutRows(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]string{
		"json": "[]\n", "name": "", "csv": strings.Join(csvColumns, ",") + "\n",
		"table": headings(t, false), "wide": headings(t, true),
	} {
		if got := formatRows(t, format, false); got != want {
			t.Errorf("%s without rows: %q", format, got)
		}
	}
}

// headings returns the first line of a table.
func headings(t *testing.T, wide bool) string {
	t.Helper()
	for line := range row.NewTable(nil, query.Query{}, query.Context{}).Lines(nil, wide, 0) {
		return line.String() + "\n"
	}
	t.Fatal("a table has no headings")
	return ""
}

// failingWriter fails like a full disk.
type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestFormatWriteErrors(t *testing.T) {
	t.Parallel()
	rows := slices.Repeat([]*model.Snapshot{decodeSnapshot(t, hostileJSON())}, 100) // more than a buffer holds
	for _, f := range formats() {
		err := f.write(failingWriter{}, &listOutput{table: row.NewTable(rows, query.Query{}, query.Context{}), rows: rows})
		if err == nil {
			t.Errorf("%s returns no error", f.name)
		}
	}
}

// TestListInATerminal runs list in a pseudo terminal.
func TestListInATerminal(t *testing.T) {
	t.Parallel()
	width, now := 0, time.Now() // width as the terminal reports it
	stoppedClock := func() time.Time { return now }
	show := func(env map[string]string, args ...string) string {
		master, terminal, err := pty.Open()
		if err != nil {
			t.Skipf("no pseudo terminals here: %v", err)
		}
		if err := pty.Setsize(master, &pty.Winsize{Cols: uint16(width), Rows: 24}); err != nil {
			t.Fatal(err)
		}
		environment := newEnvironment(t, t.TempDir(), env)
		environment.Out, environment.Now = terminal, stoppedClock
		shown := make(chan []byte)
		go func() {
			var all bytes.Buffer
			_, _ = io.Copy(&all, master) // returns an error when the terminal is closed
			shown <- all.Bytes()
		}()
		code := Run(append([]string{"list"}, args...), environment)
		_ = terminal.Close()
		out := string(<-shown)
		_ = master.Close()
		if code != exitOK {
			t.Fatalf("exit code %d, %s", code, readFile(t, environment.Err))
		}
		return strings.ReplaceAll(out, "\r\n", "\n")
	}
	env := serve(t, demo.Options{Size: 30})
	env["TERM"] = "xterm-256color"
	coloured := show(env)
	if !strings.Contains(coloured, "\x1b[") || strings.ContainsAny(coloured, "\a\u202e") {
		t.Errorf("in colour: %q", coloured)
	}
	pipe := func(args ...string) string {
		environment := newEnvironment(t, t.TempDir(), env)
		environment.Now = stoppedClock
		return runWith(t, environment, append([]string{"list"}, args...)...).out
	}
	piped := pipe()
	if strings.Contains(piped, "\x1b") {
		t.Errorf("piped in colour: %q", piped)
	}
	env["NO_COLOR"] = "1"
	if got := show(env); got != piped {
		t.Errorf("without colour a terminal and a pipe differ: %s", cmp.Diff(piped, got))
	}
	delete(env, "NO_COLOR")
	if plain := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(coloured, ""); plain != piped {
		t.Errorf("colours change the text: %s", cmp.Diff(piped, plain))
	}
	env["NO_COLOR"] = "1"
	width = 80
	whole := strings.Split(piped, "\n")
	for i, line := range strings.Split(show(env), "\n") {
		name, _, _ := strings.Cut(whole[i], " ")
		if text.Cell(line).Width() > width || !strings.HasPrefix(line, name) {
			t.Errorf("%d columns: line %d is %q", width, i, line)
		}
	}
	if got, piped := show(env, "-o", "wide"), pipe("-o", "wide"); got != piped {
		t.Errorf("-o wide is cut: %s", cmp.Diff(piped, got))
	}
}

func TestListASCII(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(dir+"/snapdeck", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/snapdeck/config.yaml", []byte("ascii: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := serve(t, demo.Options{Size: 20})
	for _, tc := range []struct {
		dir, args string
		ascii     bool
	}{
		{dir, "list", true},
		{dir, "list --ascii=false -o wide", false},
		{t.TempDir(), "list", false},
		{t.TempDir(), "list --ascii -o wide", true},
	} {
		got := runIn(t, tc.dir, env, strings.Fields(tc.args)...)
		ascii := !strings.ContainsFunc(got.out, func(r rune) bool { return r > 0x7e })
		if got.code != exitOK || ascii != tc.ascii || strings.Contains(got.out, "x error") != tc.ascii {
			t.Errorf("%s: code %d:\n%s", tc.args, got.code, got.out)
		}
	}
}

func BenchmarkCSV(b *testing.B) {
	rows := slices.Repeat([]*model.Snapshot{decodeSnapshot(b, hostileJSON())}, 10_000)
	s := &listOutput{rows: rows}
	for b.Loop() {
		if err := writeCSV(io.Discard, s); err != nil {
			b.Fatal(err)
		}
	}
}
