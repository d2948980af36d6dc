package ui

import (
	"context"
	"image"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/buildlog"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/deleted"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/failures"
	"daytona/snapdeck/ui/form"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
	"daytona/snapdeck/ui/use"
)

// Options configure the dashboard.
type Options struct {
	Context         context.Context // cancelled when the program ends; every request carries it
	API             API
	OrganizationAPI OrganizationAPI
	LogAPI          LogAPI
	Clock           Clock
	Theme           theme.Theme
	// Send sends a message to the running program from a command. It may be called at any
	// time, and must return once the program has ended.
	Send func(tea.Msg)

	APIURL         string         // ends in /api
	Host           string         // host:port of the API, shown in the header
	Insecure       bool           // the key travels unencrypted
	OrganizationID string         // "" if the credential decides
	Interval       time.Duration  // minimum poll interval
	Deactivation   time.Duration  // see [row.ViewState]
	Query          string         // initial filter
	Location       *time.Location // of the user, for local times; nil is UTC
	Rebuilder      Rebuilder      // nil if recipes cannot be saved
	Trash          Trash
	TrashOff       bool   // see [row.ViewState]
	Editor         Editor // nil if there is none
	// Copy copies a text to a clipboard and says to which; nil if there is none.
	Copy func(string) (how string, err error)
	// Notify shows a notification of the terminal; nil if it has none.
	Notify func(line string) error
	// Announce appends a line to the terminal for a screen reader; nil without one.
	Announce func(text.Line)
	// Themes are offered one after the other; the first one is Theme.
	Themes []NamedTheme
	// Open opens an address in a browser; nil if there is none.
	Open func(url string) error
	// Save writes a text to a file with that name and returns its path.
	Save func(name, content string) (path string, err error)
	// Record writes an action to the log of actions; nil if there is none.
	Record func(activity.Record) error
	// OpenActions returns the latest requests that earlier runs sent to an API and an
	// organization, and that have no known end in that log; nil if there is none.
	OpenActions func(apiURL, organization string) ([]activity.Record, error)
	// OriginalTimes returns the creation times of replaced snapshots from that log, see
	// [activity.OriginalTimes]; nil if there is none.
	OriginalTimes func(apiURL, organization string) (map[string]time.Time, error)

	Profile  string        // shown so that profiles are not confused; "" for none
	Notices  []string      // shown at the start, such as warnings about the configuration
	Keys     keys.Map      // remapped keys; ignored if it has [KeyProblems]
	ReadOnly bool          // change nothing on the server
	Views    []row.View    // in addition to the built-in ones
	Cleanup  prune.Options // the rule of a clean-up, without Protect; zero values are the defaults
	Protect  []string      // name patterns (path.Match): deleting these requires typing the name
	Quota    int           // of snapshots, as configured; 0 if unknown
	Suspend  bool          // ctrl+z works: a shell can resume the program
	Families *family.Rules // nil for those without a configuration
}

// NamedTheme is a theme that can be chosen.
type NamedTheme struct {
	Name  string
	Theme theme.Theme
}

// App is the dashboard. Bubble Tea runs it, and tests call it directly.
type App struct {
	layerStack
	options Options
	actions actionList
	theme   theme.Theme
	now     time.Time // when the latest message arrived; View reads no other clock

	size   image.Point
	screen layout.Screen
	canvas canvas.Canvas // reused for each frame

	lastKey  time.Time // when the last key was pressed
	dropping keys.Drop // of keys after a question was cancelled

	state         appState
	poller        poller.Poller
	table         *grid.Grid[*model.Snapshot]
	order         row.Sort
	filter        textinput.Model
	filterHistory dialog.History
	shown         derivation
	detail        *detail
	toast         dialog.Toast
	mouse         mouse
	themeIndex    int        // index of the theme in use
	form          *form.Form // of a new snapshot, nil for none
	bulk          bulk.Action[startFunc]
	failures      failures.Announced
	uses          use.Asker

	activity  activity.Log
	recipes   deleted.Recipes
	logs      *buildlog.Reader
	steps     *buildlog.Steps // of the builds in the table
	logBroken bool            // the log of actions could not be written

	openActionsRead bool

	orgInfoDue time.Time
}

