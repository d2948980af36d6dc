package model_test

import (
	"testing"

	"daytona/snapdeck/model"
)

func TestSnapshotPath(t *testing.T) {
	for id, want := range map[string]string{
		"3fa2c1d0-8b1e": "/snapshots/3fa2c1d0-8b1e",
		"team/app:1":    "/snapshots/team%2Fapp:1",
		"a b?c#d\n":     "/snapshots/a%20b%3Fc%23d%0A",
	} {
		if got := model.SnapshotPath(id); got != want {
			t.Errorf("SnapshotPath(%q) = %s, want %s", id, got, want)
		}
	}
}
