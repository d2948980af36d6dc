package model

import (
	"encoding/json"
	"testing"
)

// The refs are from a real server.
func TestExpectedRef(t *testing.T) {
	cases := []struct {
		name string
		info BuildInfo
		want string
	}{
		{
			"without a context",
			BuildInfo{DockerfileContent: Some(NewJSONText("FROM alpine:3.20\nRUN echo hello\nRUN echo world\n")), ContextHashes: Some([]string{})},
			"daytona-e20af812c83bbf8f2ffb5ef7f1b0f1a5fba1bf1742dd43271177d43060c0812e:daytona",
		},
		{
			"a failing build",
			BuildInfo{DockerfileContent: Some(NewJSONText("FROM alpine:3.20\nRUN FAILBUILD\n"))},
			"daytona-5943135c8ce58d6dceed0c602e1be437add1f406a836881e8536f30662af5115:daytona",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := c.info.ExpectedRef(); !ok || got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	ab := BuildInfo{DockerfileContent: Some(NewJSONText("FROM x\n")), ContextHashes: Some([]string{"a", "b"})}
	ba := BuildInfo{DockerfileContent: Some(NewJSONText("FROM x\n")), ContextHashes: Some([]string{"b", "a"})}
	first, _ := ab.ExpectedRef()
	second, _ := ba.ExpectedRef()
	if first != second {
		t.Error("the ref depends on the order of the hashes")
	}
	if _, ok := (BuildInfo{}).ExpectedRef(); ok {
		t.Error("ExpectedRef without a Dockerfile = true")
	}
}

// The server answers 500 to contextHashes that are null.
func TestRecipeLeavesOutNullHashes(t *testing.T) {
	t.Parallel()
	for _, hashes := range [][]string{nil, {}} {
		got, err := json.Marshal(Recipe{Name: "a", BuildInfo: &RecipeBuild{DockerfileContent: "FROM a", ContextHashes: hashes}})
		if want := `{"name":"a","buildInfo":{"dockerfileContent":"FROM a"}}`; err != nil || string(got) != want {
			t.Errorf("%s, %v", got, err)
		}
	}
}
