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

// editedFile is the name of the edited file, by which editors detect the syntax.
const editedFile = "Dockerfile"

// editor runs the user's editor.
type editor struct {
	command string                          // as in $EDITOR, with arguments
	attach  func(*exec.Cmd) tea.ExecCommand // connects a command to the terminal

	mu        sync.Mutex
	originals map[string]string // path -> initial content
}

// newEditor returns the editor in $VISUAL or $EDITOR, or the default one of the system.
// It is nil if there is none.
func newEditor(getenv func(string) string, attach func(*exec.Cmd) tea.ExecCommand) ui.Editor {
	command := cmp.Or(strings.TrimSpace(getenv("VISUAL")), strings.TrimSpace(getenv("EDITOR")))
	if command == "" {
		command = "vi"
		if runtime.GOOS == "windows" {
			command = "notepad"
		}
		if _, err := exec.LookPath(command); err != nil {
			return nil
		}
	}
	return &editor{command: command, attach: attach, originals: make(map[string]string)}
}

// Prepare implements [ui.Editor]. It writes the file to a private directory.
func (e *editor) Prepare(content string) (string, tea.ExecCommand, error) {
	dir, err := os.MkdirTemp("", name+"-edit-")
	if err != nil {
		return "", nil, err
	}
	path := filepath.Join(dir, editedFile)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		_ = os.RemoveAll(dir) // the first error matters
		return "", nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.originals[path] = content
	return path, e.attach(editorCommand(e.command, path)), nil
}

// Collect implements [ui.Editor]. It ignores a line feed that the editor appended.
func (e *editor) Collect(path string) (string, error) {
	e.mu.Lock()
	original, ok := e.originals[path]
	delete(e.originals, path)
	e.mu.Unlock()
	if !ok {
		return "", os.ErrNotExist
	}
	content, err := os.ReadFile(path)
	_ = os.RemoveAll(filepath.Dir(path)) // includes the editor's backup files
	if err != nil {
		return "", err
	}
	if string(content) == original+"\n" {
		return original, nil
	}
	return string(content), nil
}

// shellCharacters need a shell. Git uses the same list for its editor.
const shellCharacters = "|&;<>()$`\\\"'*?[#~=%"

// editorCommand returns the command that edits the file. It uses a shell only if line
// needs one, so that the error names a missing editor.
func editorCommand(line, path string) *exec.Cmd {
	switch {
	case runtime.GOOS == "windows":
		if unquoted := strings.Trim(line, `"`); isCommand(unquoted) {
			return exec.Command(unquoted, path) //nolint:noctx // it ends when the user ends it
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
