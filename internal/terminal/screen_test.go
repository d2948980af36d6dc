package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"
)

// drawFrames returns the content of a terminal after the frames.
func drawFrames(t interface{ Fatal(...any) }, frames ...string) string {
	emulator := vt.NewEmulator(20, 4)
	defer func() { _ = emulator.Close() }()
	var diff frameDiff
	_, _ = emulator.Write([]byte(ansi.ResetModeAutoWrap)) // as takeScreen does
	for _, frame := range frames {
		if _, err := emulator.Write(diff.update(frame)); err != nil {
			t.Fatal(err)
		}
	}
	return emulator.Render()
}

func TestFrameDiffShowsTheLastFrame(t *testing.T) {
	t.Parallel()
	span := rapid.Custom(func(t *rapid.T) string {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", " ", "─", "●", "é", "漢", "👍🏽"})).Draw(t, "text"), "")
		return rapid.SampledFrom([]string{"", "\x1b[1m", "\x1b[38;5;1m", "\x1b[7m"}).Draw(t, "style") + text + resetStyle
	})
	frame := rapid.Custom(func(t *rapid.T) string {
		lines := make([]string, rapid.IntRange(1, 4).Draw(t, "height"))
		for i := range lines {
			lines[i] = cutTo(strings.Join(rapid.SliceOfN(span, 0, 3).Draw(t, "spans"), ""), 20)
		}
		return strings.Join(lines, "\n")
	})
	rapid.Check(t, func(t *rapid.T) {
		frames := rapid.SliceOfN(frame, 1, 4).Draw(t, "frames")
		got, want := drawFrames(t, frames...), drawFrames(t, frames[len(frames)-1])
		if got != want {
			t.Fatalf("%q\nshows\n%q, want\n%q", frames, got, want)
		}
	})
}

// cutTo cuts a line that is wider than the terminal.
func cutTo(line string, width int) string {
	var b strings.Builder
	style := ""
	for _, c := range cellsOf(line) {
		if width -= c.width; width < 0 {
			break
		}
		if c.style != style {
			b.WriteString(resetStyle + c.style)
			style = c.style
		}
		b.WriteString(c.text)
	}
	b.WriteString(resetStyle)
	return b.String()
}

func TestFrameDiffWritesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	line := func(age int) string {
		return "\x1b[1m snapdeck\x1b[0m  acme" + strings.Repeat(" ", 100) + fmt.Sprintf("\x1b[38;2;158;206;106m● live\x1b[0m\x1b[38;2;86;95;137m · every 5s · updated %ds ago\x1b[0m", age)
	}
	var diff frameDiff
	diff.update(line(1) + "\nsecond")
	if got := diff.update(line(2) + "\nsecond"); len(got) > 60 || !strings.Contains(string(got), "2") {
		t.Errorf("one digit takes %d bytes: %q", len(got), got)
	}
	if got := diff.update(line(2) + "\nsecond"); len(got) > 0 {
		t.Errorf("an unchanged frame writes %q", got)
	}
	if got := string(diff.update(line(2) + "\nsecond\nthird")); !strings.Contains(got, "snapdeck") || !strings.Contains(got, "third") {
		t.Errorf("a frame of another height writes only %q", got)
	}
}

func TestFrameBudget(t *testing.T) {
	t.Parallel()
	var b frameBudget
	now := time.Unix(0, 0)
	for i := range frameBurst {
		if wait := b.take(now); wait > 0 {
			t.Errorf("frame %d waits %v", i, wait)
		}
	}
	written := 0
	for range 1000 {
		wait := b.take(now)
		now = now.Add(wait)
		written++
		if now.Sub(time.Unix(0, 0)) >= time.Second {
			break
		}
	}
	if written < frameRate || written > frameRate+frameBurst {
		t.Errorf("%d frames in the first second, want %d", written, frameRate)
	}
	if wait := b.take(now.Add(time.Second)); wait > 0 {
		t.Errorf("after a pause a frame waits %v", wait)
	}
}

// startScreen runs a screen on a pipe. written stops it and returns its output.
func startScreen(t *testing.T) (s *screen, written func() string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s = newScreen(&Output{File: w})
	done, ended := make(chan struct{}), make(chan struct{})
	go func() { s.run(done); close(ended) }()
	return s, func() string {
		for len(s.ready) > 0 { // until run has taken the frame
			time.Sleep(time.Millisecond)
		}
		close(done)
		<-ended
		_ = w.Close()
		all, err := io.ReadAll(r)
		if err != nil {
			t.Error(err)
		}
		return string(all)
	}
}

func TestASlowTerminalGetsTheNewestFrame(t *testing.T) {
	t.Parallel()
	s, written := startScreen(t)
	s.out.mu.Lock() // a terminal that does not read
	for i := range 100 {
		s.Draw(fmt.Sprintf("frame %d", i))
	}
	s.out.mu.Unlock()
	got := written()
	// The terminal may have been about to get one of the first frames.
	if !strings.Contains(got, "99") || len(got) > len("\x1b[2J\x1b[Hframe 50\x1b[1;7H99") {
		t.Errorf("written %q", got)
	}
}

func TestNoFrameIsWrittenAfterRelease(t *testing.T) {
	t.Parallel()
	for name, release := range map[string]func(*screen){
		"exec":    func(s *screen) { s.filter(tea.Exec(nil, nil)()) },
		"suspend": func(s *screen) { s.filter(tea.Suspend()) },
		"quit":    func(s *screen) { s.filter(tea.Quit()); s.Draw("the last one") },
	} {
		s, written := startScreen(t)
		s.out.mu.Lock()
		s.Draw("too late")
		for len(s.ready) > 0 {
			time.Sleep(time.Millisecond)
		}
		release(s)
		s.out.mu.Unlock()
		if got := written(); got != "" {
			t.Errorf("%s: written %q", name, got)
		}
	}
}

func TestClearedScreenIsRedrawn(t *testing.T) {
	t.Parallel()
	for name, msg := range map[string]tea.Msg{
		"resize": tea.WindowSizeMsg{Width: 80, Height: 24},
		"clear":  tea.ClearScreen(),
		"exec":   tea.Exec(nil, nil)(),
		"resume": tea.Suspend(),
	} {
		s := newScreen(&Output{File: discardFile(t)})
		s.Draw("one\ntwo")
		s.write()
		s.filter(msg)
		s.Draw("one\ntwo")
		if !s.redraw {
			t.Errorf("%s: the next frame is compared with one that is not on the screen", name)
		}
	}
	if _, hidden := newScreen(nil).filter(tea.WindowSizeMsg{}).(tea.WindowSizeMsg); hidden {
		t.Error("Bubble Tea's renderer sees the size of the window")
	}
}

func discardFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}
