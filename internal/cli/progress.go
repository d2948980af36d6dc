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

// progress prints what a command does to stderr: one line a change, or a bar on a terminal
// where several snapshots are changed.
type progress struct {
	out   io.Writer
	theme theme.Theme
	bar   bool
	ends  bool // print the end of each, also without a bar

	mu    sync.Mutex
	drawn bool // the last line is the bar
	done  int
	total int
}

const barWidth = 30

// newProgress returns the progress of an action on so many snapshots.
func (p *program) newProgress(total int) *progress {
	tty := isTerminal(p.Err)
	bar := tty && total > 1 && p.Getenv("TERM") != "dumb"
	// On one terminal the results follow at once.
	b := &progress{out: p.Err, theme: p.listTheme(tty, false), bar: bar, ends: bar || !tty || !p.outIsTerminal(), total: total}
	b.draw()
	return b
}

func isTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// line prints a line above the bar.
func (b *progress) line(line text.Safe) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clear()
	_, _ = fmt.Fprintln(b.out, line)
	b.draw()
}

// step prints a line that a bar replaces.
func (b *progress) step(line text.Safe) {
	if !b.bar {
		b.line(line)
	}
}

// end prints the end of one snapshot. A bar replaces that of one that is done.
func (b *progress) end(line text.Safe, done bool) {
	if b.ends && (!done || !b.bar) {
		b.line(line)
	}
}

// ended moves the bar.
func (b *progress) ended(done int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done = done
	b.clear()
	b.draw()
}

func (b *progress) draw() {
	if !b.bar || b.done >= b.total {
		return
	}
	line := text.Join(canvas.Bar(float64(b.done)/float64(b.total), barWidth, theme.Active),
		text.Sprintf("  %d of %d", b.done, b.total).As(theme.Text))
	_, _ = fmt.Fprint(b.out, text.Paint(b.theme, []text.Line{line}))
	b.drawn = true
}

// finish removes the bar for good.
func (b *progress) finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clear()
	b.bar = false
}

// clear removes the bar.
func (b *progress) clear() {
	if b.drawn {
		_, _ = io.WriteString(b.out, "\r\x1b[K")
		b.drawn = false
	}
}
