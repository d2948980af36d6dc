package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daytona/snapdeck/ui/text"
)

func TestConfirm(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{
		"y\n": true, "Y\r\n": true, " yes \n": true, "y": true,
		"n\n": false, "\n": false, "": false, "yy\n": false, "no\n": false,
	} {
		var out strings.Builder
		got, err := confirm(t.Context(), strings.NewReader(answer), &out, text.Lit("Now?"))
		if got != want || err != nil || out.String() != "Now? [y/N] " {
			t.Errorf("%q: %v, %v; asked %q", answer, got, err, out.String())
		}
	}
}

func TestConfirmCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		in, typed := io.Pipe()
		defer func() { _ = typed.Close() }()
		cause := errors.New("a signal")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(cause) })
		if got, err := confirm(ctx, in, io.Discard, text.Lit("Now?")); got || !errors.Is(err, cause) {
			t.Errorf("%v, %v", got, err)
		}
	})
}
