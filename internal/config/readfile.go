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
	maxBytes = 1 << 20 // far more than any configuration needs

	// readTimeout bounds the read of a pipe. A shell passes <(command) as one, and the
	// command needs time to write.
	readTimeout = 10 * time.Second
)

// readWithTimeout reads the file at path. A pipe without a writer times out, and an
// endless device exceeds maxBytes. Errors start with the path.
func readWithTimeout(path string, timeout time.Duration) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, readError(path, err)
	case info.IsDir():
		return nil, fmt.Errorf("%s is a directory, not a file", path)
	case info.Mode().IsRegular():
		return readBounded(path)
	}
	type result struct {
		source []byte
		err    error
	}
	read := make(chan result, 1)
	go func() { // leaks if no process opens the pipe for writing: opening cannot be cancelled
		source, err := readBounded(path)
		read <- result{source, err}
	}()
	select {
	case r := <-read:
		return r.source, r.err
	case <-time.After(timeout):
		return nil, fmt.Errorf("%s: timed out after %v: use a regular file, or a pipe that another process writes to", path, timeout)
	}
}

// readBounded reads a file of at most maxBytes. It does not rely on the file's size,
// because devices, pipes and files in /proc report none.
func readBounded(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, readError(path, err)
	}
	defer func() { _ = file.Close() }()
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
