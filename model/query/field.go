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
	name   string
	want   string                           // what a value looks like, for a human
	values []string                         // values that can be completed, may be nil
	parse  func(string) (alternative, bool) // of one value, not empty
	// contextual: the same value can mean something else in another [Context].
	contextual bool
}

// fields is the table of fields, in the order in which they are offered.
type fields []field

func allFields() fields {
	yesNo := []string{"yes", "no"}
	return fields{
		{name: "state", want: "a state: " + strings.Join(stateValues(), ", "), values: stateValues(), parse: parseState},
		{name: "region", want: "a region, by name or id", parse: parseRegion, contextual: true},
		{name: "used", want: "a time since the last use like >30d, or never", values: []string{"never"}, parse: parseUsed, contextual: true},
		{name: "sleeps", want: "a time until it sleeps like <3d, or never", values: []string{"never"}, parse: parseSleeps, contextual: true},
		{name: "age", want: "an age like >7d", parse: parseAge, contextual: true},
		{name: "size", want: "GB like >2.5", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.Size })},
		{name: "name", want: "a part of the name, or =name", parse: text(Name)},
		{name: "ref", want: "a part of the ref, or =ref", parse: text(Ref)},
		{name: "image", want: "a part of the image, or =image", parse: text(Image)},
		{name: "id", want: "a part of the id, or =id", parse: text(ID)},
		{name: "error", want: "a part of the error", parse: text(ErrorReason)},
		{name: "has", want: "one of " + strings.Join(hasValues(), ", "), values: hasValues(), parse: parseHas},
		{name: "general", want: "yes or no", values: yesNo, parse: parseGeneral},
		{name: "twin", want: "yes or no", values: yesNo, parse: parseTwin},
		{name: "cpu", want: "cores like >=2", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.CPU })},
		{name: "gpu", want: "devices like >0", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.GPU })},
		{name: "mem", want: "GiB like >=4", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.Mem })},
		{name: "disk", want: "GiB like >10", parse: number(func(s *model.Snapshot) model.Optional[float64] { return s.Disk })},
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
