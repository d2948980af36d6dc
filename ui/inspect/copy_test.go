package inspect

import (
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

func TestValues(t *testing.T) {
	t.Parallel()
	v := new(row.ViewState)
	s := &model.Snapshot{ID: "a/b c?&x=1", Name: "it's mine"}
	s.BuildInfo = model.Some(&model.BuildInfo{DockerfileContent: model.Some(model.NewJSONText("FROM a\nRUN b\n"))})
	got := map[string]string{}
	for _, v := range Values(v, s, "https://app.daytona.io/api/", 2) {
		got[v.Name] = v.Text
	}
	want := map[string]string{
		"name": "it's mine", "id": "a/b c?&x=1", "Dockerfile": "FROM a\nRUN b\n", "top line": "RUN b",
		"curl":        `printf 'Authorization: Bearer %s\n' "$DAYTONA_API_KEY" | curl -sS -H @- 'https://app.daytona.io/api/snapshots/a%2Fb%20c%3F&x=1'`,
		"Daytona CLI": `daytona snapshot create --dockerfile Dockerfile -- 'it'\''s mine'`,
	}
	if len(got) != len(want) {
		t.Errorf("there are %d values, want %d: %q", len(got), len(want), got)
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s is %q, want %q", name, got[name], text)
		}
	}
	for _, line := range []int{0, -1, 4} {
		for _, v := range Values(v, s, "", line) {
			if v.Name == "top line" {
				t.Errorf("line %d is %q", line, v.Text)
			}
		}
	}
	for _, v := range Values(v, &model.Snapshot{ID: "1", Name: "a"}, "", 1) {
		if v.Name == "Daytona CLI" || v.Name == "Dockerfile" {
			t.Errorf("without an image and a Dockerfile there is %q", v.Text)
		}
	}
}

func TestWarning(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "one\n": "", "one\ntwo": ", 2 lines", "a\tb": "", "a\x1b[0m": ", with control characters", "a\r\nb\n": ", 2 lines, with control characters", "a\x7f": ", with control characters",
	} {
		if got := (Value{Text: text}).Warning(); got != want {
			t.Errorf("%q is copied with %q, want %q", text, got, want)
		}
	}
}
