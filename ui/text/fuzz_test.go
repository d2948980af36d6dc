package text

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"github.com/muesli/termenv"
)

// FuzzCell checks for any bytes that the cell is safe and has the right width, hides
// nothing, does not change when it is escaped again, and is safe when it is cut.
func FuzzCell(f *testing.F) {
	for _, raw := range hostileTexts {
		f.Add(raw, 7)
	}
	th := darkTheme(termenv.TrueColor, theme.Unicode)
	f.Fuzz(func(t *testing.T, raw string, at int) {
		checkPieces(t, raw)
		cell, line := Cell(raw), Styled(raw, theme.Text, []int{0, 1, at})
		checkSafe(t, cell)
		checkLine(t, line)
		if line.String() != cell.String() || line.Width() != cell.Width() {
			t.Fatalf("Cell shows %q, Styled %q", cell, line)
		}
		if Altered(raw) != (cell.String() != raw) {
			t.Fatalf("%q is shown as %q, but Altered is %v", raw, cell, Altered(raw))
		}
		checkPainted(t, Paint(th, []Line{line}), []Line{line}, false)
		if len(raw) > cellLimit {
			return
		}
		checkShown(t, raw, cell.String())
		if again := escape(cell.String()); again.String() != cell.String() || again.Width() != cell.Width() {
			t.Fatalf("escaping again changes %q to %q", cell, again)
		}
		if formatted := Sprintf("a%sb", raw).String(); formatted != "a"+cell.String()+"b" {
			t.Fatalf("Cell shows %q, Sprintf %q", cell, formatted)
		}
		at = min(max(at, 0), line.Width()+3)
		for _, cut := range []Line{line.Fit(at), line.Right(at), line.Cut(at, CutMiddle).Fit(at), line.Cut(at, CutStart).Fit(at)} {
			checkLine(t, cut)
			if cut.Width() != at {
				t.Fatalf("%q takes %d cells, want %d", cut, cut.Width(), at)
			}
		}
	})
}

// FuzzPane checks for any bytes that the lines are those of the text, that each is drawn
// the same as alone and hides nothing, and that wrapping, Block and AppendColumns keep it safe
// and within its width.
func FuzzPane(f *testing.F) {
	for _, raw := range hostileTexts {
		f.Add(raw, 1, 4)
	}
	f.Add("FROM node\n\tRUN \"x\ny\"\r\n\n", 5, 99)
	unicode, ascii := darkTheme(termenv.TrueColor, theme.Unicode), darkTheme(termenv.ANSI, theme.ASCII)
	f.Fuzz(func(t *testing.T, raw string, from, to int) {
		if len(raw) > 2*cellLimit {
			return // longer input tests nothing new
		}
		lines := Pane(raw, theme.Text, Highlight{from, to, theme.String}, Highlight{to, to + 3, theme.Comment})
		parts := strings.SplitAfter(raw, "\n")
		if parts[len(parts)-1] == "" {
			parts = parts[:len(parts)-1]
		}
		if len(lines) != len(parts) {
			t.Fatalf("%q has %d lines, want %d", raw, len(lines), len(parts))
		}
		for i, part := range parts {
			checkLine(t, lines[i])
			checkShown(t, part, lines[i].String())
			if alone := Pane(part, theme.Text); alone[0].String() != lines[i].String() {
				t.Fatalf("line %d is %q, alone it is %q", i, lines[i], alone[0])
			}
			for _, row := range lines[i].Wrap(9) {
				if row.Width() > 9 || width(row.String()) != row.Width() {
					t.Fatalf("%q takes %d cells, but has width %d", row, width(row.String()), row.Width())
				}
			}
		}
		checkPainted(t, Paint(unicode, lines), lines, false)
		checkPainted(t, Paint(ascii, lines), lines, true)
		for _, line := range Block(lines, 20, 5) {
			around := Join(AppendColumns(nil, line, 0, 7), Lit("╭──╮").As(theme.Accent), AppendColumns(nil, line, 11, 20))
			checkLine(t, around)
			if around.Width() != 20 {
				t.Fatalf("%q takes %d cells, want 20", around, around.Width())
			}
		}
	})
}
