package query

import "strings"

// nearestField returns the field that was probably meant by a name that is none:
// the one that starts with it, or that differs in one letter. It returns "" where
// there is no such field, or several.
func nearestField(name string) string {
	name = strings.ToLower(name)
	if len(name) < 2 {
		return ""
	}
	var near []string
	for _, f := range Fields() {
		if strings.HasPrefix(f, name) || oneEdit(f, name) {
			near = append(near, f)
		}
	}
	if len(near) != 1 {
		return ""
	}
	return near[0]
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
