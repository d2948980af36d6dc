package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

const (
	// maxBytes bounds a file: a longer one is no configuration.
	maxBytes = 1 << 20
	// patience is how long a file that is no regular one may take: what a shell
	// puts there for <(command) has to be computed first.
	patience = 10 * time.Second
)

// readFile reads a file that the user named, whatever that is: it comes to an end
// at a pipe that nobody writes to, and at /dev/zero. The errors begin with the path.
func readFile(path string, patience time.Duration) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, unreadable(path, err)
	case info.IsDir():
		return nil, fmt.Errorf("%s is a directory, want a file", path)
	case info.Mode().IsRegular():
		return readBounded(path)
	}
	type result struct {
		source []byte
		err    error
	}
	read := make(chan result, 1)
	go func() { // it is left behind at a pipe that nobody opens for writing
		source, err := readBounded(path)
		read <- result{source, err}
	}()
	select {
	case r := <-read:
		return r.source, r.err
	case <-time.After(patience):
		return nil, fmt.Errorf("%s did not end within %v: want a regular file, or a pipe that somebody writes to", path, patience)
	}
}

// readBounded reads a file that is not larger than it should be. Its size is not
// asked for: devices, pipes and what is in /proc have none.
func readBounded(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer func() { _ = file.Close() }()
	source, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	switch {
	case err != nil:
		return nil, unreadable(path, err)
	case len(source) > maxBytes:
		return nil, fmt.Errorf("%s has more than %d bytes", path, maxBytes)
	}
	return source, nil
}

// unreadable says why a file cannot be read without the name of a system call.
func unreadable(path string, err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		err = failed.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}
