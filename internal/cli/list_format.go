package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// listOutput is what list prints.
type listOutput struct {
	table *row.Table
	rows  []*model.Snapshot
	theme theme.Theme
	// tty: a terminal reads it, so nothing may act on it. Otherwise all formats
	// but the tables, which are for people, are exact.
	tty bool
	// width is how many cells a line of the terminal has, 0 where it may be as long
	// as it likes.
	width int
}

// format is a way in which list prints.
type format struct {
	name  string
	help  string
	human bool // it tells relative times, and regions by name
	write func(io.Writer, *listOutput) error
}

func formats() []format {
	return []format{
		{"table", "a line for each, for people; a terminal gets as much as fits", true, func(w io.Writer, s *listOutput) error { return writeTable(w, s, false) }},
		{"wide", "the same with all columns, id and whole ref; nothing is cut", true, func(w io.Writer, s *listOutput) error { return writeTable(w, s, true) }},
		{"json", "an array of exactly what the server sent", false, writeJSON},
		{"csv", "every property of the API in a column, with a heading", false, writeCSV},
		{"name", "the names alone", false, writeNames},
	}
}

func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

func formatNamed(name string) (format, error) {
	for _, f := range formats() {
		if f.name == name {
			return f, nil
		}
	}
	return format{}, usagef("-o is %q, want %s", name, joinOr(formatNames()))
}

// describeFormats is a line of help for each format.
func describeFormats() string {
	var b strings.Builder
	for _, f := range formats() {
		fmt.Fprintf(&b, "  %-6s  %s\n", f.name, f.help)
	}
	return b.String()
}

// joinOr lists words as people do: "a, b or c".
func joinOr(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// listTheme is the look of a table: on a terminal its own colours, which can be read
// on its background whatever that is, else none.
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

// writeTable writes a heading and a line for each snapshot. Every cell is made
// inert, since tables are read by people, in a terminal sooner or later. A terminal
// would wrap what does not fit, and rows that take several lines are no table; who
// asks for all columns wants them, though.
func writeTable(w io.Writer, s *listOutput, wide bool) error {
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

// writeNames writes a name a line.
func writeNames(w io.Writer, s *listOutput) error {
	for _, row := range s.rows {
		if _, err := fmt.Fprintln(w, s.inertOnTerminal(row.Name)); err != nil {
			return err
		}
	}
	return nil
}

// inertOnTerminal is a text as it is, but for a terminal.
func (s *listOutput) inertOnTerminal(raw string) string {
	if s.tty {
		return text.Cell(raw).String()
	}
	return raw
}

// writeJSON writes an array of what the server sent, byte for byte.
func writeJSON(w io.Writer, s *listOutput) error {
	if len(s.rows) == 0 {
		_, err := fmt.Fprintln(w, "[]")
		return err
	}
	rows := make([][]byte, len(s.rows))
	for i, row := range s.rows {
		rows[i] = row.Raw
		if s.tty {
			rows[i] = inertJSON(row.Raw)
		}
	}
	_, err := fmt.Fprintf(w, "[\n%s\n]\n", bytes.Join(rows, []byte(",\n")))
	return err
}

// inertJSON writes what a terminal could act on or hide as \u escapes. Outside
// of strings JSON has nothing of the kind, so the value stays the same.
func inertJSON(raw []byte) []byte {
	var b strings.Builder
	for _, r := range string(raw) {
		switch {
		case r == '\n' || r == '\t' || r == ' ' || unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		}
	}
	return []byte(b.String())
}
