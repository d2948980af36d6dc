package model_test

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestError(t *testing.T) {
	for want, err := range map[string]*model.Error{
		"app.daytona.io: Invalid credentials · check DAYTONA_API_KEY": {
			Code: model.Unauthorized, Host: "app.daytona.io", Message: "Invalid credentials", Remedy: "check DAYTONA_API_KEY",
		},
		"h: two lines":  {Host: "h", Message: "  two\r\n\tlines\n"},
		"h: network":    {Code: model.Network, Host: "h", Err: io.EOF},
		"rate limited":  {Code: model.RateLimited, Message: " \n"},
		"busy · wait 5": {Message: "busy", Remedy: "wait 5", RetryAfter: 5 * time.Second},
	} {
		if got := err.Error(); got != want {
			t.Errorf("Error() = %q, want %q", got, want)
		}
	}
	if err := error(&model.Error{Code: model.Network, Err: io.EOF}); !errors.Is(err, io.EOF) {
		t.Error("Unwrap does not return the cause")
	}
}

func TestAccessCan(t *testing.T) {
	for name, test := range map[string]struct {
		access model.Access
		want   bool
	}{
		"unknown":        {model.Access{}, true},
		"permitted":      {model.Access{Known: true, Permissions: []string{model.PermissionDelete}}, true},
		"not permitted":  {model.Access{Known: true, Permissions: []string{model.PermissionWrite}}, false},
		"no permissions": {model.Access{Known: true}, false},
	} {
		if got := test.access.Can(model.PermissionDelete); got != test.want {
			t.Errorf("%s: Can() = %t", name, got)
		}
	}
}

func TestCodeOf(t *testing.T) {
	t.Parallel()
	for want, err := range map[model.ErrorCode]error{
		"":             nil,
		model.Conflict: fmt.Errorf("creating: %w", &model.Error{Code: model.Conflict}),
	} {
		if got := model.CodeOf(err); got != want {
			t.Errorf("CodeOf(%v) = %q", err, got)
		}
	}
	if got := model.CodeOf(errors.New("other")); got != "" {
		t.Errorf("CodeOf of another error = %q", got)
	}
}
