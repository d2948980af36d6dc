package cli

import (
	"bufio"
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
	answers := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(in).ReadString('\n') // EOF means no
		answers <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case answer := <-answers:
		return answer == "y" || answer == "yes", nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}
