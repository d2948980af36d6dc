//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// server is a demo server in a process of its own.
type server struct {
	cmd *exec.Cmd
	env []string // for the programs
}

// startServer starts the demo server, and waits for the settings that it prints.
func startServer(ctx context.Context, dir string, rows int) (*server, error) {
	s := &server{cmd: exec.CommandContext(ctx, filepath.Join(dir, "snapdeck"), "demo-server", "--size", strconv.Itoa(rows))}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("demo server: %w", err)
	}
	s.env = []string{"TERM=xterm-256color", "HOME=" + dir, "PATH=" + os.Getenv("PATH")}
	return s, s.parse(line)
}

// parse takes the settings from a line of shell.
func (s *server) parse(line string) error {
	settings := regexp.MustCompile(`DAYTONA_\w+=\S+`).FindAllString(line, -1)
	if len(settings) == 0 {
		s.stop()
		return fmt.Errorf("demo server: no settings in %q", line)
	}
	s.env = append(s.env, settings...)
	return nil
}

func (s *server) stop() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// saveNames writes the names of all snapshots to a file, one a line, and counts them: the
// demo creates some while it runs.
func (s *server) saveNames(ctx context.Context, dir string) (path string, count int, err error) {
	list := exec.CommandContext(ctx, filepath.Join(dir, "snapdeck"), "list", "-o", "name")
	list.Env = s.env
	names, err := list.Output()
	if err != nil {
		return "", 0, fmt.Errorf("list: %w", err)
	}
	path = filepath.Join(dir, "names")
	return path, bytes.Count(names, []byte("\n")), os.WriteFile(path, names, 0o600)
}
