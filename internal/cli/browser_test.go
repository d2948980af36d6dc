//go:build unix

package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestBrowserCommand(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		goos string
		env  map[string]string
		want string
	}{
		{"darwin", nil, "open []"},
		{"windows", nil, "rundll32 [url.dll,FileProtocolHandler]"},
		{"linux", map[string]string{"DISPLAY": ":0"}, "xdg-open []"},
		{"linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, "xdg-open []"},
		{"freebsd", map[string]string{"BROWSER": "firefox"}, "xdg-open []"},
		{"linux", nil, " []"}, // a text browser would take our terminal
	} {
		command, arguments := browserCommand(tc.goos, getenvFrom(tc.env))
		if got := fmt.Sprint(command, " ", arguments); got != tc.want {
			t.Errorf("%s %v: %s, want %s", tc.goos, tc.env, got, tc.want)
		}
	}
	if newBrowser("linux", getenvFrom(nil), 0) != nil {
		t.Error("got a browser without a display")
	}
}

func TestCheckWebURL(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"https://app.daytona.io/dashboard/snapshots?snapshotId=1": true,
		"http://localhost:3000/dashboard":                         true,
		"file:///etc/passwd":                                      false,
		"javascript:alert(1)":                                     false,
		"--version":                                               false,
		"/bin/sh":                                                 false,
		"https:":                                                  false,
		"https://\x1b[31m":                                        false,
		"":                                                        false,
	} {
		if err := checkWebURL(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestLaunch(t *testing.T) {
	t.Parallel()
	if err := launch(exec.Command("sh", "-c", "exit 3"), time.Minute); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("a command that fails: %v", err)
	}
	if err := launch(exec.Command("true"), time.Minute); err != nil {
		t.Errorf("a command that exits: %v", err)
	}
	// A command that keeps running has its own session.
	browser := exec.Command("sleep", "60")
	if err := launch(browser, 0); err != nil {
		t.Errorf("a command that keeps running: %v", err)
	}
	if session, err := unix.Getsid(browser.Process.Pid); err != nil || session != browser.Process.Pid {
		t.Errorf("its session is %d, its process %d, %v", session, browser.Process.Pid, err)
	}
	if err := browser.Process.Kill(); err != nil {
		t.Error(err)
	}
}

func TestBrowser(t *testing.T) {
	dir := t.TempDir()
	said := filepath.Join(dir, "said")
	script := "#!/bin/sh\necho noise; echo noise >&2; printf %s \"$1\" >" + said + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	open := newBrowser("linux", getenvFrom(map[string]string{"DISPLAY": ":0"}), time.Minute)
	if err := open("https://x.example/a?b=$(c)"); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(said); err != nil || string(got) != "https://x.example/a?b=$(c)" {
		t.Errorf("the command got %q, %v", got, err)
	}
	if err := open("file:///etc/passwd"); err == nil {
		t.Error("opened a file")
	}
}
