package query

import (
	"slices"
	"strings"
)

// suggest returns the field that an unknown name probably means: the only one that
// starts with it, else the only one that is one edit away, else nil.
func (fs fields) suggest(name string) *field {
	name = strings.ToLower(name)
	if len(name) < 2 {
		return nil
	}
	for _, similar := range []func(field) bool{
		func(f field) bool { return strings.HasPrefix(f.name, name) },
		func(f field) bool { return isOneEdit(f.name, name) },
	} {
		first := slices.IndexFunc(fs, similar)
		if first >= 0 && !slices.ContainsFunc(fs[first+1:], similar) {
			return &fs[first]
		}
	}
	return nil
}

// isOneEdit reports whether a becomes b by inserting, deleting or replacing one
// byte, or by swapping two neighbours.
func isOneEdit(a, b string) bool {
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
		return false // equal
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swapped || a[i+1:] == b[i+1:]
}
