//go:build linux

package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// plainCommand is an ExecCommand without a terminal.
type plainCommand struct {
	tea.ExecCommand
	*exec.Cmd
}

func (b plainCommand) Run() error { return b.Cmd.Run() }

func attachNothing(cmd *exec.Cmd) tea.ExecCommand { return plainCommand{Cmd: cmd} }

func TestEditor(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name         string
		env          map[string]string
		before, want string
		wrong        error
	}{
		{name: "plain", env: map[string]string{"EDITOR": "sed -i s/a/b/"}, before: "a\n", want: "b\n"},
		{name: "VISUAL first", env: map[string]string{"VISUAL": "sed -i s/a/v/", "EDITOR": "sed -i s/a/e/"}, before: "a\n", want: "v\n"},
		{name: "blank VISUAL", env: map[string]string{"VISUAL": " ", "EDITOR": " sed -i s/a/e/ "}, before: "a\n", want: "e\n"},
		{name: "quotes", env: map[string]string{"EDITOR": `sed -i "s/a/b c/"`}, before: "a\n", want: "b c\n"},
		{name: "shell", env: map[string]string{"EDITOR": `X=z; sed -i s/a/$X/`}, before: "a\n", want: "z\n"},
		{name: "unchanged", env: map[string]string{"EDITOR": "true"}, before: "a", want: "a"},
		{name: "appended line feed", env: map[string]string{"EDITOR": `sh -c 'echo >>"$1"' sh`}, before: "a", want: "a"},
		{name: "appended line", env: map[string]string{"EDITOR": `sh -c 'echo b >>"$1"' sh`}, before: "a\n", want: "a\nb\n"},
		{name: "fails", env: map[string]string{"EDITOR": "false"}, before: "a", want: "a", wrong: &exec.ExitError{}},
		{name: "missing", env: map[string]string{"EDITOR": "no-such-editor -f"}, before: "a", want: "a", wrong: exec.ErrNotFound},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := newEditor(getenvFrom(tc.env), attachNothing)
			path, command, err := e.Prepare(tc.before)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(path) != "Dockerfile" {
				t.Errorf("file %s", path)
			}
			for path, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700 | os.ModeDir} {
				if info, err := os.Stat(path); err != nil || info.Mode() != want {
					t.Errorf("%s: %v, %v", path, info.Mode(), err)
				}
			}
			err = command.Run()
			if _, exits := errors.AsType[*exec.ExitError](tc.wrong); exits {
				if _, ok := errors.AsType[*exec.ExitError](err); !ok {
					t.Errorf("the editor returned %v", err)
				}
			} else if !errors.Is(err, tc.wrong) {
				t.Errorf("the editor returned %v, want %v", err, tc.wrong)
			}
			got, err := e.Collect(path)
			if err != nil || got != tc.want {
				t.Errorf("collected %q, %v; want %q", got, err, tc.want)
			}
			if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the directory still exists: %v", err)
			}
			if _, err := e.Collect(path); err == nil {
				t.Error("collected the file twice")
			}
		})
	}
}

func TestEditorDeletesTheFile(t *testing.T) {
	t.Parallel()
	e := newEditor(getenvFrom(map[string]string{"EDITOR": "rm"}), attachNothing)
	path, command, err := e.Prepare("a")
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Run(); err != nil {
		t.Fatal(err)
	}
	if got, err := e.Collect(path); err == nil {
		t.Errorf("collected a deleted file: %q", got)
	}
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the directory still exists: %v", err)
	}
}

func TestCollectUnknownFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "Dockerfile")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := newEditor(getenvFrom(map[string]string{"EDITOR": "true"}), attachNothing).Collect(file); err == nil {
		t.Error("collected an unknown file")
	}
	if _, err := os.Stat(file); err != nil {
		t.Error("deleted an unknown file")
	}
}

func TestNoEditor(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if newEditor(getenvFrom(nil), attachNothing) != nil {
		t.Error("got an editor")
	}
}
