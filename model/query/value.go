package query

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"daytona/snapdeck/model"
)

// operator is one of < <= > >= =, or "" for none.
type operator string

// cutOperator cuts the operator off the start of a value.
func cutOperator(value string) (operator, string) {
	for _, op := range []operator{"<=", ">=", "<", ">", "="} {
		if rest, ok := strings.CutPrefix(value, string(op)); ok {
			return op, strings.TrimSpace(rest)
		}
	}
	return "", value
}

// compare reports whether "a op b" is true. No operator means equal.
func compare[T ~int64 | ~float64](a T, op operator, b T) bool {
	switch op {
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

// numberParser returns the parser of a number field. A unit may follow: 4, 4GB and
// 4GiB are the same. A property that is absent or null matches nothing, not even 0.
func numberParser(property func(*model.Snapshot) model.Optional[float64]) func(string) (fieldValue, bool) {
	return func(value string) (fieldValue, bool) {
		op, rest := cutOperator(value)
		digits := strings.TrimRight(strings.ToLower(rest), "gib ")
		want, err := strconv.ParseFloat(digits, 64)
		if err != nil || strings.Trim(digits, "0123456789.") != "" {
			return fieldValue{}, false
		}
		return snapshotOnly(func(s *model.Snapshot) bool {
			got, ok := property(s).Get()
			return ok && compare(got, op, want)
		}), true
	}
}

// textParser returns the parser of a text field. It matches a part of the text, or
// the whole text if the value starts with "=".
func textParser(field TextField) func(string) (fieldValue, bool) {
	return func(value string) (fieldValue, bool) {
		rest, whole := strings.CutPrefix(value, "=")
		w := newWord(rest, true)
		if w.text == "" {
			return fieldValue{}, false
		}
		matches := w.isIn
		if whole {
			matches = w.equals
		}
		v := snapshotOnly(func(s *model.Snapshot) bool {
			return matches(field.text(s)) || // a whole pattern must find only its group of failures
				field == ReasonPattern && !whole && s.ErrorReason.Value != "" && w.isIn(model.ShortReason(s.ErrorReason.Value))
		})
		v.word, v.field, v.whole = &w, field, whole
		return v, true
	}
}

// stateValues returns the groups of states, then the states as [model.States] does.
func stateValues() []string {
	values := []string{"failed", "busy"}
	for _, s := range model.States() {
		values = append(values, string(s))
	}
	return values
}

// parseState parses a state, one of the groups failed and busy, or a prefix of one,
// so that the filter works while the user types. "build failed" is build_failed.
func parseState(value string) (fieldValue, bool) {
	value = strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(value))
	values := withPrefix(stateValues(), value)
	matches := func(s *model.Snapshot) bool {
		for _, v := range values {
			switch {
			case v == "failed" && s.State.Failed(),
				v == "busy" && s.State.InTransition(),
				v == string(s.State):
				return true
			}
		}
		return false
	}
	return fieldValue{bind: func(e env) (predicate, string) {
		if len(values) > 0 {
			// A snapshot that the last poll did not list is in no state, as in the counts.
			return func(s *model.Snapshot) bool { return matches(s) && !e.store.Missing(s.ID) }, ""
		}
		// Newer servers may have states that this program does not know.
		for _, state := range e.store.UnknownStates() {
			if strings.EqualFold(string(state), value) {
				return func(s *model.Snapshot) bool { return s.State == state }, ""
			}
		}
		return nil, "a state: " + strings.Join(stateValues(), ", ")
	}}, true
}

// withPrefix returns the value itself if it is one of all, else those of all that
// start with it.
func withPrefix(all []string, value string) []string {
	if slices.Contains(all, value) {
		return []string{value}
	}
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !strings.HasPrefix(s, value) })
}

// parseRegion parses the name or the id of a region, or a prefix of one.
func parseRegion(value string) (fieldValue, bool) {
	return fieldValue{bind: func(e env) (predicate, string) {
		ids := e.matchRegions(value)
		if len(ids) == 0 {
			return nil, "a region: " + strings.Join(e.regionNames(), ", ")
		}
		return func(s *model.Snapshot) bool { return slices.ContainsFunc(ids, s.InRegion) }, ""
	}}, true
}

// matchRegions returns the ids of the regions whose id or name is the value, or else
// starts with it.
func (e env) matchRegions(value string) []string {
	value = fold(value)
	var exact, prefixed []string
	add := func(id, name string) {
		name = fold(name)
		if name == value {
			exact = append(exact, id)
		}
		if strings.HasPrefix(name, value) {
			prefixed = append(prefixed, id)
		}
	}
	for _, r := range e.Regions {
		add(r.ID, r.Name)
		add(r.ID, r.ID)
	}
	for _, id := range e.regions() {
		add(id, id)
	}
	if len(exact) > 0 {
		return exact
	}
	return prefixed
}

// regionNames returns the names of the known regions, or else the ids in the store.
func (e env) regionNames() []string {
	if len(e.Regions) == 0 {
		return e.regions()
	}
	return e.Context.regionNames()
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

func parseGeneral(value string) (fieldValue, bool) {
	want, ok := parseBool(value)
	return snapshotOnly(func(s *model.Snapshot) bool { return s.General == want }), ok
}

func parseShared(value string) (fieldValue, bool) {
	want, ok := parseBool(value)
	return fieldValue{bind: func(e env) (predicate, string) {
		return func(s *model.Snapshot) bool { return e.store.HasSameRef(s) == want }, ""
	}}, ok
}

// hasValues returns the values of the field has: properties that a snapshot may lack.
func hasValues() []string {
	return []string{"dockerfile", "image", "entrypoint", "error", "ref", "size", "version"}
}

func parseHas(value string) (fieldValue, bool) {
	names := withPrefix(hasValues(), strings.ToLower(value))
	if len(names) != 1 {
		return fieldValue{}, false
	}
	if names[0] == "version" {
		return fieldValue{bind: hasVersion}, true
	}
	predicates := map[string]predicate{
		"dockerfile": func(s *model.Snapshot) bool { text, ok := s.Dockerfile(); return ok && text != "" },
		"image":      func(s *model.Snapshot) bool { return s.ImageName.Value != "" },
		"entrypoint": func(s *model.Snapshot) bool { return len(s.Entrypoint.Value) > 0 },
		"error":      func(s *model.Snapshot) bool { return s.ErrorReason.Value != "" },
		"ref":        func(s *model.Snapshot) bool { return s.Ref.Value != "" },
		"size":       func(s *model.Snapshot) bool { return s.Size.Presence == model.Present },
	}
	return snapshotOnly(predicates[names[0]]), true
}
