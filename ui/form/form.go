// Package form is the dialog that asks for the recipe of a new snapshot.
package form

import (
	"encoding/json"
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// The fields, in order, and the button after them.
const (
	fieldName = iota
	fieldRegion
	fieldCPU
	fieldMemory
	fieldDisk
	fieldGPU
	fieldImage
	fieldEntrypoint
	fieldCount

	button = fieldCount
	stops  = fieldCount + 1
)

// Form is a dialog with the properties of a new snapshot. It sends nothing.
type Form struct {
	// From is the name of the snapshot that the form was filled from, "" for none.
	From string
	// Dockerfile is what the snapshot is built from, "" for an image. It is edited elsewhere.
	Dockerfile string
	EditKey    string // the key that edits the Dockerfile

	base    model.Recipe // what has no field: build context, class and type of GPU
	fields  [fieldCount]textinput.Model
	at      int
	check   func(model.Recipe) []model.Refusal
	regions []model.Region
	problem string
	box     image.Rectangle
}

// New returns a form that is filled from a recipe. check returns why the server would refuse a
// recipe; regions are those of the organization, nil if they are not known.
func New(from string, recipe model.Recipe, regions []model.Region, check func(model.Recipe) []model.Refusal) *Form {
	f := &Form{From: from, base: recipe, check: check, regions: regions}
	if recipe.BuildInfo != nil {
		f.Dockerfile = recipe.BuildInfo.DockerfileContent
	}
	values := [fieldCount]string{
		fieldName: recipe.Name, fieldRegion: f.regionName(recipe.RegionID),
		fieldCPU: number(recipe.CPU), fieldMemory: number(recipe.Memory), fieldDisk: number(recipe.Disk), fieldGPU: number(recipe.GPU),
		fieldImage: recipe.ImageName, fieldEntrypoint: joinWords(recipe.Entrypoint),
	}
	for i, value := range values {
		f.fields[i] = dialog.NewField(value)
	}
	f.fields[f.at].Focus()
	f.validate()
	return f
}

// Scope returns the scope of its keys.
func (*Form) Scope() keys.Scope { return keys.OnForm }

// Motion returns nil: the arrows move between the fields.
func (*Form) Motion() keys.Motion { return nil }

// Input returns the text field that has the cursor, nil on the button.
func (f *Form) Input() *textinput.Model {
	if f.at >= fieldCount {
		return nil
	}
	return &f.fields[f.at]
}

// Typed checks what was typed.
func (f *Form) Typed() tea.Cmd {
	f.validate()
	return nil
}

// SetDockerfile replaces the Dockerfile.
func (f *Form) SetDockerfile(content string) {
	f.Dockerfile = content
	f.validate()
}

// Step moves the cursor by a number of fields. The button is between the last and the first.
func (f *Form) Step(by int) {
	if field := f.Input(); field != nil {
		field.Blur()
	}
	f.at = (f.at + by + stops) % stops
	if field := f.Input(); field != nil {
		field.Focus()
		field.CursorEnd()
	}
}

// OnButton reports whether the cursor is on the button.
func (f *Form) OnButton() bool { return f.at == button }

// Refuse returns why the form cannot be submitted, or "".
func (f *Form) Refuse() string { return f.problem }

// Recipe returns what is to be created. The error names the field that is wrong.
func (f *Form) Recipe() (model.Recipe, error) {
	value := func(i int) string { return strings.TrimSpace(f.fields[i].Value()) }
	recipe := model.Recipe{
		Name: value(fieldName), SandboxClass: f.base.SandboxClass, ImageName: value(fieldImage),
	}
	for _, n := range []struct {
		field int
		into  **int
	}{{fieldCPU, &recipe.CPU}, {fieldMemory, &recipe.Memory}, {fieldDisk, &recipe.Disk}, {fieldGPU, &recipe.GPU}} {
		parsed, err := parseNumber(value(n.field))
		if err != nil {
			return recipe, fmt.Errorf("%s: %w", labels[n.field], err)
		}
		*n.into = parsed
	}
	if recipe.GPU != nil && *recipe.GPU > 0 {
		recipe.GPUType = f.base.GPUType
	}
	var err error
	if recipe.RegionID, err = f.regionID(value(fieldRegion)); err != nil {
		return recipe, err
	}
	if recipe.Entrypoint, err = splitWords(value(fieldEntrypoint)); err != nil {
		return recipe, err
	}
	return recipe, f.source(&recipe)
}

// source puts the Dockerfile into the recipe. An edited Dockerfile keeps the build context,
// because it may still use its files.
func (f *Form) source(recipe *model.Recipe) error {
	built := strings.TrimSpace(f.Dockerfile) != ""
	switch {
	case recipe.Name == "":
		return fmt.Errorf("name: type a name")
	case built && recipe.ImageName != "":
		return fmt.Errorf("image and Dockerfile: clear one of them")
	case !built && recipe.ImageName == "":
		return fmt.Errorf("image: type an image, or write a Dockerfile")
	case built && len(recipe.Entrypoint) > 0:
		return fmt.Errorf("entrypoint: clear it, a Dockerfile has its own")
	case built:
		recipe.BuildInfo = &model.RecipeBuild{DockerfileContent: f.Dockerfile}
		if f.base.BuildInfo != nil {
			recipe.BuildInfo.ContextHashes = f.base.BuildInfo.ContextHashes
		}
	}
	return nil
}

// validate finds the first problem.
func (f *Form) validate() {
	f.problem = ""
	recipe, err := f.Recipe()
	if err != nil {
		f.problem = err.Error()
		return
	}
	if found := f.check(recipe); len(found) > 0 {
		f.problem = found[0].Text
	}
}

// regionID returns the id of the region with that name or id. If the regions are not known, it
// takes what is typed as an id. "" is the organization's default.
func (f *Form) regionID(typed string) (string, error) {
	if typed == "" || f.regions == nil {
		return typed, nil
	}
	for _, r := range f.regions {
		if r.ID == typed || r.Name == typed {
			return r.ID, nil
		}
	}
	return "", fmt.Errorf("region: the organization has no region %s, only %s", typed, strings.Join(f.regionNames(), ", "))
}

func (f *Form) regionName(id string) string {
	if i := slices.IndexFunc(f.regions, func(r model.Region) bool { return r.ID == id && r.Name != "" }); i >= 0 {
		return f.regions[i].Name
	}
	return id
}

func (f *Form) regionNames() []string {
	names := make([]string, len(f.regions))
	for i, r := range f.regions {
		names[i] = f.regionName(r.ID)
	}
	slices.Sort(names)
	return names
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// parseNumber returns nil for an empty field: the server has a default.
func parseNumber(typed string) (*int, error) {
	if typed == "" {
		return nil, nil
	}
	n, err := strconv.ParseUint(typed, 10, 31)
	if err != nil {
		return nil, fmt.Errorf("type a whole number, not %s", typed)
	}
	whole := int(n)
	return &whole, nil
}

// joinWords shows an entrypoint as words, or as JSON if a word could be read as several.
func joinWords(words []string) string {
	plain := strings.Join(words, " ")
	if split, err := splitWords(plain); err == nil && slices.Equal(split, words) {
		return plain
	}
	quoted, err := json.Marshal(words)
	if err != nil {
		return plain
	}
	return string(quoted)
}

// splitWords reads words, or a JSON list of words as a Dockerfile has it.
func splitWords(typed string) ([]string, error) {
	if !strings.HasPrefix(typed, "[") {
		return strings.Fields(typed), nil
	}
	var words []string
	if err := json.Unmarshal([]byte(typed), &words); err != nil {
		return nil, fmt.Errorf(`entrypoint: type words, or a list like ["sh", "-c", "run me"]`)
	}
	return words, nil
}

// Question asks whether to carry out the plan of a create. connection names the organization
// and the server.
func Question(v *row.ViewState, plan model.Plan, connection string, do func() tea.Cmd) dialog.Question {
	return dialog.Question{
		Title: text.Join(
			text.Lit("Create ").As(theme.Title), text.Styled(plan.Recipe.Name, theme.Title, nil),
			text.Sprintf("  in %s", connection).As(theme.Dim)),
		Lines: mutation.PlanLines(v, plan.Snapshot, plan, false),
		Verb:  "create",
		Do:    do,
	}
}
