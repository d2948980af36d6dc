package query

import (
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// test tells whether a snapshot satisfies a condition.
type test func(*model.Snapshot) bool

// scope is what a condition may need beside the snapshot.
type scope struct {
	Context
	store   *model.Store
	regions func() []string // every region id that occurs in the store
}

// alternative is one value of a field, understood.
type alternative struct {
	from, to int // byte offsets in the text of the query
	// bind makes the test for one search. It answers nil and what was expected
	// where the data shows that the value means nothing.
	bind func(scope) (t test, want string)
	// Of a field that holds text:
	word  *word // what it looks for, else nil
	of    Field // in which text
	whole bool  // as the whole text
}

// field is a row of the table of fields.
type field struct {
	name     string
	expected string                           // what a value looks like, for a human
	values   []string                         // values that can be completed, may be nil
	parse    func(string) (alternative, bool) // of one value, not empty
	// contextual: the same value can mean something else in another [Context].
	contextual bool
}

// fields is the table of fields, in the order in which they are offered.
type fields []field

func allFields() fields {
	yesNo := []string{"yes", "no"}
	return fields{
		{name: "state", expected: "a state: " + strings.Join(stateValues(), ", "), values: stateValues(), parse: parseState},
		{name: "region", expected: "a region name or id", parse: parseRegion, contextual: true},
		{name: "used", expected: "a duration like >30d, or never", values: []string{"never"}, parse: parseUsed, contextual: true},
		{name: "ttl", expected: "a duration like <3d, or never", values: []string{"never"}, parse: parseTTL, contextual: true},
		{name: "age", expected: "a duration like >7d", parse: parseAge, contextual: true},
		{name: "size", expected: "a size in GB like >2.5", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.Size })},
		{name: "name", expected: "part of the name, or =name", parse: text(Name)},
		{name: "ref", expected: "part of the ref, or =ref", parse: text(Ref)},
		{name: "image", expected: "part of the image, or =image", parse: text(Image)},
		{name: "id", expected: "part of the id, or =id", parse: text(ID)},
		{name: "error", expected: "part of the error", parse: text(ErrorReason)},
		{name: "has", expected: "one of " + strings.Join(hasValues(), ", "), values: hasValues(), parse: parseHas},
		{name: "general", expected: "yes or no", values: yesNo, parse: parseGeneral},
		{name: "shared", expected: "yes or no", values: yesNo, parse: parseShared},
		{name: "cpu", expected: "a number of cores like >=2", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.CPU })},
		{name: "gpu", expected: "a number of GPUs like >0", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.GPU })},
		{name: "mem", expected: "a size in GiB like >=4", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.Mem })},
		{name: "disk", expected: "a size in GiB like >10", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.Disk })},
	}
}

// named finds a field without regard to case, nil where there is none.
func (fs fields) named(name string) *field {
	i := slices.IndexFunc(fs, func(f field) bool { return strings.EqualFold(f.name, name) })
	if i < 0 {
		return nil
	}
	return &fs[i]
}

// Fields returns the names of all fields in the order in which a human is
// offered them.
func Fields() []string {
	all := allFields()
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.name
	}
	return names
}

// always is an alternative that needs no scope.
func always(t test) alternative {
	return alternative{bind: func(scope) (test, string) { return t, "" }}
}
