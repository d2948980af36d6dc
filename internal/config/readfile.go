package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// pipeTimeouts bound the read of a pipe. A shell passes <(command) as one.
type pipeTimeouts struct {
	open time.Duration // until another process opens the pipe for writing
	read time.Duration // until the command has written everything
}

func defaultTimeouts() pipeTimeouts { return pipeTimeouts{open: time.Second, read: 10 * time.Second} }

// readWithTimeout reads the file at path. A pipe without a writer times out, and an
// endless device exceeds maxBytes. Errors start with the path.
func readWithTimeout(path string, timeouts pipeTimeouts) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, readError(path, err)
	case info.IsDir():
		return nil, fmt.Errorf("%s is a directory, not a file", path)
	case info.Mode().IsRegular():
		file, err := os.Open(path)
		if err != nil {
			return nil, readError(path, err)
		}
		defer func() { _ = file.Close() }()
		return readBounded(path, file)
	}
	type result struct {
		source []byte
		err    error
	}
	opened, read := make(chan struct{}), make(chan result, 1)
	go func() { // leaks if no process opens the pipe for writing: opening cannot be cancelled
		file, err := os.Open(path)
		close(opened)
		if err != nil {
			read <- result{nil, readError(path, err)}
			return
		}
		defer func() { _ = file.Close() }()
		source, err := readBounded(path, file)
		read <- result{source, err}
	}()
	select {
	case <-opened:
	case <-time.After(timeouts.open):
		return nil, timedOut(path, timeouts.open)
	}
	select {
	case r := <-read:
		return r.source, r.err
	case <-time.After(timeouts.read):
		return nil, timedOut(path, timeouts.read)
	}
}

func timedOut(path string, after time.Duration) error {
	return fmt.Errorf("%s: timed out after %v: use a regular file, or a pipe that another process writes to", path, after)
}

// readBounded reads a file of at most maxBytes. It does not rely on the file's size,
// because devices, pipes and files in /proc report none.
func readBounded(path string, file io.Reader) ([]byte, error) {
	source, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	switch {
	case err != nil:
		return nil, readError(path, err)
	case len(source) > maxBytes:
		return nil, fmt.Errorf("%s is larger than %d bytes", path, maxBytes)
	}
	return source, nil
}

// readError wraps err without the name of the system call.
func readError(path string, err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathErr.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}
