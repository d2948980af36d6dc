package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

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
	if n := h.app.table.Len() - h.app.shown.placeholders; n > store.Len() || sum != store.Len() {
		h.t.Fatalf("%d rows of %d snapshots", n, store.Len())
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

// painted compares the screen with its colours, escapes spelled out.
func (h *harness) painted(name string) {
	h.t.Helper()
	var b strings.Builder
	for line := range strings.SplitSeq(h.app.View(), "\n") {
		b.WriteString(strings.TrimRight(strings.ReplaceAll(line, "\x1b", "␛"), " ") + "\n")
	}
	h.compare(name+".painted", b.String())
}

// golden compares the screen with the one that was looked at and approved.
func (h *harness) golden(name string) {
	h.t.Helper()
	h.compare(name+".golden", h.screen()+"\n")
}

// compare compares a text with a file of testdata, or writes it.
func (h *harness) compare(name, got string) {
	h.t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			h.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			h.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		h.t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}
