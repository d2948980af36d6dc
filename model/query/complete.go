package query

import "strings"

// Complete returns what a text can be completed to at its end: the whole text
// each time, the likeliest first. It completes names of fields, and values where
// a field has a fixed set of them.
func Complete(text string, c Context) []string {
	start := strings.LastIndexAny(text, " \t") + 1
	before, last := text[:start], text[start:]
	if rest, ok := strings.CutPrefix(last, "-"); ok {
		before, last = before+"-", rest
	}
	name, value, isField := strings.Cut(last, ":")
	var all []string
	if !isField {
		for _, f := range Fields() {
			if strings.HasPrefix(f, strings.ToLower(name)) && name != "" {
				all = append(all, before+f+":")
			}
		}
		return all
	}
	f := fieldNamed(name)
	if f == nil {
		return nil
	}
	done := strings.LastIndexByte(value, ',') + 1
	values := f.values
	if f.name == "region" {
		values = (scope{Context: c}).regionNames()
	}
	for _, v := range values {
		if strings.HasPrefix(fold(v), fold(value[done:])) && len(v) > len(value[done:]) {
			all = append(all, before+f.name+":"+value[:done]+v)
		}
	}
	return all
}
