package query

import (
	"slices"
	"strings"
)

// Complete returns what a text can be completed to at its end: the whole text
// each time, in the order of [Fields] and of their values. It completes names of
// fields, and the values of fields that have a fixed set of them, regions of the
// context included.
func Complete(text string, c Context) []string {
	last := piece{text: text, to: len(text)}
	terms := last.split(isSpace)
	if len(terms) == 0 || terms[len(terms)-1].to < len(text) {
		return nil // nothing is begun
	}
	last = terms[len(terms)-1]
	if rest, ok := strings.CutPrefix(last.text, "-"); ok {
		last = last.after(len(last.text) - len(rest))
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
	if f.name == "region" {
		values = c.regionNames()
	}
	begun := last.after(max(len(name)+1, strings.LastIndexByte(last.text, ',')+1))
	listed := strings.Split(last.text[len(name)+1:], ",")
	values = slices.DeleteFunc(slices.Clone(values), func(value string) bool { return slices.Contains(listed, value) })
	return completions(text[:begun.from], begun.text, values, "")
}

// completions are the words that go on where one was begun, each with what was
// before it.
func completions(before, begun string, words []string, after string) []string {
	var all []string
	for _, word := range words {
		if !strings.HasPrefix(fold(word), fold(begun)) {
			continue
		}
		if strings.ContainsAny(word, " ,") {
			word = `"` + word + `"`
		}
		all = append(all, before+word+after)
	}
	return all
}
