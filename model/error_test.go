package model

import (
	"errors"
	"fmt"
	"testing"
)

func TestCodeOf(t *testing.T) {
	t.Parallel()
	for want, err := range map[ErrorCode]error{
		"":       nil,
		Conflict: fmt.Errorf("creating: %w", &Error{Code: Conflict}),
	} {
		if got := CodeOf(err); got != want {
			t.Errorf("CodeOf(%v) = %q", err, got)
		}
	}
	if got := CodeOf(errors.New("of somebody else")); got != "" {
		t.Errorf("a foreign error is %q", got)
	}
}
