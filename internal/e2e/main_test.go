//go:build unix

// Package e2e tests the built program end to end, in an emulated terminal and with real
// signals, processes and files.
package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"daytona/snapdeck/internal/ptytest"
)

func TestMain(m *testing.M) {
	ptytest.RunInParallel(40)
	code := func() int {
		dir, err := os.MkdirTemp("", "snapdeck")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(dir) }()
		build := exec.Command("go", "build", "-o", filepath.Join(dir, "snapdeck"), "daytona/snapdeck")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "building the program:", err)
			return 1
		}
		if err := os.Setenv(binaryEnv, filepath.Join(dir, "snapdeck")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}()
	if err := goleak.Find(); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// binaryEnv is the environment variable with the path of the built program.
const binaryEnv = "SNAPDECK_TEST_BINARY"

// program returns a command that runs the program in an empty home directory.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Getenv(binaryEnv), args...)
	cmd.Env = []string{"TERM=xterm-256color", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	return cmd
}

// startDemo starts the dashboard with the demo and waits for the table.
func startDemo(t *testing.T, args ...string) *ptytest.Terminal {
	t.Helper()
	tty := ptytest.Start(t, program(t, append([]string{"--demo"}, args...)...), ptytest.Options{})
	tty.WaitFor("120 snapshots")
	tty.Replied()
	return tty
}

// checkExit checks the exit code, that the terminal is restored and clear, and that stderr
// is empty.
func checkExit(t *testing.T, tty *ptytest.Terminal, code int) {
	t.Helper()
	if got := tty.ExitCode(); got != code {
		t.Errorf("exit code %d, want %d; stderr: %s", got, code, tty.Stderr())
	}
	if err := tty.CheckRestored(); err != nil {
		t.Errorf("the terminal is not restored: %v", err)
	}
	if tty.Stderr() != "" {
		t.Errorf("stderr: %s", tty.Stderr())
	}
	if screen := tty.Screen(); screen != "" {
		t.Errorf("the screen is not clear:\n%s", screen)
	}
}
