package summary

import (
	"context"
	"strings"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/uitest"
)

func filtered(typed string) Values {
	q := query.Parse(typed)
	found, _ := query.NewIndex(new(model.Store)).Search(context.Background(), q, query.Context{})
	return Values{Total: 1200, Shown: 12, Cursor: 4, Order: row.Sort{Column: row.ColumnState}, Typed: typed, Query: q, Problems: found.Problems}
}

func TestLine(t *testing.T) {
	t.Parallel()
	all, byAge, marked, loading := filtered(""), filtered("state:failed"), filtered(""), filtered("")
	byAge.Order = row.Sort{Column: row.ColumnAge, Reversed: true}
	byName := byAge
	byName.Order = row.Sort{Column: row.ColumnName}
	marked.Marked, loading.Loading = 1234, true
	sized, few, some, absurd := all, filtered("state:failed"), marked, marked
	sized.ShownGB, few.ShownGB, some.MarkedGB, absurd.MarkedGB = 1234.56, 38.16, 0.034, 2e300
	none := filtered("nothing")
	none.Shown, none.Cursor = 0, -1
	for _, tc := range []struct {
		v     Values
		width int
		want  string
	}{
		{all, minOrderWidth, "5/1,200 snapshots · failed first, then last use"},
		{all, minOrderWidth - 1, "5/1,200 snapshots"},
		{filtered("node"), minOrderWidth, "5/12 of 1,200 · best match first"},
		{byAge, minOrderWidth, "5/12 of 1,200 · by age, reversed"},
		{byName, minOrderWidth, "5/12 of 1,200 · by name"},
		{none, minOrderWidth - 1, "0 of 1,200"},
		{marked, minOrderWidth, "1,234 marked"},
		{absurd, minOrderWidth, "1,234 marked · 2e300 GB"},
		{some, minOrderWidth, "1,234 marked · 0.034 GB"},
		{sized, minSumWidth, "5/1,200 snapshots · 1,235 GB · failed first, then last use"},
		{sized, minSumWidth - 1, "5/1,200 snapshots · failed first, then last use"},
		{few, 80, "5/12 of 1,200 · 38.2 GB"},
		{loading, minOrderWidth, ""},
	} {
		if got := tc.v.Line(tc.width).String(); got != tc.want {
			t.Errorf("in %d cells it is %q, want %q", tc.width, got, tc.want)
		}
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][2]string{
		"node":            {" / node█ ", " 12 of 1,200 · best match first · esc clear "},
		"state:failed":    {" / state:failed█ ", " 12 of 1,200 · esc clear "},
		"node used:>soon": {" / node used:>soon█ ", " 12 of 1,200 · >soon? "},
		"node stat:x":     {" / node stat:x█ ", " 12 of 1,200 · did you mean state: "},
	} {
		field := dialog.NewField(typed)
		got := filtered(typed).Filter(&field, true, "esc clear", 88)
		if s := got.String(); !strings.HasPrefix(s, want[0]) || !strings.HasSuffix(s, want[1]) || got.Width() != 88 {
			t.Errorf("%q is %q, want %q", typed, s, want)
		}
	}
}

// Half of the line is for what is typed, whatever there is to say of it.
func TestWhatIsTypedKeepsHalfOfTheLine(t *testing.T) {
	t.Parallel()
	typed := strings.Repeat("x", 60)
	field := dialog.NewField(typed)
	if got := filtered(typed).Filter(&field, true, "esc clear", 40).String(); !strings.HasPrefix(got, " / xxxxxxxxxxxxxxx") || len([]rune(got)) != 40 {
		t.Errorf("it is %q", got)
	}
}

func TestProblem(t *testing.T) {
	t.Parallel()
	if got := filtered("node").Problem(); got != nil {
		t.Errorf("a valid filter has the problem %q", got)
	}
	v := filtered("node used:>soon")
	got := v.Problem()
	if !strings.HasPrefix(got.String(), " ! >soon: expected a ") || !strings.HasSuffix(got.String(), " · the rest of the filter applies") {
		t.Errorf("the problem is %q", got)
	}
	v.Typed = "node used:>s" // typed on since
	if got := v.Problem().String(); !strings.HasPrefix(got, " ! >s: expected") {
		t.Errorf("the problem is %q", got)
	}
	field := dialog.NewField("node used:>soon")
	var invalid string
	for _, span := range filtered("node used:>soon").Filter(&field, false, "esc clear", 80) {
		if span.Role == theme.Invalid {
			invalid += span.Text.String()
		}
	}
	if invalid != ">soon" {
		t.Errorf("%q is highlighted", invalid)
	}
}

func TestNoMatches(t *testing.T) {
	t.Parallel()
	v := filtered("state:failed node")
	v.Shown = 0
	v.Effects = []query.TermEffect{{Term: "state:failed", Matches: 14}, {Term: "node", Matches: 1016, ExcludesAlone: 14}}
	want := "no matches in 1,200 snapshots\n  state:failed alone matches 14 · without it 0\n  node alone matches 1,016 · without it 14\nesc clear filter"
	if got := uitest.Plain(v.NoMatches("esc clear filter")); got != want {
		t.Errorf("it is\n%s", got)
	}
	v.Effects = v.Effects[:1]
	if got := uitest.Plain(v.NoMatches("esc clear filter")); got != "no matches in 1,200 snapshots\nesc clear filter" {
		t.Errorf("with one part it is\n%s", got)
	}
}
