package inspect

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
	"daytona/snapdeck/ui/uitest"
)

var update = flag.Bool("update", false, "write the golden files")

// Two extreme snapshots: one without any value that the server may leave out, and one
// with all of them, a newer property and hostile text.
const (
	allNull = `{"id":"00000000-0000-4000-8000-000000000001","organizationId":null,"general":false,"name":"all-null","imageName":null,"state":"active","size":null,"entrypoint":null,"cpu":null,"gpu":null,"mem":null,"disk":null,"errorReason":null,"createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-20T10:00:00.000Z","lastUsedAt":null,"buildInfo":null,"regionIds":null,"initialRunnerId":null,"ref":null}`
	allSet  = `{"id":"00000000-0000-4000-8000-000000000002","organizationId":"8a108392-77cd-45d7-a325-b25b6784251e","general":true,"name":"all-set \u202e\u001b[31m","imageName":"registry.acme.dev/ml/cuda:12.6","state":"error","size":17.25,"entrypoint":["sleep","infinity"],"cpu":4,"gpu":1,"gpuType":"H100","mem":8,"disk":10,"errorReason":"first line\r\n\tsecond\u001b]0;pwned\u0007 line","createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-24T21:59:00.000Z","lastUsedAt":"2026-11-24T21:58:00.000Z","buildInfo":{"dockerfileContent":"FROM alpine:3.20\nRUN echo hello\nRUN echo world\n","contextHashes":["bb","aa"],"createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-20T10:05:00.000Z","snapshotRef":"daytona-x:daytona"},"regionIds":["us","nowhere"],"initialRunnerId":"f3573bdc-bb62-4923-b05b-313dee9c60b3","ref":"registry.daytona.io/daytona/daytona-e20af812c83bbf8f2ffb5ef7f1b0f1a5fba1bf1742dd43271177d43060c0812e:daytona","sandboxClass":"container","sourceSandboxId":"sandbox-7","warmth":{"degrees":21}}`
)

// start is when every test begins.
var start = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)

// input is what the tabs show of a snapshot that is the only one.
func input(t *testing.T, raw string) Input {
	t.Helper()
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	v := uitest.View(start, s)
	v.Regions = []model.Region{{ID: "us", Name: "us", Type: "shared"}, {ID: "eu", Name: "eu", Type: "shared"}}
	return Input{View: v, Snapshot: s, Width: 118, LogKey: "l"}
}

// shown is a tab as a person reads it.
func shown(t *testing.T, tab Tab, in Input) string {
	t.Helper()
	source := tab.Show(NewRenderer(), in)
	var b strings.Builder
	for i := range source.Len() {
		line := source.Line(i).String()
		if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f }) || text.Altered(line) {
			t.Errorf("%s: line %d can act on the terminal: %q", tab.Name, i, line)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// overview is the first tab on single spaces.
func overview(t *testing.T, raw string) string {
	t.Helper()
	return strings.Join(strings.Fields(shown(t, Tabs()[0], input(t, raw))), " ")
}

func sees(t *testing.T, screen string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(screen, w) {
			t.Errorf("%q is not shown:\n%s", w, screen)
		}
	}
}

func TestEveryTabOfExtremeSnapshots(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{"all-null": allNull, "all-set": allSet} {
		var b strings.Builder
		for _, tab := range Tabs() {
			fmt.Fprintf(&b, "=== %s\n%s", tab.Name, shown(t, tab, input(t, raw)))
		}
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s differs, got:\n%s", file, b.String())
		}
	}
}

func TestOverviewKeepsAbsentNullAndZeroApart(t *testing.T) {
	t.Parallel()
	sees(t, overview(t, allNull), "size none", "CPU none", "class not sent by the server", "last used never")
	zero := strings.NewReplacer(`"size":null`, `"size":0`, `"cpu":null`, `"cpu":0`).Replace(allNull)
	sees(t, overview(t, zero), "size 0.00 GB", "0 CPU")
}

func TestOverviewSaysWhoseDeactivationTimeItIs(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, tc := range []struct {
		server, configured time.Duration
		want               string
	}{
		{0, 0, "deactivates ~in 9d · never used, counted from its creation · assuming the default of 14 days, set deactivation in the configuration same ref"},
		{0, 21 * day, "deactivates in 16d · never used, counted from its creation · after 21d as configured same ref"},
		{14 * day, 0, "deactivates in 9d · never used, counted from its creation same ref"},
		{14 * day, 14 * day, "deactivates in 9d · never used, counted from its creation same ref"},
		{14 * day, 21 * day, "deactivates in 9d · never used, counted from its creation · after 14d as the server says, not 21d as configured same ref"},
	} {
		in := input(t, allNull)
		in.View.Organization.DeactivationTimeout, in.View.Deactivation = tc.server, tc.configured
		sees(t, strings.Join(strings.Fields(shown(t, Tabs()[0], in)), " "), tc.want)
	}
}

