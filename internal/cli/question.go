package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// confirmFlags are the flags that answer a question.
type confirmFlags struct {
	yes     bool
	confirm []string
}

// addFlags adds the flags to a command.
func (f *confirmFlags) addFlags(cmd *cobra.Command, withConfirm bool) {
	if !withConfirm {
		cmd.Flags().BoolVar(&f.yes, "yes", false, "answer the question with y")
		return
	}
	cmd.Flags().BoolVar(&f.yes, "yes", false, "answer the question with y; names that must be typed are still asked for")
	cmd.Flags().StringArrayVar(&f.confirm, "confirm", nil, "confirm a snapshot that must be confirmed by its `name`; repeatable")
	must(cmd.RegisterFlagCompletionFunc("confirm", func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		return slices.DeleteFunc(slices.Clone(args), isNotLiteral), cobra.ShellCompDirectiveNoFileComp
	}))
}

// question is what a command asks before it changes something, with the content of the
// dashboard's dialog.
type question struct {
	title text.Line
	lines []text.Line
	verb  string // "delete"
	count int    // snapshots
	names []string
	typed []typedWord
	// number must be typed for several snapshots, as in the dashboard.
	number bool
}

// typedWord is a word that must be typed to confirm the action on one snapshot.
type typedWord struct {
	snapshot *model.Snapshot
	word     string
	reason   string
}

var errDeclined = errors.New("declined: nothing was changed")

// ask asks the question, unless the flags answer it. After an error nothing may be sent.
func (s *session) ask(ctx context.Context, q question, flags confirmFlags) error {
	missing, err := q.unconfirmed(flags)
	if err != nil {
		return err
	}
	needsYes := len(q.typed) < q.count
	if len(missing) == 0 && (!needsYes || flags.yes) {
		return nil
	}
	screen := s.promptTerminal()
	switch {
	case screen == nil && len(missing) > 0:
		return usagef("%s needs --confirm NAME without a terminal, for each of: %s", q.verb, describeTyped(missing))
	case screen == nil:
		return usagef("%s asks before it changes anything: use --yes without a terminal", q.verb)
	}
	paint := s.listTheme(true, false)
	lines := append([]text.Line{q.title}, q.lines...)
	if _, err := fmt.Fprintln(screen, text.Paint(paint, append(lines, nil))); err != nil {
		return err
	}
	for _, w := range missing {
		prompt := text.Sprintf("Type %s to %s it (%s): ", w.word, q.verb, w.reason)
		if err := typedAnswer(ctx, s.In, screen, prompt, w.word); err != nil {
			return err
		}
	}
	if !needsYes || flags.yes {
		return nil
	}
	return q.askRest(ctx, s.In, screen)
}

// askRest asks for the y that confirms the rest, or for the number of several snapshots.
func (q question) askRest(ctx context.Context, in io.Reader, screen *os.File) error {
	if q.number && q.count > 1 {
		return typedAnswer(ctx, in, screen, text.Sprintf("Type %d to %s them: ", q.count, q.verb), fmt.Sprint(q.count))
	}
	it := text.Lit("it")
	if q.count > 1 {
		it = text.Lit("them")
	}
	agreed, err := confirm(ctx, in, screen, text.Sprintf("%s %s?", strings.ToUpper(q.verb[:1])+q.verb[1:], it))
	if err == nil && !agreed {
		err = errDeclined
	}
	return err
}

// unconfirmed returns the words that no flag confirms.
func (q question) unconfirmed(flags confirmFlags) ([]typedWord, error) {
	missing := slices.Clone(q.typed)
	for _, name := range flags.confirm {
		matches := func(w typedWord) bool { return w.word == name || w.snapshot.Name == name || w.snapshot.ID == name }
		if !slices.ContainsFunc(q.typed, matches) && !slices.Contains(q.names, name) {
			return nil, usagef("--confirm %q is the name of no snapshot to %s", name, q.verb)
		}
		missing = slices.DeleteFunc(missing, matches)
	}
	return missing, nil
}

// describeTyped lists what has to be confirmed, and why.
func describeTyped(words []typedWord) string {
	const most = 5
	var parts []string
	for _, w := range words[:min(len(words), most)] {
		parts = append(parts, fmt.Sprintf("%s (%s)", w.word, w.reason))
	}
	if more := len(words) - most; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return strings.Join(parts, ", ")
}

// typedAnswer prompts for a word.
func typedAnswer(ctx context.Context, in io.Reader, screen *os.File, prompt text.Safe, word string) error {
	if _, err := fmt.Fprint(screen, prompt); err != nil {
		return err
	}
	answer, err := readLine(ctx, in)
	if err == nil && answer != word {
		err = errDeclined
	}
	return err
}

// warningLine returns a line of a question about a risk.
func warningLine(t text.Safe) text.Line {
	return text.Join(text.Lit("! ").As(theme.Warning), t.As(theme.Text))
}
