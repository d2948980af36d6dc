//go:build unix

package inspect

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

// TestCommandsInShells runs the copied commands in the shells that are installed, with
// programs that record their arguments.
func TestCommandsInShells(t *testing.T) {
	t.Parallel()
	const key = "dtn_'$(id)%s\\"
	requests := make(chan *http.Request, 1)
	api := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { requests <- r }))
	t.Cleanup(api.Close)
	s := &model.Snapshot{ID: `a'b\'; id #`, Name: `-x\'; touch ran #`}
	s.ImageName = model.Optional[string]{Value: "-i $(touch ran)", Presence: model.Present}
	commands := map[string]string{}
	for _, v := range Values(&row.ViewState{}, s, api.URL+"/api", 0) {
		commands[v.Name] = v.Text
	}
	for _, name := range []string{"sh", "bash", "zsh", "fish"} {
		t.Run(name, func(t *testing.T) {
			shell, err := exec.LookPath(name)
			if err != nil {
				t.Skip(err)
			}
			dir, bin := t.TempDir(), t.TempDir()
			run := func(command string) {
				t.Helper()
				cmd := exec.CommandContext(t.Context(), shell, "-c", command)
				cmd.Dir = dir
				cmd.Env = []string{"DAYTONA_API_KEY=" + key, "HOME=" + bin, "PATH=" + bin + ":" + os.Getenv("PATH")}
				if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
					t.Errorf("%s: %s, %v", command, out, err)
				}
			}
			arguments := func(program string) string {
				t.Helper()
				recorded, err := os.ReadFile(filepath.Join(bin, program+".arguments"))
				if err != nil {
					t.Fatal(err)
				}
				return string(recorded)
			}
			record(t, bin, "daytona", "")
			run(commands["Daytona CLI"])
			if got, want := arguments("daytona"), "snapshot\ncreate\n--image\n-i $(touch ran)\n--\n"+s.Name+"\n"; got != want {
				t.Errorf("the CLI got the arguments %q, want %q", got, want)
			}
			if curl, err := exec.LookPath("curl"); err == nil {
				record(t, bin, "curl", `exec `+curl+` "$@"`)
				run(commands["curl"])
				if got := arguments("curl"); strings.Contains(got, "dtn_") {
					t.Errorf("curl got the arguments %q", got)
				}
				if r := <-requests; r.Header.Get("Authorization") != "Bearer "+key || r.URL.Path != "/api/snapshots/"+s.ID {
					t.Errorf("the request is %v with %q", r.URL, r.Header)
				}
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
				t.Errorf("a command ran code: %v, %v", files, err)
			}
		})
	}
}

// record writes a program that records its arguments, one per line, and goes on with the
// script.
func record(t *testing.T, dir, name, script string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\nprintf '%s\\n' \"$@\" >'"+path+".arguments'\n"+script+"\n"), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
}
