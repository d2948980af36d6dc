package cli

import (
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/charmbracelet/x/term"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/text"
)

// progress prints what a command does to stderr: one line for each change, or a bar on a
// terminal if there are several snapshots.
type progress struct {
	out   io.Writer
	theme theme.Theme
	bar   bool
	ends  bool // print the outcome of each snapshot

	mu    sync.Mutex
	drawn bool      // the last line is the bar
	last  text.Safe // the latest line
	done  int
	total int
}

const barWidth = 30

// newProgress returns the progress of an action on a number of snapshots.
func (p *program) newProgress(total int) *progress {
	tty := isTerminal(p.Err)
	bar := tty && total > 1 && p.Getenv("TERM") != "dumb"
	// On a terminal for both streams the results follow at once.
	b := &progress{out: p.Err, theme: p.listTheme(tty, false), bar: bar, ends: bar || !tty || !p.outIsTerminal(), total: total}
	b.draw()
	return b
}

func isTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// line prints a line above the bar.
func (p *progress) line(line text.Safe) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.print(line)
}

// wait prints that an action waits, once for all that wait at the same time.
func (p *progress) wait(line text.Safe) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if line != p.last {
		p.print(line)
	}
}

func (p *progress) print(line text.Safe) {
	p.last = line
	p.clear()
	_, _ = fmt.Fprintln(p.out, line)
	p.draw()
}

// step prints a line that a bar replaces.
func (p *progress) step(line text.Safe) {
	if !p.bar {
		p.line(line)
	}
}

// end prints the outcome of one snapshot. A bar replaces those that are done.
func (p *progress) end(line text.Safe, done bool) {
	if p.ends && (!done || !p.bar) {
		p.line(line)
	}
}

// ended moves the bar.
func (p *progress) ended(done int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = done
	p.clear()
	p.draw()
}

func (p *progress) draw() {
	if !p.bar || p.done >= p.total {
		return
	}
	line := text.Join(canvas.Bar(float64(p.done)/float64(p.total), barWidth, theme.Active),
		text.Sprintf("  %d of %d", p.done, p.total).As(theme.Text))
	_, _ = fmt.Fprint(p.out, text.Paint(p.theme, []text.Line{line}))
	p.drawn = true
}

// finish removes the bar for good.
func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	p.bar = false
}

// clear removes the bar.
func (p *progress) clear() {
	if p.drawn {
		_, _ = io.WriteString(p.out, "\r\x1b[K")
		p.drawn = false
	}
}
