package query

import (
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// predicate reports whether a snapshot matches a value.
type predicate func(*model.Snapshot) bool

// env is what a predicate may depend on besides the snapshot.
type env struct {
	Context
	store   *model.Store
	regions func() []string // every region id in the store
}

// fieldValue is one parsed value of a field.
type fieldValue struct {
	from, to int // byte offsets in the text of the query
	// bind returns the predicate for one search, or nil and what was expected if
	// the value is invalid for the data.
	bind func(env) (matches predicate, expected string)
	// bindFamilies replaces bind for the fields family and newest.
	bindFamilies func([]familyRow) rowPredicate

	// Of a text field:
	word  *word     // to look for; nil for other fields
	field TextField // where to look
	whole bool      // the word must be the whole text
}

// field describes one field of the query language.
type field struct {
	name     string
	expected string                          // how a value looks, to follow "expected" in an error
	values   []string                        // for completion, may be nil
	parse    func(string) (fieldValue, bool) // parses one value, not empty
	// usesContext reports whether the meaning of a value depends on the [Context].
	usesContext bool
}

// fields is the table of fields, in the order of [Fields].
type fields []field

func allFields() fields {
	yesNo := []string{"yes", "no"}
	return fields{
		{name: "state", expected: "a state: " + strings.Join(stateValues(), ", "), values: stateValues(), parse: parseState},
		{name: "region", expected: "a region name or id", parse: parseRegion, usesContext: true},
		{name: "used", expected: "a duration like >30d, or never", values: []string{"never"}, parse: parseUsed, usesContext: true},
		{name: "ttl", expected: "a duration like <3d, or never", values: []string{"never"}, parse: parseTTL, usesContext: true},
		{name: "age", expected: "a duration like >7d", parse: parseAge, usesContext: true},
		{name: "size", expected: "a size in GB like >2.5", parse: numberParser(func(s *model.Snapshot) model.Optional[float64] { return s.Size })},
		{name: "name", expected: "part of the name, or =name", parse: textParser(Name)},
		{name: "ref", expected: "part of the ref, or =ref", parse: textParser(Ref)},
		{name: "image", expected: "part of the image, or =image", parse: textParser(Image)},
		{name: "id", expected: "part of the id, or =id", parse: textParser(ID)},
		{name: "error", expected: "part of the error", parse: textParser(ErrorReason)},
		{name: "reason", expected: "part of the reason as shown, or =reason with … for names and numbers", parse: textParser(ReasonPattern)},
		{name: "has", expected: "one of " + strings.Join(hasValues(), ", "), values: hasValues(), parse: parseHas},
		{name: "general", expected: "yes or no", values: yesNo, parse: parseGeneral},
		{name: "family", expected: "part of the name of a family, or =name", parse: parseFamily},
		{name: "newest", expected: "a place in the family like >3; 1 is the newest", parse: parseNewest},
		{name: "shared", expected: "yes or no", values: yesNo, parse: parseShared},
		{name: "cpu", expected: "a number of cores like >=2", parse: numberParser(func(s *model.Snapshot) model.Optional[float64] { return s.CPU })},
		{name: "gpu", expected: "a number of GPUs like >0", parse: numberParser(func(s *model.Snapshot) model.Optional[float64] { return s.GPU })},
		{name: "mem", expected: "a size in GiB like >=4", parse: numberParser(func(s *model.Snapshot) model.Optional[float64] { return s.Mem })},
		{name: "disk", expected: "a size in GiB like >10", parse: numberParser(func(s *model.Snapshot) model.Optional[float64] { return s.Disk })},
	}
}

// named returns the field with that name, ignoring case, or nil.
func (fs fields) named(name string) *field {
	i := slices.IndexFunc(fs, func(f field) bool { return strings.EqualFold(f.name, name) })
	if i < 0 {
		return nil
	}
	return &fs[i]
}

// Fields returns the names of all fields, the most useful first.
func Fields() []string {
	all := allFields()
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.name
	}
	return names
}

// snapshotOnly returns a value that depends on nothing but the snapshot.
func snapshotOnly(matches predicate) fieldValue {
	return fieldValue{bind: func(env) (predicate, string) { return matches, "" }}
}
