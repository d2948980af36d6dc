package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"daytona/snapdeck/ui/text"
)

// printLine writes a line to w.
func printLine(w io.Writer, line text.Safe) error {
	_, err := fmt.Fprintln(w, line)
	return err
}

// promptTerminal returns the terminal for a prompt, or nil if the program is not
// interactive.
func (p *program) promptTerminal() *os.File {
	if !term.IsTerminal(p.In.Fd()) {
		return nil
	}
	for _, f := range []*os.File{p.Err, p.Out} {
		if term.IsTerminal(f.Fd()) {
			return f
		}
	}
	return nil
}

// confirm prompts for y or yes. It returns the cause of ctx if that ends first. The
// goroutine that reads from in then keeps running until the process ends.
func confirm(ctx context.Context, in io.Reader, out io.Writer, question text.Safe) (bool, error) {
	if _, err := fmt.Fprintf(out, "%s [y/N] ", question); err != nil {
		return false, err
	}
	answer, err := readLine(ctx, in)
	answer = strings.ToLower(answer)
	return answer == "y" || answer == "yes", err
}

// readLine reads one line and no more, because the next question reads the next one. At the
// end of the input it returns "".
func readLine(ctx context.Context, in io.Reader) (string, error) {
	lines := make(chan string, 1)
	go func() {
		var line []byte
		for b := make([]byte, 1); ; {
			n, err := in.Read(b)
			if n == 0 && err != nil || n > 0 && b[0] == '\n' {
				break
			}
			line = append(line, b[:n]...)
		}
		lines <- strings.TrimSpace(string(line))
	}()
	select {
	case line := <-lines:
		return line, nil
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}
