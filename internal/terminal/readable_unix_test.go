//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// A signal must not make an escape sequence expire: the rest of it would become keys.
func TestASignalDoesNotEndTheWait(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close(); _ = w.Close() }()
	caught := make(chan os.Signal, 100)
	signal.Notify(caught, syscall.SIGUSR1)
	defer signal.Stop(caught)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				_ = syscall.Kill(syscall.Getpid(), syscall.SIGUSR1)
			}
		}
	}()
	time.AfterFunc(200*time.Millisecond, func() { _, _ = w.WriteString("D") })
	if !readable(r, time.Minute) {
		t.Error("a signal ended the wait for input")
	}
	_, _ = r.Read(make([]byte, 1))
	if readable(r, 20*time.Millisecond) {
		t.Error("an empty pipe is readable")
	}
}
