package model_test

import (
	"testing"

	"daytona/snapdeck/model"
)

func TestMissingPermission(t *testing.T) {
	t.Parallel()
	for want, names := range map[string][]string{
		"the credential lacks the permission for this request":                      nil,
		"the credential lacks the permission write:snapshots":                       {model.PermissionWrite},
		"the credential lacks the permissions delete:snapshots and write:snapshots": {model.PermissionDelete, model.PermissionWrite},
	} {
		if got := model.MissingPermission(names...); got != want {
			t.Errorf("%v: %q, want %q", names, got, want)
		}
	}
}
