package query

import (
	"slices"
	"strings"
)

// Complete returns the texts that the last word of text can be completed to, each
// with all of text before it. It completes the names of fields, in the order of
// [Fields], and the values of fields with a fixed set of them, regions and families of
// the context included.
func Complete(text string, c Context) []string {
	whole := token{text: text, to: len(text)}
	terms := whole.split(isSpace)
	if len(terms) == 0 || terms[len(terms)-1].to < len(text) {
		return nil // no word to complete
	}
	last := terms[len(terms)-1]
	if rest, ok := strings.CutPrefix(last.text, "-"); ok {
		last = last.dropFirst(len(last.text) - len(rest))
	}
	name, _, isField := strings.Cut(last.text, ":")
	if !isField {
		return completions(text[:last.from], last.text, Fields(), ":")
	}
	f := allFields().named(name)
	if f == nil {
		return nil
	}
	values := f.values
	switch f.name {
	case "region":
		values = c.regionNames()
	case "family":
		values = c.FamilyNames
	}
	prefix := last.dropFirst(max(len(name)+1, strings.LastIndexByte(last.text, ',')+1))
	listed := strings.Split(last.text[len(name)+1:], ",")
	values = slices.DeleteFunc(slices.Clone(values), func(value string) bool { return slices.Contains(listed, value) })
	return completions(text[:prefix.from], prefix.text, values, "")
}

// completions returns the words that start with the prefix, each between before and
// after.
func completions(before, prefix string, words []string, after string) []string {
	var all []string
	for _, word := range words {
		if !strings.HasPrefix(fold(word), fold(prefix)) {
			continue
		}
		if strings.ContainsAny(word, " ,") {
			word = `"` + word + `"`
		}
		all = append(all, before+word+after)
	}
	return all
}
