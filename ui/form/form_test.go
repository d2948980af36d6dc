package form

import (
	"image"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/uitest"
)

// image returns the recipe of an image in a region.
func imageRecipe() model.Recipe {
	return model.Recipe{
		Name: "team/python:3.12", ImageName: "python:3.12", Entrypoint: []string{"sh", "-c", "run me"},
		CPU: new(2), Memory: new(4), RegionID: "r-1", SandboxClass: "container",
	}
}

func regions() []model.Region {
	return []model.Region{{ID: "r-1", Name: "eu"}, {ID: "r-2", Name: "us"}}
}

func open(recipe model.Recipe) *Form {
	return New("source", recipe, regions(), func(r model.Recipe) []model.Refusal {
		if r.Name == "taken" {
			return []model.Refusal{{Reason: model.ReasonNameTaken, Text: "another snapshot has the name taken"}}
		}
		return nil
	})
}

// set replaces the text of a field.
func (f *Form) set(field int, value string) {
	f.fields[field].SetValue(value)
	f.Typed()
}

func TestAnUntouchedFormGivesTheSameRecipe(t *testing.T) {
	t.Parallel()
	file := model.Recipe{
		Name: "agents", CPU: new(1), GPU: new(1), GPUType: []string{"H100"}, RegionID: "r-2",
		BuildInfo: &model.RecipeBuild{DockerfileContent: "FROM a:1\n", ContextHashes: []string{"abc"}},
	}
	for _, want := range []model.Recipe{imageRecipe(), file} {
		got, err := open(want).Recipe()
		if err != nil || !sameRecipe(got, want) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func sameRecipe(x, y model.Recipe) bool {
	number := func(n *int) int {
		if n == nil {
			return -1
		}
		return *n
	}
	if (x.BuildInfo == nil) != (y.BuildInfo == nil) {
		return false
	}
	built := x.BuildInfo == nil || x.BuildInfo.DockerfileContent == y.BuildInfo.DockerfileContent && slices.Equal(x.BuildInfo.ContextHashes, y.BuildInfo.ContextHashes)
	return built && x.Name == y.Name && x.ImageName == y.ImageName && slices.Equal(x.Entrypoint, y.Entrypoint) && slices.Equal(x.GPUType, y.GPUType) &&
		number(x.CPU) == number(y.CPU) && number(x.Memory) == number(y.Memory) && number(x.Disk) == number(y.Disk) && number(x.GPU) == number(y.GPU) &&
		x.RegionID == y.RegionID && x.SandboxClass == y.SandboxClass
}

func TestProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*Form)
		want   string
	}{
		"nothing":               {func(*Form) {}, ""},
		"no name":               {func(f *Form) { f.set(fieldName, " ") }, "name: type a name"},
		"refused by the rules":  {func(f *Form) { f.set(fieldName, "taken") }, "another snapshot has the name taken"},
		"no number":             {func(f *Form) { f.set(fieldCPU, "two") }, "CPU: type a whole number, not two"},
		"a fraction":            {func(f *Form) { f.set(fieldDisk, "1.5") }, "disk: type a whole number, not 1.5"},
		"a negative number":     {func(f *Form) { f.set(fieldMemory, "-1") }, "memory: type a whole number, not -1"},
		"a number too large":    {func(f *Form) { f.set(fieldGPU, "4294967296") }, "GPU: type a whole number, not 4294967296"},
		"another region":        {func(f *Form) { f.set(fieldRegion, "us") }, ""},
		"the id of a region":    {func(f *Form) { f.set(fieldRegion, "r-2") }, ""},
		"the default region":    {func(f *Form) { f.set(fieldRegion, "") }, ""},
		"no such region":        {func(f *Form) { f.set(fieldRegion, "moon") }, "region: the organization has no region moon, only eu, us"},
		"no source":             {func(f *Form) { f.set(fieldImage, "") }, "image: type an image, or write a Dockerfile"},
		"two sources":           {func(f *Form) { f.SetDockerfile("FROM a:1") }, "image and Dockerfile: clear one of them"},
		"a broken list":         {func(f *Form) { f.set(fieldEntrypoint, `["sh"`) }, `entrypoint: type words, or a list like ["sh", "-c", "run me"]`},
		"a list of other types": {func(f *Form) { f.set(fieldEntrypoint, `[1]`) }, `entrypoint: type words, or a list like ["sh", "-c", "run me"]`},
		"an entrypoint with a Dockerfile": {func(f *Form) {
			f.set(fieldImage, "")
			f.SetDockerfile("FROM a:1")
		}, "entrypoint: clear it, a Dockerfile has its own"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := open(imageRecipe())
			tt.change(f)
			if got := f.Refuse(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEntrypoint(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"":                    nil,
		"sleep infinity":      {"sleep", "infinity"},
		"  sleep   infinity ": {"sleep", "infinity"},
		`["sh", "-c", "a b"]`: {"sh", "-c", "a b"},
	} {
		f := open(imageRecipe())
		f.set(fieldEntrypoint, typed)
		if got, err := f.Recipe(); err != nil || !slices.Equal(got.Entrypoint, want) {
			t.Errorf("%q is %q, %v, want %q", typed, got.Entrypoint, err, want)
		}
	}
	for _, words := range [][]string{nil, {"a"}, {"a b"}, {"["}, {""}, {"sh", "-c", "x  y"}, {"\t"}} {
		if got, err := splitWords(joinWords(words)); err != nil || !slices.Equal(got, words) {
			t.Errorf("%q is shown as %q and read as %q, %v", words, joinWords(words), got, err)
		}
	}
}

func TestStepVisitsEachFieldAndTheButton(t *testing.T) {
	t.Parallel()
	f := open(imageRecipe())
	for i := range fieldCount {
		if f.Input() != &f.fields[i] || !f.Input().Focused() {
			t.Fatalf("after %d steps the cursor is on %d", i, f.at)
		}
		f.Step(1)
	}
	if !f.OnButton() || f.Input() != nil {
		t.Fatalf("the cursor is on %d instead of the button", f.at)
	}
	f.Step(1)
	f.Step(-1)
	if !f.OnButton() {
		t.Fatal("one step back from the name is not the button")
	}
}

func TestTheCursorIsInSight(t *testing.T) {
	t.Parallel()
	f := open(imageRecipe())
	f.fields[fieldName].SetValue(strings.Repeat("x", 300) + "END")
	for _, size := range []image.Point{{40, 10}, {80, 24}, {120, 36}} {
		for range stops {
			frame := uitest.Dialog(f, size)
			if f.OnButton() {
				if !strings.Contains(frame, "[ create … ]") {
					t.Errorf("%v: no button in\n%s", size, frame)
				}
			} else if !strings.Contains(frame, "█") {
				t.Errorf("%v: no cursor on %s in\n%s", size, labels[f.at], frame)
			}
			f.Step(1)
		}
	}
	f.fields[fieldName].CursorStart()
	for range 40 {
		f.fields[fieldName], _ = f.fields[fieldName].Update(tea.KeyMsg{Type: tea.KeyRight})
	}
	if frame := uitest.Dialog(f, image.Pt(80, 24)); !strings.Contains(frame, "█") {
		t.Errorf("no cursor in the middle of a long name in\n%s", frame)
	}
}

func TestTheFormSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := open(imageRecipe())
	f.set(fieldCPU, "two")
	for _, size := range []image.Point{{40, 10}, {80, 24}} {
		if frame := uitest.Dialog(f, size); !strings.Contains(frame, "CPU: type a whole number") {
			t.Errorf("%v:\n%s", size, frame)
		}
	}
}

func TestForeignTextIsNotObeyed(t *testing.T) {
	t.Parallel()
	f := New("a\x1b[31m", model.Recipe{Name: "b\x1b]0;x\x07", RegionID: "\x1b[2J"}, nil, func(model.Recipe) []model.Refusal {
		return []model.Refusal{{Text: "\x1b[5m"}}
	})
	if frame := uitest.Dialog(f, image.Pt(80, 24)); strings.ContainsAny(frame, "\x1b\x07") {
		t.Errorf("%q", frame)
	}
}
