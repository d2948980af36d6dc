package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// session is a command that uses the API.
type session struct {
	*program
	*server
	flags  *flags
	set    *pflag.FlagSet
	config config.Config
}

// withServer connects and calls run with a context that a signal ends. After a signal it
// returns that instead of the error of run.
func (p *program) withServer(cmd *cobra.Command, f *flags, run func(context.Context, *session) error) error {
	if err := f.validate(cmd.Flags()); err != nil {
		return err
	}
	cfg, err := p.loadConfig(f)
	if err != nil {
		return err
	}
	ctx, stop := withSignals(cmd.Context())
	defer stop()
	server, err := p.connect(ctx, f)
	if err != nil {
		return err
	}
	defer server.close()
	p.warnInsecure(server)
	err = run(ctx, &session{program: p, server: server, flags: f, set: cmd.Flags(), config: cfg})
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// outputFlag adds -o with these formats; the first is the default.
func outputFlag(cmd *cobra.Command, output *string, formats ...string) {
	cmd.Flags().StringVarP(output, "output", "o", formats[0], "output `format`: "+joinOr(formats))
	must(cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)))
	check := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(formats, *output) {
			return usagef("-o is %q, expected %s", *output, joinOr(formats))
		}
		return check(cmd, args)
	}
}

// printLines prints lines to stdout, in colour on a terminal.
func (p *program) printLines(lines []text.Line) error {
	theme := p.listTheme(p.outIsTerminal(), false)
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(text.Paint(theme, []text.Line{line}), " "))
		b.WriteByte('\n')
	}
	_, err := io.WriteString(p.Out, b.String())
	return err
}

func (p *program) outIsTerminal() bool { return term.IsTerminal(p.Out.Fd()) }

// printRaw prints text exactly, except on a terminal, where it prints JSON that is safe to show.
func (p *program) printRaw(raw string) error {
	if p.outIsTerminal() {
		raw = text.JSON(raw)
	}
	_, err := fmt.Fprintln(p.Out, raw)
	return err
}

// printJSON prints a value as indented JSON.
func (p *program) printJSON(value any) error {
	raw, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return p.printRaw(string(raw))
}

// getOne reads the snapshot with a name, an id or the start of an id.
func (s *session) getOne(ctx context.Context, arg string) (*model.Snapshot, error) {
	found, err := s.api.Get(ctx, arg)
	switch {
	case model.CodeOf(err) == model.NotFound && isIDPart(arg):
		return s.getListed(ctx, arg, err)
	case err != nil || found.ID != arg || found.Name == arg:
		return found, err
	}
	// It was found by its id, which can be the name of another one.
	named, err := s.api.SearchByName(ctx, arg)
	if err != nil {
		return nil, err
	}
	return findOne(append(named, found), arg)
}

// getListed looks for the start of an id in the list. notFound is the answer to a GET.
func (s *session) getListed(ctx context.Context, arg string, notFound error) (*model.Snapshot, error) {
	listing, err := s.api.List(ctx, s.reportWait())
	if err != nil {
		return nil, err
	}
	found, err := findOne(listing.Snapshots, arg)
	if errors.Is(err, errNotFound) {
		return nil, notFound
	}
	return found, err
}

var (
	errNotFound  = errors.New("not found")
	errAmbiguous = errors.New("ambiguous: use the whole id")
)

// findOne returns the snapshot with a name, an id or the start of an id. Where a general
// snapshot has the name, too, the organization's own one counts.
func findOne(all []*model.Snapshot, arg string) (*model.Snapshot, error) {
	var named, byID *model.Snapshot
	for _, s := range all {
		if s.Name == arg && (named == nil || named.General && !s.General) {
			named = s
		}
		if s.ID == arg {
			byID = s
		}
	}
	switch {
	case named != nil && byID != nil && named.ID != byID.ID:
		return nil, fmt.Errorf("%q is the name of %s and the id of %s: %w", arg, named.ShortID(), byID.Name, errAmbiguous)
	case named != nil:
		return named, nil
	case byID != nil:
		return byID, nil
	default:
		return findByIDPart(all, arg)
	}
}

// findByIDPart returns the one snapshot with an id that starts with arg.
func findByIDPart(all []*model.Snapshot, arg string) (*model.Snapshot, error) {
	var found *model.Snapshot
	for _, s := range all {
		if !isIDPart(arg) || !strings.HasPrefix(s.ID, arg) {
			continue
		}
		if found != nil && found.ID != s.ID {
			return nil, fmt.Errorf("%q is the start of several ids: %w", arg, errAmbiguous)
		}
		found = s
	}
	if found == nil {
		return nil, fmt.Errorf("%s: %w", arg, errNotFound)
	}
	return found, nil
}

// isIDPart reports whether a word can be the start of an id. The dashboard shows eight
// characters.
func isIDPart(word string) bool {
	const shown = 8
	return len(word) >= shown && strings.Trim(word, "0123456789abcdef-") == ""
}

// view reads what the details depend on besides the snapshots. What cannot be read stays
// unknown.
func (s *session) view(ctx context.Context) *row.ViewState {
	v := row.NewViewState(s.Now())
	v.Limit = model.ConfiguredLimit(s.config.QuotaOf(s.source))
	v.Deactivation = s.config.DeactivationFor(s.source)
	var err error
	if v.Families, err = s.familyRules(s.flags, s.config, s.api.URL()); err != nil {
		s.printError(err)
	}
	var requests sync.WaitGroup
	requests.Go(func() {
		if regions, err := s.api.Regions(ctx); err == nil {
			v.Regions = append([]model.Region{}, regions...)
		}
	})
	var organizations []model.Organization
	requests.Go(func() { organizations, _ = s.api.Organizations(ctx) })
	requests.Wait()
	for _, o := range organizations {
		if o.ID == s.api.OrganizationID() {
			v.Organization = o
		}
	}
	return &v
}
