package query

import (
	"slices"
	"strings"
)

// nearestField returns the field that was probably meant by a name that is none:
// the one that starts with it, else the one that differs in one letter. It returns
// "" where there is no such field, or several.
func nearestField(name string) string {
	name = strings.ToLower(name)
	if len(name) < 2 {
		return ""
	}
	for _, near := range []func(field string) bool{
		func(field string) bool { return strings.HasPrefix(field, name) },
		func(field string) bool { return oneEdit(field, name) },
	} {
		found := slices.DeleteFunc(Fields(), func(field string) bool { return !near(field) })
		if len(found) == 1 {
			return found[0]
		}
	}
	return ""
}

// oneEdit reports whether a becomes b by one letter more, less or changed, or by
// two neighbours swapped.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 3 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false // the same
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swapped || a[i+1:] == b[i+1:]
}