// New returns a dashboard. It sends no request before Init.
func New(options Options) *App {
	a := &App{
		options:  options,
		actions:  actionTable(),
		theme:    options.Theme,
		now:      options.Clock.Now(),
		table:    grid.New(func(s *model.Snapshot) string { return s.ID }),
		order:    row.Sort{Column: row.ColumnState},
		filter:   dialog.NewField(options.Query),
		poller:   poller.New(options.Interval),
		activity: activity.New(options.Clock.Now(), options.Announce),
		toast:    dialog.Toast{Announce: options.Announce},
		detail:   &detail{Pane: inspect.NewPane()},
		logs:     buildlog.NewReader(options.Context, options.LogAPI, options.Send),
		steps:    buildlog.NewSteps(options.Context, options.LogAPI),
	}
	options.Keys.Apply(keyActions(a.actions)) // applies nothing if there are problems
	a.detail.logKey = a.keyFor("logs.open")
	a.state = newAppState(a.now)
	a.state.Organization.ID, a.state.Deactivation = options.OrganizationID, options.Deactivation
	a.state.Limit = model.ConfiguredLimit(options.Quota)
	a.detail.useKey = a.keyFor("detail.tab-7")
	a.uses = use.Asker{API: options.OrganizationAPI, Uses: &a.state.Uses, Work: a.options.work, After: options.Clock.After}
	a.state.TrashOff = options.TrashOff
	a.state.RefuseRestore = func(s *model.Snapshot) string { return a.restorer().Unrestorable(s) }
	if options.Location != nil {
		a.state.Location = options.Location
	}
	a.state.BuildStep = a.steps.Step
	a.state.Query = query.Parse(options.Query)
	a.state.Families = options.Families
	a.table.SetColumns(row.Columns(&a.state.ViewState))
	a.table.SetGutterGlyph(a.state.GutterNote)
	a.showOrder()
	a.layers = []layer{tableLayer{app: a}}
	a.showNotices(options.Notices)
	return a
}

// Init starts the tick and the first poll.
func (a *App) Init() tea.Cmd {
	return tea.Batch(a.options.tick(), a.startPoll(), a.options.findUnfinished(true))
}

// tick schedules the next tick. One slow tick drives ages, polls, toasts and running
// actions, so an idle dashboard draws once a second.
func (o *Options) tick() tea.Cmd {
	return o.Clock.After(time.Second, tickMsg{})
}

// work returns a command that runs do with the program's context and a deadline. do must not
// use the App.
func (o *Options) work(deadline time.Duration, do func(context.Context) tea.Msg) tea.Cmd {
	parent := o.Context
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, deadline)
		defer cancel()
		return do(ctx)
	}
}

// selected returns the snapshot under the cursor, nil if there is none.
func (a *App) selected() *model.Snapshot {
	s, ok := a.table.Cursor()
	if !ok {
		return nil
	}
	return s
}

// arrange computes the rectangles from the size and the open layers, and sets the sizes
// of the parts.
func (a *App) arrange() {
	_, regions := find[*regionsLayer](a.layerStack)
	_, filtering := find[filterLayer](a.layerStack)
	o := layout.Options{
		Split:   true,
		Filter:  filtering || a.filter.Value() != "",
		Regions: regions,
		Alert:   true,
	}
	a.failures.Room = layout.Compute(a.size, o).Rows()
	o.Alert = !a.failures.Empty()
	a.screen = layout.Compute(a.size, o)
	a.detail.noSplit = a.screen.Detail.Empty()
	if a.detail.covers = a.detailsOnTop() && (a.detail.full || a.detail.noSplit); a.detail.covers {
		o.Detail = true
		a.screen = layout.Compute(a.size, o)
	}
	a.state.markedSize.Update(a.state.Data.Store, a.table.MarkRevision(), a.table.Marked)
	a.actions.rename("back", a.backName())
	a.actions.rename("bulk.leave", a.bulk.LeaveName())
	if confirm, ok := a.top().(*dialog.Confirm); ok {
		a.actions.rename("confirm.yes", confirm.Verb)
		a.actions.rename("confirm.typed", confirm.Verb)
		a.actions.rename("confirm.cancel", confirm.EscName())
	}
	a.table.SetSize(a.screen.Table.Dx(), a.screen.Table.Dy())
	for _, open := range a.layers {
		if l, ok := open.(arranger); ok {
			l.Arrange(a.size)
		}
	}
}

// View draws the frame. It has exactly the size of the terminal.
func (a *App) View() string {
	if a.size.X <= 0 || a.size.Y <= 0 {
		return ""
	}
	return text.Paint(a.theme, a.frame().Lines())
}
