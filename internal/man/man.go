// Package man writes the manual page of a command.
package man

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Section is a section of a page in addition to those of the command.
type Section struct {
	Title string
	Items [][2]string // a term and its explanation
}

// Page is a page of section 1.
type Page struct {
	Command *cobra.Command
	Date    string // like 2026-11-28, "" if unknown
	Version string
	More    []Section
	SeeAlso []string // names of other pages
}

// Name returns the name of the page of a command: snapdeck-list.
func Name(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// Write writes the page in the macros that man and mandoc understand.
func (p Page) Write(w io.Writer) error {
	var b strings.Builder
	cmd := p.Command
	_, _ = fmt.Fprintf(&b, ".TH %s 1 %q %q \"User Commands\"\n", strings.ToUpper(Name(cmd)), p.Date, p.Version)
	section(&b, "NAME")
	_, _ = fmt.Fprintf(&b, "%s \\- %s\n", escape(Name(cmd)), escape(cmd.Short))
	section(&b, "SYNOPSIS")
	path, arguments, _ := strings.Cut(cmd.UseLine(), " ")
	for range strings.Count(cmd.CommandPath(), " ") {
		name, rest, _ := strings.Cut(arguments, " ")
		path, arguments = path+" "+name, rest
	}
	_, _ = fmt.Fprintf(&b, "\\fB%s\\fR %s\n", escape(path), escape(arguments))
	section(&b, "DESCRIPTION")
	prose(&b, cmd.Long)
	flags(&b, cmd.NonInheritedFlags())
	if cmd.Example != "" {
		section(&b, "EXAMPLES")
		preformatted(&b, strings.Split(cmd.Example, "\n"))
	}
	for _, more := range p.More {
		section(&b, more.Title)
		for _, item := range more.Items {
			_, _ = fmt.Fprintf(&b, ".TP\n\\fB%s\\fR\n%s\n", escape(item[0]), escape(item[1]))
		}
	}
	if len(p.SeeAlso) > 0 {
		section(&b, "SEE ALSO")
		for i, name := range p.SeeAlso {
			comma := ","
			if i == len(p.SeeAlso)-1 {
				comma = ""
			}
			_, _ = fmt.Fprintf(&b, ".BR %s (1)%s\n", escape(name), comma)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func section(b *strings.Builder, title string) { _, _ = fmt.Fprintf(b, ".SH %s\n", title) }

// prose writes paragraphs. Indented lines are preformatted.
func prose(b *strings.Builder, long string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(long), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		lines := strings.Split(paragraph, "\n")
		for len(lines) > 0 {
			n := 0
			for n < len(lines) && strings.HasPrefix(lines[n], "  ") {
				n++
			}
			if n > 0 {
				preformatted(b, lines[:n])
				lines = lines[n:]
				continue
			}
			b.WriteString(escape(lines[0]) + "\n")
			lines = lines[1:]
		}
	}
}

func preformatted(b *strings.Builder, lines []string) {
	b.WriteString(".nf\n")
	for _, line := range lines {
		b.WriteString(escape(line) + "\n")
	}
	b.WriteString(".fi\n")
}

func flags(b *strings.Builder, set *pflag.FlagSet) {
	if !set.HasAvailableFlags() {
		return
	}
	section(b, "OPTIONS")
	set.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(flag)
		names := `\fB` + escape("--"+flag.Name) + `\fR`
		if flag.Shorthand != "" {
			names = `\fB` + escape("-"+flag.Shorthand) + `\fR, ` + names
		}
		if value != "" {
			names += ` \fI` + escape(value) + `\fR`
		}
		_, _ = fmt.Fprintf(b, ".TP\n%s\n%s\n", names, escape(usage))
	})
}

// escape makes a line plain text: a hyphen is a minus, which can be copied, and no line is a
// request.
func escape(line string) string {
	line = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		return `\&` + line
	}
	return line
}
