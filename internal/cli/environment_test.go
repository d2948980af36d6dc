package cli

import (
	"os"
	"testing"
)

func TestHideDaytona(t *testing.T) {
	t.Setenv("DAYTONA_API_KEY", "a=b")
	t.Setenv("DAYTONA_", "")
	t.Setenv("XDAYTONA_X", "kept")
	getenv := hideDaytona()
	for name, want := range map[string]string{"DAYTONA_API_KEY": "a=b", "DAYTONA_": "", "XDAYTONA_X": "kept", "DAYTONA_MISSING": ""} {
		if got := getenv(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"DAYTONA_API_KEY", "DAYTONA_"} {
		if value, ok := os.LookupEnv(name); ok {
			t.Errorf("the process still has %s=%s", name, value)
		}
	}
	if os.Getenv("XDAYTONA_X") != "kept" {
		t.Error("another variable was removed")
	}
}