func TestOverviewShowsUnknownPropertiesAndStates(t *testing.T) {
	t.Parallel()
	sees(t, overview(t, strings.Replace(allSet, `"state":"error"`, `"state":"hibernating"`, 1)),
		"? hibernating unknown to this version of snapdeck",
		`warmth {"degrees":21}`, "OTHER PROPERTIES unknown to this version of snapdeck", "nowhere (unknown)", "from sandbox sandbox-7")
}

func TestBuildTabSaysWhetherTheRefIsTheHash(t *testing.T) {
	t.Parallel()
	build := Tabs()[2]
	sees(t, shown(t, build, input(t, allSet)), "not the hash of the Dockerfile and context shown here", "bb", "aa")
	in := input(t, allSet)
	ref, ok := in.Snapshot.Build().ExpectedRef()
	if !ok {
		t.Fatal("the snapshot has no Dockerfile")
	}
	quoted, err := json.Marshal(ref)
	if err != nil {
		t.Fatal(err)
	}
	screen := shown(t, build, input(t, strings.Replace(allSet, `"daytona-x:daytona"`, string(quoted), 1)))
	sees(t, screen, "the hash of the Dockerfile and context shown here")
	if strings.Contains(screen, "not the hash") {
		t.Errorf("the ref is the hash, but:\n%s", screen)
	}
}

// The rows of a build log are as many as the tab says, so that nothing below moves.
func TestTabsShowTheEndOfARunningBuild(t *testing.T) {
	t.Parallel()
	for _, tab := range Tabs() {
		in := input(t, strings.Replace(allSet, `"state":"error"`, `"state":"building"`, 1))
		before := strings.Count(shown(t, tab, in), "\n")
		if tab.LogRows == nil {
			continue
		}
		rows := tab.LogRows(40)
		if rows < minLogRows {
			t.Errorf("%s shows %d rows of the log", tab.Name, rows)
		}
		in.Log = Log{Lines: make([]text.Line, rows), Note: text.Lit("live").As(theme.Dim)}
		in.Log.Lines[rows-1] = text.Lit("Step 2/3").As(theme.Dim)
		screen := shown(t, tab, in)
		sees(t, screen, "BUILD LOG  live", "Step 2/3", " · l open log")
		if after := strings.Count(screen, "\n"); after != before+rows {
			t.Errorf("%s has %d lines with a log of %d, %d without", tab.Name, after, rows, before)
		}
	}
}

// The server sends regions without an order, so nothing but the JSON may depend on it.
func TestRegionsHaveOneOrder(t *testing.T) {
	t.Parallel()
	var first string
	for _, sent := range []string{`["us","eu","nowhere","mars"]`, `["mars","nowhere","eu","us"]`, `["eu","mars","us","nowhere"]`} {
		in := input(t, strings.Replace(allSet, `["us","nowhere"]`, sent, 1))
		var all strings.Builder
		for _, tab := range Tabs() {
			if tab.Name != "JSON" {
				all.WriteString(shown(t, tab, in))
			}
		}
		for _, value := range Values(in.View, in.Snapshot, "", 0) {
			if value.Name != "JSON" {
				all.WriteString(value.Text)
			}
		}
		if first == "" {
			first = all.String()
		}
		if all.String() != first {
			t.Errorf("%s:\n%s\nis not\n%s", sent, all.String(), first)
		}
	}
	sees(t, first, "--region eu", "us  eu  mars  (unknown)  nowhere  (unknown)")
}

// Names of regions differ at their ends.
func TestLongNamesOfRegions(t *testing.T) {
	t.Parallel()
	in := input(t, strings.Replace(allSet, `["us","nowhere"]`, `["a","eu"]`, 1))
	long := "a-very-long-name-of-a-region-in-the-data-center-"
	in.View.Regions = []model.Region{{ID: "a", Name: "a-name-of-a-region-1", Type: "custom"}, {ID: "b", Name: long + "2", Type: "custom"}}
	sees(t, shown(t, Tabs()[3], in),
		"●  a-name-of-a-region-1                      available       custom  a",
		"·  a-very-long-name-of-…n-the-data-center-2  not available   custom  b",
		"●  eu                                        available       unknown to this organization")
}

