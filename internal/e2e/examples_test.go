//go:build linux

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/goccy/go-yaml"

	demoapi "daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

// example is a directory in which the examples of the manual run.
type example struct {
	t   *testing.T
	dir string
	env []string
}

// newExample returns a directory with the program, a stand-in for fzf and the files that the
// examples need, and a demo server on a fast clock.
func newExample(t *testing.T) *example {
	t.Helper()
	url := demotest.Serve(t, fastDemo(demoapi.Options{Size: 120, Seed: 1}))
	e := &example{t: t, dir: t.TempDir()}
	if err := os.Symlink(os.Getenv(binaryEnv), filepath.Join(e.dir, "snapdeck")); err != nil {
		t.Fatal(err)
	}
	// It shows the preview of the first line, and selects it.
	e.write("fzf", "#!/bin/sh\nread -r line && sh -c \"$(printf %s \"$2\" | sed \"s/{}/$line/\")\" >preview && echo \"$line\"\n", 0o755)
	e.write("on-failure", "#!/bin/sh\necho \"$1\" >>failures\n", 0o755)
	e.write("Dockerfile", "FROM debian:12-slim\nRUN true\n", 0o600)
	e.write("env", "export DAYTONA_API_KEY="+demoapi.Key+"\n", 0o600)
	e.env = []string{"HOME=" + e.dir, "PATH=" + e.dir + ":" + os.Getenv("PATH"), "DAYTONA_API_URL=" + url}
	return e
}

func (e *example) write(name, content string, mode os.FileMode) {
	e.t.Helper()
	if err := os.WriteFile(filepath.Join(e.dir, name), []byte(content), mode); err != nil {
		e.t.Fatal(err)
	}
}

func (e *example) read(name string) string {
	e.t.Helper()
	content, err := os.ReadFile(filepath.Join(e.dir, name))
	if err != nil {
		e.t.Error(err)
	}
	return string(content)
}

// run runs a command of a shell and returns its output.
func (e *example) run(shell, command string, env ...string) string {
	e.t.Helper()
	cmd := exec.CommandContext(e.t.Context(), shell, "-e", "-c", command)
	cmd.Dir, cmd.Env = e.dir, append(e.env, env...)
	output, err := cmd.CombinedOutput()
	if err != nil {
		e.t.Errorf("%s\n%v\n%s", command, err, output)
	}
	return string(output)
}

// block returns the only block of the page in a language that contains part.
func block(t *testing.T, language, part string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/examples.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, match := range regexp.MustCompile("(?s)```(\\w+)\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		if match[1] == language && strings.Contains(match[2], part) {
			found = append(found, match[2])
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d blocks of %s contain %q", len(found), language, part)
	}
	return found[0]
}

const withKey = "DAYTONA_API_KEY=" + demoapi.Key

func TestExampleGitHubActions(t *testing.T) {
	t.Parallel()
	var workflow struct {
		Jobs map[string]struct {
			Env   map[string]string
			Steps []struct{ Name, Run string }
		}
	}
	if err := yaml.Unmarshal([]byte(block(t, "yaml", "jobs:")), &workflow); err != nil {
		t.Fatal(err)
	}
	e, ran := newExample(t), 0
	for _, job := range workflow.Jobs {
		for _, step := range job.Steps {
			if step.Run == "" || strings.HasPrefix(step.Name, "Install") {
				continue
			}
			env := []string{withKey, "SNAPSHOT=" + job.Env["SNAPSHOT"]}
			if output := e.run("bash", step.Run, env...); !strings.Contains(output, "spring-petclinic: rebuilt") || !strings.Contains(output, "| Step 1/") {
				t.Errorf("the first run did not rebuild:\n%s", output)
			}
			if output := e.run("bash", step.Run, env...); output != "" {
				t.Errorf("the second run did something:\n%s", output)
			}
			ran++
		}
	}
	if ran != 1 {
		t.Errorf("%d steps ran", ran)
	}
}

func TestExampleCron(t *testing.T) {
	t.Parallel()
	e := newExample(t)
	line := strings.TrimSpace(block(t, "cron", "snapdeck prune"))
	command := strings.SplitN(line, " ", 6)[5]
	e.run("sh", command)
	if log := e.read("prune.log"); strings.Count(log, `"outcome": "done"`) == 0 {
		t.Errorf("the log is\n%s", log)
	}
	again := e.run("sh", `snapdeck prune --keep 3 --unused 14d`, withKey)
	if !strings.Contains(again, "nothing to delete") {
		t.Errorf("these are left:\n%s", again)
	}
}

func TestExampleFzf(t *testing.T) {
	t.Parallel()
	e := newExample(t)
	output := e.run("sh", block(t, "sh", "fzf"), withKey)
	failed := e.run("sh", "snapdeck list state:failed -o name", withKey) // builds fail all the time
	preview := e.read("preview")
	if name, _, _ := strings.Cut(preview, "  "); !strings.Contains("\n"+failed, "\n"+name+"\n") || !strings.Contains(preview, "\nDOCKERFILE\n") {
		t.Errorf("the preview is\n%s\nthese failed:\n%s", preview, failed)
	}
	if !strings.Contains(output, "ERROR") {
		t.Errorf("the log is\n%s", output)
	}
}

// TestExampleHook starts the hook, and lets builds fail until it was called.
func TestExampleHook(t *testing.T) {
	t.Parallel()
	e := newExample(t)
	e.write("Dockerfile.fails", "FROM debian:12-slim\nRUN false\n", 0o600)
	hook := exec.CommandContext(t.Context(), "sh", "-c", block(t, "sh", "watch"))
	hook.Dir, hook.Env = e.dir, append(e.env, withKey)
	hook.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := hook.Start(); err != nil {
		t.Fatal(err)
	}
	called := func() bool {
		info, err := os.Stat(filepath.Join(e.dir, "failures"))
		return err == nil && info.Size() > 0
	}
	for i := 0; i < 20 && !called(); i++ {
		e.run("sh", fmt.Sprintf("snapdeck create fails-%d -f Dockerfile.fails --yes || true", i), withKey)
	}
	_ = syscall.Kill(-hook.Process.Pid, syscall.SIGTERM)
	_ = hook.Wait()
	if failures := e.read("failures"); !strings.HasPrefix(failures, `{"time":"`) || strings.Contains(failures, `"event":"state"`) {
		t.Errorf("the hook was called with\n%s", failures)
	}
}
