package cli

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// formats are the ways in which list prints. tty says that a terminal reads it:
// then nothing may act on the terminal, else names and JSON are exact.
var formats = map[string]func(w io.Writer, snapshots []*model.Snapshot, tty bool) error{
	"table": writeTable,
	"json":  writeJSON,
	"name":  writeNames,
}

// list is the command that prints all snapshots once.
func (p *program) list() *cobra.Command {
	f := &flags{}
	format := "table"
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Print all snapshots and exit",
		Long: `Print all snapshots, what needs a look first, and exit.

  table   a line for each, for people
  json    an array of exactly what the server sent
  name    the names alone`,
		Args: cobra.NoArgs,
		RunE: p.begin(func(cmd *cobra.Command) error {
			write, ok := formats[format]
			if !ok {
				return usagef("-o is %q, want table, json or name", format)
			}
			if err := f.check(cmd.Flags()); err != nil {
				return err
			}
			return p.printList(cmd.Context(), f, write)
		}),
	}
	cmd.Flags().StringVarP(&format, "output", "o", format, "table, json or name")
	f.addServer(cmd)
	must(cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions([]string{"table", "json", "name"}, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

func (p *program) printList(ctx context.Context, f *flags, write func(io.Writer, []*model.Snapshot, bool) error) error {
	if _, err := p.settings(f); err != nil {
		return err
	}
	ctx, stop := untilSignal(ctx)
	defer stop()
	server, err := p.connect(ctx, f)
	if err != nil {
		return err
	}
	defer server.close()
	listing, err := server.api.List(ctx, nil)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err != nil {
		return err
	}
	slices.SortFunc(listing.Snapshots, model.CompareAttention)
	out := bufio.NewWriter(p.Out)
	if err := write(out, listing.Snapshots, term.IsTerminal(p.Out.Fd())); err != nil {
		return err
	}
	return out.Flush()
}

// writeNames writes a name a line.
func writeNames(w io.Writer, snapshots []*model.Snapshot, tty bool) error {
	for _, s := range snapshots {
		name := s.Name
		if tty {
			name = text.Cell(name).String()
		}
		if _, err := fmt.Fprintln(w, name); err != nil {
			return err
		}
	}
	return nil
}

// writeJSON writes an array of what the server sent, byte for byte.
func writeJSON(w io.Writer, snapshots []*model.Snapshot, tty bool) error {
	rows := make([][]byte, len(snapshots))
	for i, s := range snapshots {
		rows[i] = s.Raw
		if tty {
			rows[i] = inertJSON(s.Raw)
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

// writeTable writes a heading and a line for each snapshot. Every cell is made
// inert, since tables are read by people, in a terminal sooner or later.
func writeTable(w io.Writer, snapshots []*model.Snapshot, _ bool) error {
	rows := [][]text.Safe{{text.Lit("NAME"), text.Lit("STATE"), text.Lit("GB"), text.Lit("LAST USED"), text.Lit("REF · IMAGE · WHY")}}
	for _, s := range snapshots {
		name := text.Cell(s.Name).As(theme.Text).Cut(longestName, text.CutMiddle).Plain()
		rows = append(rows, []text.Safe{name, text.Cell(s.State.Label()), size(s), used(s), why(s)})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] { // the last one may be as long as it likes
			widths[i] = max(widths[i], cell.Width())
		}
	}
	for _, row := range rows {
		var line text.Line
		for i, cell := range row {
			line = text.Join(line, cell.As(theme.Text).Fit(max(widths[i], cell.Width())), text.Lit("  ").As(theme.Text))
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(line.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// longestName is how many cells of a name the table shows. One that is longer
// would push everything else off the screen, for all rows.
const longestName = 60

// none stands for what is not set.
const none = "–"

func size(s *model.Snapshot) text.Safe {
	gb, ok := s.Size.Get()
	if !ok {
		return text.Lit(none)
	}
	return text.Sprintf("%.2f", gb)
}

func used(s *model.Snapshot) text.Safe {
	at, ok := s.LastUsedAt.Get()
	if !ok {
		return text.Lit(none)
	}
	return text.Cell(at.UTC().Format("2006-01-02 15:04Z"))
}

// why is the reason of a failure, else what the snapshot was made from.
func why(s *model.Snapshot) text.Safe {
	candidates := []string{s.Ref.Value, s.ImageName.Value, none}
	if s.State.Failed() {
		candidates = append([]string{strings.TrimSpace(s.ErrorReason.Value)}, candidates...)
	}
	return text.Cell(candidates[slices.IndexFunc(candidates, func(c string) bool { return c != "" })])
}
