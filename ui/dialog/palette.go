package dialog

import (
	"cmp"
	"image"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

// Entry is an action in the palette.
type Entry struct {
	Name    string
	Key     string   // keys as shown in the list
	Keys    []string // names of the keys; an exact match comes first
	Aliases []string // other names; an exact match comes first, a prefix last
	Reason  string   // why it cannot run now, "" if it can
	Run     func() tea.Cmd
}

// Palette is a dialog that finds an action by name.
type Palette struct {
	Picker
	field   textinput.Model
	entries func() []Entry
	found   []match
	box     image.Rectangle
}

// match is an entry that matches the typed text.
type match struct {
	Entry
	matched []int // byte offsets in its name
}

// NewPalette returns a palette. It calls entries again whenever the typed text changes.
func NewPalette(entries func() []Entry) *Palette {
	p := &Palette{field: NewField(""), entries: entries}
	p.field.Focus()
	p.find()
	return p
}

// Scope returns the scope of its keys.
func (*Palette) Scope() keys.Scope { return keys.OnPalette }

// Motion returns the cursor.
func (p *Palette) Motion() keys.Motion { return p }

// Input returns the text field.
func (p *Palette) Input() *textinput.Model { return &p.field }

// Typed updates the matches.
func (p *Palette) Typed() tea.Cmd {
	p.find()
	return nil
}

// find lists the entries that match the typed text: exact matches of a key or alias, then
// names, best match first, then prefixes of aliases. If nothing is typed, it lists all
// entries; those that can run come first.
func (p *Palette) find() {
	entries, typed := p.entries(), p.field.Value()
	p.found, p.at = p.found[:0], 0
	defer func() { p.count = len(p.found) }()
	if typed == "" {
		for _, e := range entries {
			p.found = append(p.found, match{Entry: e})
		}
		slices.SortStableFunc(p.found, func(x, y match) int { return cmp.Compare(min(len(x.Reason), 1), min(len(y.Reason), 1)) })
		return
	}
	added := make([]bool, len(entries))
	add := func(i int, matched []int) {
		if !added[i] {
			added[i] = true
			p.found = append(p.found, match{entries[i], matched})
		}
	}
	addIf := func(matches func(Entry) bool) {
		for i, e := range entries {
			if matches(e) {
				add(i, nil)
			}
		}
	}
	addIf(func(e Entry) bool { return slices.Contains(e.Keys, typed) })
	addIf(func(e Entry) bool { return slices.Contains(e.Aliases, typed) })
	for _, match := range fuzzy.FindFrom(typed, entryNames(entries)) {
		add(match.Index, match.MatchedIndexes)
	}
	addIf(func(e Entry) bool {
		return slices.ContainsFunc(e.Aliases, func(word string) bool { return strings.HasPrefix(word, typed) })
	})
}

// entryNames lets package fuzzy search entries by name.
type entryNames []Entry

// String implements fuzzy.Source.
func (n entryNames) String(i int) string { return n[i].Name }

// Len implements fuzzy.Source.
func (n entryNames) Len() int { return len(n) }

// Step moves the cursor and wraps around at the ends of the list.
func (p *Palette) Step(by int) {
	if n := len(p.found); n > 0 {
		p.at = (p.at + by + n) % n
	}
}

// Chosen returns the function of the entry under the cursor, nil if there is none.
func (p *Palette) Chosen() func() tea.Cmd {
	if len(p.found) == 0 {
		return nil
	}
	return p.found[p.at].Run
}

// reasonLines is the number of lines for the reason why an entry cannot run.
const reasonLines = 2

// Arrange lays the palette out for a screen.
func (p *Palette) Arrange(size image.Point) {
	const width, height = 76, 24
	p.box = layout.Dialog(size, width, height)
	p.area = p.box.Inset(1)
	p.area.Min.Y += 3 // the field
	p.area.Max.Y -= reasonLines
}

// Draw puts the palette on the canvas.
func (p *Palette) Draw(c *canvas.Canvas) {
	inner := p.area.Dx()
	field := text.Join(text.Lit("  : ").As(theme.Key), FieldLine(&p.field, true))
	lines := []text.Line{nil, text.Justify(field, p.position(), inner), nil}
	first, end := p.shown()
	for i := first; i < end; i++ {
		lines = append(lines, p.line(i))
	}
	if len(p.found) == 0 {
		lines = append(lines, text.Lit("  no matching action").As(theme.Dim))
	} else if reason := p.found[p.at].Reason; reason != "" {
		lines = text.Block(lines, inner, p.area.Max.Y-p.box.Min.Y-1)
		for _, line := range text.Sprintf("not now: %s", reason).As(theme.Warning).Wrap(max(inner-4, 1)) {
			lines = append(lines, text.Join(text.Lit("  ").As(theme.Dim), line))
		}
	}
	c.Box(p.box, lines)
}

// line draws one entry, with its keys or the reason why it cannot run.
func (p *Palette) line(i int) text.Line {
	e := p.found[i]
	role, right := theme.Text, text.Cell(e.Key).As(theme.Key)
	if e.Reason != "" {
		role = theme.Dim
		right = text.Join(text.Cell(e.Reason).As(theme.Dim).Cut(p.area.Dx()/2, text.CutEnd), text.Lit("  ").As(theme.Dim), text.Cell(e.Key).As(theme.Dim))
	}
	return p.entry(i, text.Styled(e.Name, role, e.matched), right)
}
