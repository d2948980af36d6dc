package cli

import (
	"context"
	"io"
	"os"

	"daytona/snapdeck/ui/mutation"
)

// readDockerfile reads a Dockerfile of the user, from stdin for "-". It returns the cause of
// ctx if that ends first.
func (p *program) readDockerfile(ctx context.Context, path string) (string, error) {
	content, err := p.readInput(ctx, path)
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case err != nil:
		return "", usagef("-f: %w", err)
	}
	if reason := mutation.RefuseDockerfile(string(content)); reason != "" {
		return "", usagef("-f %s: %s", path, reason)
	}
	return string(content), nil
}

// readInput reads no more than is needed to see that a file is too large to be a Dockerfile.
func (p *program) readInput(ctx context.Context, path string) ([]byte, error) {
	const most = mutation.MaxDockerfile + 1
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }()
		return io.ReadAll(io.LimitReader(file, most))
	}
	type input struct {
		content []byte
		err     error
	}
	read := make(chan input, 1)
	go func() {
		content, err := io.ReadAll(io.LimitReader(p.In, most))
		read <- input{content, err}
	}()
	select {
	case in := <-read:
		return in.content, in.err
	case <-ctx.Done(): // the goroutine keeps reading until the process ends
		return nil, context.Cause(ctx)
	}
}
