package query

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"daytona/snapdeck/model"
)

// comparison is one of < <= > >= =, or "" where none was written.
type comparison string

// cutComparison takes the comparison off the front of a value.
func cutComparison(value string) (comparison, string) {
	for _, c := range []comparison{"<=", ">=", "<", ">", "="} {
		if rest, ok := strings.CutPrefix(value, string(c)); ok {
			return c, strings.TrimSpace(rest)
		}
	}
	return "", value
}

// holds reports whether a compares with b as asked; unwritten stands for the
// comparison that a value without one means.
func holds[T ~int64 | ~float64](a T, c comparison, b T) bool {
	switch c {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	default:
		return a == b
	}
}

// number makes the parser of a field that holds a number. A unit may follow:
// 4, 4GB and 4GiB are the same. What is absent or null satisfies no comparison,
// not even one with 0.
func number(of func(*model.Snapshot) model.Optional[float64]) func(string) (alternative, bool) {
	return func(value string) (alternative, bool) {
		c, rest := cutComparison(value)
		digits := strings.TrimRight(strings.ToLower(rest), "gib ")
		want, err := strconv.ParseFloat(digits, 64)
		if err != nil || strings.Trim(digits, "0123456789.") != "" {
			return alternative{}, false
		}
		return always(func(s *model.Snapshot) bool {
			got, ok := of(s).Get()
			return ok && holds(got, c, want)
		}), true
	}
}

// text makes the parser of a field that holds text: a part of it, or all of it
// where the value starts with "=".
func text(of Field) func(string) (alternative, bool) {
	return func(value string) (alternative, bool) {
		rest, whole := strings.CutPrefix(value, "=")
		w := newWord(rest, true)
		if w.text == "" {
			return alternative{}, false
		}
		a := always(func(s *model.Snapshot) bool {
			if whole {
				return w.equals(of.of(s))
			}
			return w.within(of.of(s))
		})
		a.word, a.of, a.whole = &w, of, whole
		return a, true
	}
}

// stateValues are the groups and the states, in the order in which people look
// at them.
func stateValues() []string {
	values := []string{"failed", "busy"}
	for _, s := range model.States() {
		values = append(values, string(s))
	}
	return values
}

// parseState takes a state, the group failed or busy, or the start of one, so
// that a value works while it is typed. "build failed" is build_failed.
func parseState(value string) (alternative, bool) {
	value = strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(value))
	known := starting(stateValues(), value)
	is := func(s *model.Snapshot) bool {
		for _, k := range known {
			switch {
			case k == "failed" && s.State.Failed(),
				k == "busy" && s.State.InTransition(),
				k == string(s.State):
				return true
			}
		}
		return false
	}
	return alternative{bind: func(sc scope) (test, string) {
		if len(known) > 0 {
			return is, ""
		}
		// Newer servers have states that this program does not know.
		for _, u := range sc.store.UnknownStates() {
			if strings.EqualFold(string(u), value) {
				return func(s *model.Snapshot) bool { return s.State == u }, ""
			}
		}
		return nil, "a state: " + strings.Join(stateValues(), ", ")
	}}, true
}

// starting returns the value itself where it is one of all, else those that
// start with it.
func starting(all []string, value string) []string {
	if slices.Contains(all, value) {
		return []string{value}
	}
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !strings.HasPrefix(s, value) })
}

// parseRegion takes the name or the id of a region, or the start of one.
func parseRegion(value string) (alternative, bool) {
	return alternative{bind: func(sc scope) (test, string) {
		ids := sc.regionsLike(value)
		if len(ids) == 0 {
			return nil, "a region: " + strings.Join(sc.regionNames(), ", ")
		}
		return func(s *model.Snapshot) bool { return slices.ContainsFunc(ids, s.InRegion) }, ""
	}}, true
}

// regionsLike returns the ids of the regions that the value names: by id or by
// name, whole if there is one, else those that start with it.
func (sc scope) regionsLike(value string) []string {
	value = fold(value)
	var whole, start []string
	see := func(id, name string) {
		name = fold(name)
		if name == value {
			whole = append(whole, id)
		}
		if strings.HasPrefix(name, value) {
			start = append(start, id)
		}
	}
	for _, r := range sc.Regions {
		see(r.ID, r.Name)
		see(r.ID, r.ID)
	}
	for _, id := range sc.regions() {
		see(id, id)
	}
	if len(whole) > 0 {
		return whole
	}
	return start
}

// regionNames are the names of the regions, or the ids that occur where none is
// known.
func (sc scope) regionNames() []string {
	if len(sc.Regions) == 0 {
		return sc.regions()
	}
	return sc.Context.regionNames()
}

func (c Context) regionNames() []string {
	names := make([]string, len(c.Regions))
	for i, r := range c.Regions {
		names[i] = cmp.Or(r.Name, r.ID)
	}
	return names
}

func parseBool(value string) (b, ok bool) {
	switch strings.ToLower(value) {
	case "yes", "y", "true":
		return true, true
	case "no", "n", "false":
		return false, true
	default:
		return false, false
	}
}

func parseGeneral(value string) (alternative, bool) {
	want, ok := parseBool(value)
	return always(func(s *model.Snapshot) bool { return s.General == want }), ok
}

func parseShared(value string) (alternative, bool) {
	want, ok := parseBool(value)
	return alternative{bind: func(sc scope) (test, string) {
		return func(s *model.Snapshot) bool { return sc.store.HasSameRef(s) == want }, ""
	}}, ok
}

// hasValues are the properties that a snapshot may lack.
func hasValues() []string {
	return []string{"dockerfile", "image", "entrypoint", "error", "ref", "size"}
}

func parseHas(value string) (alternative, bool) {
	names := starting(hasValues(), strings.ToLower(value))
	if len(names) != 1 {
		return alternative{}, false
	}
	tests := map[string]test{
		"dockerfile": func(s *model.Snapshot) bool { text, ok := s.Dockerfile(); return ok && text != "" },
		"image":      func(s *model.Snapshot) bool { return s.ImageName.Value != "" },
		"entrypoint": func(s *model.Snapshot) bool { return len(s.Entrypoint.Value) > 0 },
		"error":      func(s *model.Snapshot) bool { return s.ErrorReason.Value != "" },
		"ref":        func(s *model.Snapshot) bool { return s.Ref.Value != "" },
		"size":       func(s *model.Snapshot) bool { return s.Size.Presence == model.Present },
	}
	return always(tests[names[0]]), true
}
