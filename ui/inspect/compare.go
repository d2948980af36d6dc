package inspect

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// compareLabelWidth is the width of the names of properties: those of the API are longer than
// the labels of the overview.
const compareLabelWidth = 21

// Comparison is two snapshots to compare. The older one is the first.
type Comparison struct {
	First, Second *model.Snapshot
	Saved         time.Time // when the recipe of the first was saved; zero for a listed one
}

// NewComparison compares two listed snapshots.
func NewComparison(x, y *model.Snapshot) Comparison {
	if y.CreatedAt.Time().Before(x.CreatedAt.Time()) {
		x, y = y, x
	}
	return Comparison{First: x, Second: y}
}

// Update replaces the listed snapshots by their current versions, and reports whether one has
// changed. One that was deleted stays as it was last listed.
func (c *Comparison) Update(store *model.Store) (changed bool) {
	sides := []**model.Snapshot{&c.Second, &c.First}
	if !c.Saved.IsZero() {
		sides = sides[:1]
	}
	for _, side := range sides {
		if current, ok := store.Get((*side).ID); ok && current != *side {
			*side, changed = current, true
		}
	}
	return changed
}

// lines returns how the second snapshot differs from the first: the properties that differ, by
// their name in the API, then a diff of the Dockerfiles.
func (c *Comparison) lines(v *row.ViewState) []text.Line {
	first, second := c.First, c.Second
	before, after := properties(first), properties(second)
	names := slices.Sorted(maps.Keys(before))
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, compareNames)
	lines := []text.Line{
		comparedLine(text.Lit("- "), theme.Failed, first, c.saved(v.Now)),
		comparedLine(text.Lit("+ "), theme.Active, second, nil),
		nil,
	}
	var different []text.Line
	n, same := 0, []string(nil)
	for _, name := range names {
		x, inFirst := before[name]
		y, inSecond := after[name]
		if inFirst == inSecond && reflect.DeepEqual(x, y) {
			same = append(same, name)
			continue
		}
		n++
		different = append(different,
			propertyLine(text.Cell(name), text.Lit("- ").As(theme.Failed), propertyValue(v, name, x, inFirst)),
			propertyLine(text.Safe{}, text.Lit("+ ").As(theme.Active), propertyValue(v, name, y, inSecond)))
	}
	lines = append(lines, text.Sprintf("DIFFERENT  %s", format.Count(n, "property", "properties")).As(theme.Dim))
	lines = append(lines, different...)
	lines = append(lines, nil, text.Sprintf("SAME  %s", format.Count(len(same), "property", "properties")).As(theme.Dim))
	if len(same) > 0 {
		lines = append(lines, text.Styled(strings.Join(same, ", "), theme.Dim, nil))
	}
	lines = append(lines, nil, text.Lit("DOCKERFILE").As(theme.Dim))
	return append(lines, compareDockerfiles(first, second)...)
}

// saved says when the recipe of the first was saved, nil if that is listed.
func (c *Comparison) saved(now time.Time) text.Line {
	if c.Saved.IsZero() {
		return nil
	}
	return text.Sprintf("saved recipe of %s, %s", format.Timestamp(c.Saved), format.Relative(c.Saved, now)).As(theme.Dim)
}

// comparedLine names a snapshot, with its state unless that is another text.
func comparedLine(mark text.Safe, role theme.Role, s *model.Snapshot, state text.Line) text.Line {
	if state == nil {
		state = row.StateLine(s.State)
	}
	return text.Join(mark.As(role), text.Styled(s.Name, theme.Title, nil), text.Sprintf("  %s", s.ShortID()).As(theme.Dim),
		text.Lit("  ").As(theme.Dim), state)
}

func propertyLine(name text.Safe, mark, value text.Line) text.Line {
	return text.Join(name.As(theme.Dim).Fit(compareLabelWidth), mark, value)
}

// properties returns the properties in the JSON of a snapshot, without the id. Those of the
// build are named "build.…", without the Dockerfile. The order of the regions means nothing, so
// they are sorted.
func properties(s *model.Snapshot) map[string]any {
	all := make(map[string]any)
	if json.Unmarshal([]byte(s.Raw.String()), &all) != nil {
		return nil
	}
	delete(all, "id")
	if regions, ok := all["regionIds"].([]any); ok {
		slices.SortFunc(regions, func(x, y any) int { return strings.Compare(jsonText(x), jsonText(y)) })
	}
	if build, ok := all["buildInfo"].(map[string]any); ok {
		delete(all, "buildInfo")
		for name, value := range build {
			if name != "dockerfileContent" {
				all["build."+name] = value
			}
		}
	}
	return all
}

// compareNames orders properties: first what a recipe needs, then the others by name.
func compareNames(x, y string) int {
	first := []string{"name", "state", "imageName", "ref", "entrypoint", "cpu", "mem", "disk", "gpu", "gpuType", "sandboxClass", "regionIds", "size", "errorReason"}
	rank := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	if d := rank(x) - rank(y); d != 0 {
		return d
	}
	return strings.Compare(x, y)
}

// propertyValue returns the value of a property. Regions have their names.
func propertyValue(v *row.ViewState, name string, value any, sent bool) text.Line {
	switch {
	case !sent:
		return missing(model.Absent)
	case value == nil:
		return missing(model.Null)
	}
	if s, ok := value.(string); ok {
		return plainText(s)
	}
	ids, ok := value.([]any)
	if !ok || name != "regionIds" {
		return text.Styled(jsonText(value), theme.Text, nil)
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = jsonText(id)
		if s, ok := id.(string); ok {
			region, _ := v.Region(s)
			names[i] = region.Name
		}
	}
	if len(names) == 0 {
		return text.Lit("none").As(theme.Dim)
	}
	return text.Styled(strings.Join(names, ", "), theme.Text, nil)
}

// jsonText returns a decoded value as JSON.
func jsonText(value any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func compareDockerfiles(first, second *model.Snapshot) []text.Line {
	before, hasFirst := first.Dockerfile()
	after, hasSecond := second.Dockerfile()
	switch {
	case !hasFirst && !hasSecond:
		return []text.Line{text.Lit("neither has a Dockerfile").As(theme.Dim)}
	case !hasSecond:
		return []text.Line{text.Sprintf("only %s has one, with %s", first.Name, format.Plural(strings.Count(before, "\n"), "line")).As(theme.Dim)}
	case !hasFirst:
		return []text.Line{text.Sprintf("only %s has one, with %s", second.Name, format.Plural(strings.Count(after, "\n"), "line")).As(theme.Dim)}
	case before == after:
		return []text.Line{text.Lit("the same in both").As(theme.Dim)}
	}
	return diff(before, after)
}
