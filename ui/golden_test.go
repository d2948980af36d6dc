package ui

import (
	"flag"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden frames anew")

// check proves that the frame is exactly as large as the terminal, that nothing
// but colours can reach it, and that the counts add up.
func (h *harness) check() {
	h.t.Helper()
	h.frames++
	if h.watch != nil {
		h.watch(h.screen())
	}
	size := h.app.size
	frame := h.app.View()
	lines := strings.Split(frame, "\n")
	if len(lines) != size.Y {
		h.t.Fatalf("frame has %d lines on a terminal of %d", len(lines), size.Y)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != size.X {
			h.t.Fatalf("line %d has %d cells on a terminal of %d: %q", i, w, size.X, line)
		}
		if bad := foreign(line); bad != "" {
			h.t.Fatalf("line %d holds %s: %q", i, bad, line)
		}
	}
	if again := h.app.View(); again != frame {
		h.t.Fatal("two frames of the same state differ")
	}
	store := h.app.state.Data.Store
	sum := 0
	for _, s := range store.All() {
		if s.State != "" {
			sum++
		}
	}
	shown := store // or the one before, until the rows of many snapshots are computed
	if h.app.shown.cancel != nil && h.app.shown.Data.Store != nil {
		shown = h.app.shown.Data.Store
	}
	if n := h.app.table.Len() - h.app.shown.placeholders; n > shown.Len() || sum != store.Len() {
		h.t.Fatalf("%d rows of %d snapshots", n, shown.Len())
	}
	if h.app.table.Len() > 0 && h.app.selected() == nil {
		h.t.Fatal("the table has rows and no cursor")
	}
}

// foreign returns what should not be in a line: anything but text and SGR.
func foreign(line string) string {
	for i := 0; i < len(line); {
		if line[i] == 0x1b {
			end := strings.IndexByte(line[i:], 'm')
			if end < 0 || !strings.HasPrefix(line[i:], "\x1b[") || strings.Trim(line[i+2:i+end], "0123456789;") != "" {
				return "an escape sequence that is not a colour"
			}
			i += end + 1
			continue
		}
		if line[i] < 0x20 || line[i] == 0x7f {
			return fmt.Sprintf("the control byte %#x", line[i])
		}
		i++
	}
	return ""
}

// paintedPart compares a part of the screen with its colours, escapes spelled out.
func (h *harness) paintedPart(name string, part image.Rectangle) {
	h.t.Helper()
	compareFile(h.t, name+".painted", strings.ReplaceAll(crop(h.app.View(), part), "\x1b", "␛"))
}

// golden compares the dialog, where one is open, else what is between header and
// footer, with a file that was looked at and approved.
func (h *harness) golden(name string) {
	h.t.Helper()
	part, open := dialogIn(h.screen())
	if !open {
		part = h.app.screen.Body
	}
	h.goldenPart(name, part)
}

// goldenPart compares a part of the screen, without the tab bar: see [chrome].
func (h *harness) goldenPart(name string, part image.Rectangle) {
	h.t.Helper()
	tabs := h.app.detail.head(h.app.layerStack, h.app.screen.DetailHead.Size()).TabLine().String()
	screen := strings.ReplaceAll(h.screen(), tabs, strings.Repeat(" ", ansi.StringWidth(tabs)))
	compareFile(h.t, name+".golden", crop(screen, part))
}

// crop returns a part of a screen, without the spaces at the ends of its lines.
func crop(screen string, part image.Rectangle) string {
	var b strings.Builder
	for _, line := range strings.Split(screen, "\n")[part.Min.Y:part.Max.Y] {
		b.WriteString(strings.TrimRight(ansi.Cut(line, part.Min.X, part.Max.X), " ") + "\n")
	}
	return b.String()
}

// dialogIn finds the only thing with corners.
func dialogIn(screen string) (box image.Rectangle, found bool) {
	for y, line := range strings.Split(screen, "\n") {
		if before, rest, ok := strings.Cut(line, "╭"); ok {
			inside, _, _ := strings.Cut(rest, "╮")
			box.Min = image.Pt(ansi.StringWidth(before), y)
			box.Max.X = box.Min.X + ansi.StringWidth(inside) + 2
		}
		if strings.Contains(line, "╰") {
			box.Max.Y = y + 1
		}
	}
	return box, !box.Empty()
}

// chrome collects what surrounds the scenes, and shows each look of it once, with the
// scenes that have it.
type chrome struct {
	mu    sync.Mutex
	looks [3]map[string][]string // of header, tab bar and footer: the scenes by how it looks
}

var chromeFiles = [3]string{"chrome-header.golden", "chrome-tabs.golden", "chrome-footer.golden"}

func (c *chrome) add(h *harness, scene string) {
	s, screen := h.app.screen, h.screen()
	looks := [3]string{crop(screen, s.Header), strings.TrimSpace(crop(screen, s.DetailHead)) + "\n", crop(screen, s.Footer)}
	if strings.ContainsAny(looks[0], "╭│") {
		looks[0] = "" // below a dialog
	}
	if !strings.Contains(looks[1], strings.TrimSpace(h.app.detail.head(h.app.layerStack, h.app.screen.DetailHead.Size()).TabLine().String())) {
		looks[1] = ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, look := range looks {
		if c.looks[i] == nil {
			c.looks[i] = map[string][]string{}
		}
		if look != "" {
			c.looks[i][look] = append(c.looks[i][look], scene)
		}
	}
}

func (c *chrome) compare(t *testing.T) {
	t.Helper()
	for i, name := range chromeFiles {
		var entries []string
		for look, scenes := range c.looks[i] {
			slices.Sort(scenes)
			entries = append(entries, strings.Join(slices.Compact(scenes), ", ")+"\n"+look)
		}
		slices.Sort(entries)
		compareFile(t, name, strings.Join(entries, "\n"))
	}
}

// compareFile compares a text with a file of testdata, or writes it.
func compareFile(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}
