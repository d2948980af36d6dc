package cli

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui"
)

// editedFile is the name of the file that is edited: editors know by it how to
// colour it.
const editedFile = "Dockerfile"

// editor is the user's own.
type editor struct {
	command string                          // how it is called, as a shell reads it
	attach  func(*exec.Cmd) tea.ExecCommand // gives a command the terminal

	mu        sync.Mutex
	originals map[string]string // path -> what it was written with
}

// newEditor finds the editor in $VISUAL or $EDITOR, else takes the one that every
// system has. It is nil where there is none.
func newEditor(getenv func(string) string, lend func(*exec.Cmd) tea.ExecCommand) ui.Editor {
	line := cmp.Or(strings.TrimSpace(getenv("VISUAL")), strings.TrimSpace(getenv("EDITOR")))
	if line == "" {
		line = "vi"
		if runtime.GOOS == "windows" {
			line = "notepad"
		}
		if _, err := exec.LookPath(line); err != nil {
			return nil
		}
	}
	return &editor{command: line, attach: lend, originals: make(map[string]string)}
}

// Prepare implements [ui.Editor]. The file lies in a folder that only the user can
// setState.
func (e *editor) Prepare(content string) (string, tea.ExecCommand, error) {
	dir, err := os.MkdirTemp("", name+"-edit-")
	if err != nil {
		return "", nil, err
	}
	path := filepath.Join(dir, editedFile)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		_ = os.RemoveAll(dir) // what went wrong is told already
		return "", nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.originals[path] = content
	return path, e.attach(editorCommand(e.command, path)), nil
}

// Collect implements [ui.Editor]. The line feed that editors add to a last line
// that has none is nobody's edit.
func (e *editor) Collect(path string) (string, error) {
	e.mu.Lock()
	before, ours := e.originals[path]
	delete(e.originals, path)
	e.mu.Unlock()
	if !ours {
		return "", os.ErrNotExist
	}
	content, err := os.ReadFile(path)
	_ = os.RemoveAll(filepath.Dir(path)) // with the editor's backups; it is private in any case
	if err != nil {
		return "", err
	}
	if string(content) == before+"\n" {
		return before, nil
	}
	return string(content), nil
}

// shellCharacters are those that a shell must read. They are git's, which looks
// for them in its own editor.
const shellCharacters = "|&;<>()$`\\\"'*?[#~=%"

// editorCommand is the command that edits the file. A plain command is run as it
// is, so that one that does not exist is named in the error; the rest is left to
// a shell.
func editorCommand(line, path string) *exec.Cmd {
	switch {
	case runtime.GOOS == "windows":
		if whole := strings.Trim(line, `"`); isCommand(whole) {
			return exec.Command(whole, path) //nolint:noctx // it ends when the user ends it
		}
	case strings.ContainsAny(line, shellCharacters):
		return exec.Command("sh", "-c", line+` "$@"`, line, path) //nolint:noctx // it ends when the user ends it
	}
	words := append(strings.Fields(line), path)
	return exec.Command(words[0], words[1:]...) //nolint:noctx // it ends when the user ends it
}

func isCommand(path string) bool {
	_, err := exec.LookPath(path)
	return err == nil
}
