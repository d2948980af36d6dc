package cli

import (
	"context"
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

func TestSleep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if err := sleep(t.Context(), time.Minute); err != nil || time.Since(start) != time.Minute {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		stopped := errors.New("stopped")
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { stop(stopped) })
		start = time.Now()
		if err := sleep(ctx, time.Minute); !errors.Is(err, stopped) || time.Since(start) != time.Second {
			t.Errorf("stopped after %v: %v", time.Since(start), err)
		}
	})
}

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
