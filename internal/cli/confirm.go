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

// printLine writes a line.
func printLine(w io.Writer, line text.Safe) error {
	_, err := fmt.Fprintln(w, line)
	return err
}

// promptTerminal is the terminal on which something can be asked; nil where nobody is
// there to see it and to answer.
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

// confirm asks a question that only y or yes says yes to. It returns the cause where
// ctx ends before the answer; then somebody still reads from in, for as long as the
// program lasts.
func confirm(ctx context.Context, in io.Reader, out io.Writer, question text.Safe) (bool, error) {
	if _, err := fmt.Fprintf(out, "%s [y/N] ", question); err != nil {
		return false, err
	}
	answers := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(in).ReadString('\n') // the end of the input is no yes
		answers <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case answer := <-answers:
		return answer == "y" || answer == "yes", nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}
