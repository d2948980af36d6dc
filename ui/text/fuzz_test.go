package text

import (
	"image"
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"github.com/muesli/termenv"
)

// FuzzCell holds, for any bytes in one line: what is drawn is safe and has the
// width that it says, nothing is hidden, escaping twice is escaping once, and
// whatever is cut out of it is safe too.
func FuzzCell(f *testing.F) {
	for _, raw := range hostileTexts {
		f.Add(raw, 7)
	}
	th := dark(termenv.TrueColor, theme.Unicode)
	f.Fuzz(func(t *testing.T, raw string, at int) {
		checkPieces(t, raw)
		cell, line := Cell(raw), Styled(raw, theme.Text, []int{0, 1, at})
		checkSafe(t, cell)
		checkLine(t, line)
		if line.String() != cell.String() || line.Width() != cell.Width() {
			t.Fatalf("Cell shows %q, Styled %q", cell, line)
		}
		if Altered(raw) != (cell.String() != raw) {
			t.Fatalf("%q is shown as %q, and Altered says %v", raw, cell, Altered(raw))
		}
		checkPainted(t, Paint(th, []Line{line}), []Line{line}, false)
		if len(raw) > cellLimit {
			return
		}
		checkShown(t, raw, cell.String())
		if again := escape(cell.String()); again.String() != cell.String() || again.Width() != cell.Width() {
			t.Fatalf("%q is escaped twice: %q", cell, again)
		}
		if formatted := Sprintf("a%sb", raw).String(); formatted != "a"+cell.String()+"b" {
			t.Fatalf("Cell shows %q, Sprintf %q", cell, formatted)
		}
		at = min(max(at, 0), line.Width()+3)
		for _, part := range []Line{line.Fit(at), line.Right(at), line.Cut(at, CutMiddle).Fit(at), line.Cut(at, CutStart).Fit(at)} {
			checkLine(t, part)
			if part.Width() != at {
				t.Fatalf("%q takes %d cells, not %d", part, part.Width(), at)
			}
		}
	})
}

// FuzzPane holds, for any bytes in many lines: the lines are those of the text,
// each is drawn as it would be alone, nothing of it is hidden, and wrapped, in
// a block or under a box it stays safe and in its place.
func FuzzPane(f *testing.F) {
	for _, raw := range hostileTexts {
		f.Add(raw, 1, 4)
	}
	f.Add("FROM node\n\tRUN \"x\ny\"\r\n\n", 5, 99)
	unicode, ascii := dark(termenv.TrueColor, theme.Unicode), dark(termenv.ANSI, theme.ASCII)
	f.Fuzz(func(t *testing.T, raw string, from, to int) {
		if len(raw) > 2*cellLimit {
			return // only more of the same
		}
		lines := Pane(raw, theme.Text, Highlight{from, to, theme.String}, Highlight{to, to + 3, theme.Comment})
		parts := strings.SplitAfter(raw, "\n")
		if parts[len(parts)-1] == "" {
			parts = parts[:len(parts)-1]
		}
		if len(lines) != len(parts) {
			t.Fatalf("%q has %d lines, not %d", raw, len(lines), len(parts))
		}
		for i, part := range parts {
			checkLine(t, lines[i])
			checkShown(t, part, lines[i].String())
			if alone := Pane(part, theme.Text); alone[0].String() != lines[i].String() {
				t.Fatalf("line %d is %q, and alone %q", i, lines[i], alone[0])
			}
			for _, row := range lines[i].Wrap(9) {
				if row.Width() > 9 || width(row.String()) != row.Width() {
					t.Fatalf("%q is %d wide and says %d", row, width(row.String()), row.Width())
				}
			}
		}
		checkPainted(t, Paint(unicode, lines), lines, false)
		checkPainted(t, Paint(ascii, lines), lines, true)
		for _, line := range Overlay(Block(lines, 20, 5), []Line{Lit("╭──╮").As(theme.Accent)}, image.Pt(7, 2)) {
			checkLine(t, line)
			if line.Width() != 20 {
				t.Fatalf("%q takes %d cells", line, line.Width())
			}
		}
	})
}
