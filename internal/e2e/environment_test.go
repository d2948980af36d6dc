//go:build linux

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	demoapi "daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/ptytest"
)

// TestProgramsGetNoCredentials: the browser, the clipboard and the editor do not inherit
// the key.
func TestProgramsGetNoCredentials(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	bin := t.TempDir()
	for _, name := range []string{"xdg-open", "xclip", "edit"} {
		script := "#!/bin/sh\nenv >'" + filepath.Join(bin, name+".new") + "'; mv '" + filepath.Join(bin, name+".new") + "' '" + filepath.Join(bin, name+".env") + "'\n"
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil { //nolint:gosec // a program
			t.Fatal(err)
		}
	}
	cmd := program(t, "--query", target)
	cmd.Env = append(cmd.Env,
		"PATH="+bin+":"+os.Getenv("PATH"), "DISPLAY=:9", "EDITOR=edit", "OTHER=kept",
		"DAYTONA_API_URL="+s.url, "DAYTONA_API_KEY="+demoapi.Key, "DAYTONA_CONFIG_DIR=/nowhere", "DAYTONA_OTHER=x")
	tty := ptytest.Start(t, cmd, ptytest.Options{})
	tty.WaitFor("1 of ")
	for _, tc := range []struct{ key, program string }{{"y", "xclip"}, {"o", "xdg-open"}, {"E", "edit"}} {
		path := filepath.Join(bin, tc.program+".env")
		var pressed time.Time
		tty.WaitUntil(tc.program+" runs", func() bool {
			if time.Since(pressed) > 2*time.Second { // the first o may come before the server's configuration
				pressed = time.Now()
				tty.Type(tc.key)
			}
			_, err := os.Stat(path)
			return err == nil
		})
		env, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(env), "DAYTONA") || !strings.Contains(string(env), "OTHER=kept") {
			t.Errorf("%s got the environment\n%s", tc.program, env)
		}
	}
}
