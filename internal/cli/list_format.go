package cli

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// listOutput contains what list prints.
type listOutput struct {
	table *row.Table
	rows  []*model.Snapshot
	// incomplete is why rows may be missing, nil if none are.
	incomplete *model.IncompleteList
	skipped    bool // an item of the server was invalid

	theme theme.Theme
	tty   bool // stdout is a terminal: escape control characters in all formats
	width int  // columns of the terminal; 0 means unlimited
}

// listFormat is an output format of list.
type listFormat struct {
	name  string
	help  string
	human bool // shows relative times and the names of regions
	write func(io.Writer, *listOutput) error
}

func formats() []listFormat {
	return []listFormat{
		{"table", "one line per snapshot, cut to the width of the terminal", true, func(w io.Writer, s *listOutput) error { return writeTable(w, s, false) }},
		{"wide", "all columns, with id and full ref, not cut", true, func(w io.Writer, s *listOutput) error { return writeTable(w, s, true) }},
		{"json", "array of the objects as the server sent them", false, writeJSON},
		{"csv", "one column per property of the API, with a header", false, writeCSV},
		{"name", "names only", false, writeNames},
	}
}

func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

func formatNamed(name string) (listFormat, error) {
	for _, f := range formats() {
		if f.name == name {
			return f, nil
		}
	}
	return listFormat{}, usagef("-o is %q, expected %s", name, joinOr(formatNames()))
}

// describeFormats returns one line of help per format.
func describeFormats() string {
	var b strings.Builder
	for _, f := range formats() {
		fmt.Fprintf(&b, "  %-6s  %s\n", f.name, f.help)
	}
	return b.String()
}

// joinOr joins words like "a, b or c".
func joinOr(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// listTheme returns the theme for tables. On a terminal it uses the terminal's own 16
// colours, which are readable on any background.
func (p *program) listTheme(tty, ascii bool) theme.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	if tty && p.Getenv("NO_COLOR") == "" && p.Getenv("TERM") != "dumb" {
		r.SetColorProfile(termenv.ANSI)
	}
	glyphs := theme.Unicode
	if ascii {
		glyphs = theme.ASCII
	}
	return theme.New(r, theme.Palette{
		Match:   theme.Colour{ANSI: "3"},
		Control: theme.Colour{ANSI: "5"},

		Active:   theme.Colour{ANSI: "2"},
		Building: theme.Colour{ANSI: "3"},
		Pulling:  theme.Colour{ANSI: "6"},
		Failed:   theme.Colour{ANSI: "1"},
		Removing: theme.Colour{ANSI: "5"},
		Warning:  theme.Colour{ANSI: "3"},
	}, glyphs)
}

// writeTable writes a header and one line per snapshot. It escapes control characters
// even in a pipe, because tables end up in a terminal. Lines are cut to the width of
// the terminal, except in the wide format. A terminal gets a sentence instead of a header
// alone.
func writeTable(w io.Writer, s *listOutput, wide bool) error {
	if s.tty && len(s.rows) == 0 {
		_, err := fmt.Fprintln(w, s.table.NoRows())
		return err
	}
	width := s.width
	if wide {
		width = 0
	}
	for line := range s.table.Lines(s.rows, wide, width) {
		if _, err := fmt.Fprintln(w, text.Paint(s.theme, []text.Line{line})); err != nil {
			return err
		}
	}
	return nil
}

// writeNames writes one name per line.
func writeNames(w io.Writer, s *listOutput) error {
	for _, snapshot := range s.rows {
		if _, err := fmt.Fprintln(w, s.inertOnTerminal(snapshot.Name)); err != nil {
			return err
		}
	}
	return nil
}

// inertOnTerminal returns raw, with control characters escaped for a terminal.
func (s *listOutput) inertOnTerminal(raw string) string {
	if s.tty {
		return text.Cell(raw).String()
	}
	return raw
}

// writeJSON writes an array of the objects that the server sent, byte for byte.
func writeJSON(w io.Writer, s *listOutput) error {
	if len(s.rows) == 0 {
		_, err := fmt.Fprintln(w, "[]")
		return err
	}
	out := bufio.NewWriter(w)
	separator := "[\n"
	for _, snapshot := range s.rows {
		raw := snapshot.Raw.String()
		if s.tty {
			raw = text.JSON(raw)
		}
		_, _ = out.WriteString(separator)
		_, _ = out.WriteString(raw)
		separator = ",\n"
	}
	_, _ = out.WriteString("\n]\n")
	return out.Flush() // reports the first error of all writes
}