func TestDifference(t *testing.T) {
	t.Parallel()
	before := "FROM alpine\nRUN one\nRUN two\nRUN three\nRUN four\nRUN five\nRUN six\n"
	for name, tc := range map[string]struct{ after, want string }{
		"one line":        {strings.Replace(before, "two", "2", 1), "Dockerfile from line 2|  RUN one|- RUN two|+ RUN 2|  RUN three"},
		"far apart":       {strings.NewReplacer("one", "1", "six", "6").Replace(before), "Dockerfile from line 1|  FROM alpine|- RUN one|+ RUN 1|  RUN two|Dockerfile from line 6|  RUN five|- RUN six|+ RUN 6"},
		"at the end":      {before + "CMD x\n", "Dockerfile from line 7|  RUN six|+ CMD x"},
		"only line ends":  {strings.ReplaceAll(before, "\n", "\r\n"), "! 7 lines changed to Windows line endings (CRLF)"},
		"hostile":         {before + "RUN \x1b]0;pwned\x07\n", "Dockerfile from line 7|  RUN six|+ RUN ^[]0;pwned^G"},
		"no end":          {strings.TrimSuffix(before, "\n"), "! newline removed at the end of the file"},
		"an end":          {before + "CMD x", "! newline removed at the end of the file|Dockerfile from line 7|  RUN six|+ CMD x"},
		"a line and ends": {strings.ReplaceAll(before+"CMD x\n", "\n", "\r\n"), "! 8 lines changed to Windows line endings (CRLF)|Dockerfile from line 7|  RUN six|+ CMD x"},
	} {
		var got []string
		for _, line := range Diff(before, tc.after) {
			got = append(got, line.String())
		}
		if shown := strings.TrimSuffix(strings.Join(got, "|"), "|"); shown != tc.want {
			t.Errorf("%s: %q, want %q", name, shown, tc.want)
		}
	}
	if back := Diff(strings.ReplaceAll(before, "\n", "\r\n"), before); len(back) != 2 || !strings.Contains(back[0].String(), "7 lines changed to Unix line endings") {
		t.Errorf("back from Windows: %v", back)
	}
	long := Diff("\n", strings.Repeat("RUN x\n", 1000))
	if last := long[len(long)-2].String(); len(long) != maxDiffLines+2 || last != "  and 942 more lines" {
		t.Errorf("%d lines, at the end %q", len(long), last)
	}
}

// The overview is rebuilt every second. During a search that must not highlight the
// whole Dockerfile.
func TestASearchInTheOverviewColoursOnlyWhatIsSeen(t *testing.T) {
	const lines, height = 10_000, 40
	coloured := map[int]bool{}
	file := pager.NewText(strings.Repeat("RUN a\u202e\tb\n", lines), func(i int, _ string) []text.Highlight {
		coloured[i] = true
		return nil
	})
	shown := numberedTail{head: pager.Lines{text.Lit("state").As(theme.Dim), nil}, tail: file}
	var p pager.Pager
	p.SetSize(80, height)
	p.SetSource(shown)
	if n := p.Search("run"); n != lines {
		t.Errorf("found %d", n)
	}
	p.SetSource(shown)
	p.View()
	if len(coloured) > height {
		t.Errorf("%d lines were coloured for %d that are seen", len(coloured), height)
	}
	for _, i := range []int{0, 1, 2, 10, 11, 1000, 1001, lines + 1} {
		if got, want := shown.Plain(i), shown.Line(i).String(); got != want {
			t.Errorf("line %d is drawn as %q and searched as %q", i, want, got)
		}
	}
}

// TestStepLine shows details until the step is done. A server check that proved nothing says
// so afterwards, too.
func TestStepLine(t *testing.T) {
	t.Parallel()
	event := func(step model.Step, phase model.Phase, detail string) model.RebuildEvent {
		return model.RebuildEvent{Step: step, Phase: phase, Detail: detail, Elapsed: time.Second}
	}
	for _, tc := range []struct {
		event model.RebuildEvent
		want  string
	}{
		{event(model.StepWait, model.PhaseProgress, "removing"), "◐ waiting for the name 1.0 s  removing"},
		{event(model.StepWait, model.PhaseDone, "removing"), "✓ waiting for the name 1.0 s"},
		{event(model.StepCreate, model.PhaseFailed, "no"), "✗ creating 1.0 s  no"},
		{event(model.StepServerCheck, model.PhaseDone, "server check passed: only the name is taken"), "✓ checking with the server 1.0 s"},
		{event(model.StepServerCheck, model.PhaseDone, model.CheckNotKnown+": release 9 may check the name first"), "? checking with the server 1.0 s  not known"},
		{event(model.StepServerCheck, model.PhaseProgress, model.CheckNotKnown+": no"), "◐ checking with the server 1.0 s  server check not known: no"},
	} {
		if got := stepLine(tc.event).String(); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}

func TestUnknownPropertiesAreFoundOnce(t *testing.T) {
	r := NewRenderer()
	first, second := decoded(t, `{"id":"1","name":"a","warmth":1}`), decoded(t, `{"id":"2","name":"a","warmth":2}`)
	for _, s := range []*model.Snapshot{first, second, first} {
		if got, want := r.unknownProperties(s), s.UnknownProperties(); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if n := testing.AllocsPerRun(10, func() { r.unknownProperties(first) }); n > 0 {
		t.Errorf("%v allocations for the same snapshot", n)
	}
}
