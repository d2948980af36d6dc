package query

import (
	"slices"
	"strings"
)

// nearest returns the field that was probably meant by a name that is none: the
// one that starts with it, else the one that differs in one letter. It returns nil
// where there is no such field, or several.
func (fs fields) nearest(name string) *field {
	name = strings.ToLower(name)
	if len(name) < 2 {
		return nil
	}
	for _, near := range []func(field) bool{
		func(f field) bool { return strings.HasPrefix(f.name, name) },
		func(f field) bool { return oneEdit(f.name, name) },
	} {
		first := slices.IndexFunc(fs, near)
		if first >= 0 && !slices.ContainsFunc(fs[first+1:], near) {
			return &fs[first]
		}
	}
	return nil
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
