package inspect

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/uitest"
)

func TestUnifiedDiff(t *testing.T) {
	t.Parallel()
	x := decoded(t, `{"id":"a","name":"one","state":"active","cpu":1,"mem":2,"entrypoint":null,"regionIds":["us","eu"],"createdAt":"2026-01-01T00:00:00Z",
		"buildInfo":{"dockerfileContent":"FROM a\nRUN x\n","contextHashes":[]}}`)
	same := decoded(t, `{"id":"b","name":"two","state":"error","cpu":1,"mem":2,"regionIds":["eu","us"],
		"buildInfo":{"dockerfileContent":"FROM a\nRUN x\n"}}`)
	if got := UnifiedDiff(x, same); got != "" {
		t.Errorf("snapshots that are made alike differ:\n%s", got)
	}
	other := decoded(t, `{"id":"c","name":"three","state":"active","cpu":2,"mem":2,"regionIds":["us","eu"],
		"buildInfo":{"dockerfileContent":"FROM a\nRUN \u001b[31my"}}`)
	const want = `--- one/properties
+++ three/properties
@@ -1,3 +1,3 @@
-cpu: 1
+cpu: 2
 mem: 2
 regionIds: ["eu","us"]
--- one/Dockerfile
+++ three/Dockerfile
@@ -1,2 +1,2 @@
 FROM a
-RUN x
+RUN ` + "\x1b" + `[31my
\ No newline at end of file
`
	got := UnifiedDiff(x, other)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	lines := uitest.Plain(UnifiedLines(got))
	if lines != strings.ReplaceAll(strings.TrimSuffix(want, "\n"), "\x1b", "^[") {
		t.Errorf("the safe lines are\n%s", lines)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	s := decoded(t, `{"id":"aaaaaaaa-1","name":"one","state":"building","errorReason":"a\u001b[31mb","ref":"r","regionIds":["eu"],
		"buildInfo":{"dockerfileContent":"FROM a\nRUN `+strings.Repeat("x", 500)+`\n"}}`)
	v := row.NewViewState(time.Unix(0, 0))
	got := uitest.Plain(Report(&v, s))
	for _, want := range []string{
		"one  aaaaaaaa-1\n\nstate", "a^[[31mb", "\n\nBUILD\nsnapshot ref", "\n\nREGIONS\n", "eu", "\n\nDOCKERFILE\nFROM a\nRUN xxx",
		"same ref      not known",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("misses %q:\n%s", want, got)
		}
	}
	for _, never := range []string{"\x1b", "open log", "…"} {
		if strings.Contains(got, never) {
			t.Errorf("has %q:\n%s", never, got)
		}
	}
}
