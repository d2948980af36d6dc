package text

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"github.com/google/go-cmp/cmp"
)

func plainLine(s string) Line { return escape(s).As(theme.Text) }

func texts(lines []Line) []string {
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, l.String())
	}
	return out
}

func TestLine(t *testing.T) {
	l := Join(Lit("state ").As(theme.Dim), Lit("✓ active").As(theme.Active))
	if l.String() != "state ✓ active" || l.Width() != 14 || l.Plain() != (Safe{s: "state ✓ active", w: 14}) {
		t.Errorf("%q %d %+v", l, l.Width(), l.Plain())
	}
	if got := Join(Lit("a").As(theme.Dim), Lit("b").As(theme.Text)).Plain(); got != Lit("ab") {
		t.Errorf("%+v", got)
	}
	if got := l.As(theme.Failed); got[0].Role != theme.Failed || got[1].Role != theme.Failed || l[0].Role != theme.Dim {
		t.Errorf("As: %v, of %v", got, l)
	}
	if got := l.On(theme.Selected); got[0].On != theme.Selected || got[1].On != theme.Selected || l[0].On != theme.Base {
		t.Errorf("On: %v, of %v", got, l)
	}
	var none Line
	if none.Width() != 0 || none.String() != "" || !none.Plain().IsEmpty() || len(Join()) != 0 {
		t.Error("the empty line has a width or a text")
	}
}

func TestCut(t *testing.T) {
	for _, tc := range []struct {
		in   string
		w    int
		how  Cut
		want string
	}{
		{"pull failed: manifest", 12, CutEnd, "pull failed…"},
		{"payments-node-canary", 11, CutMiddle, "payme…anary"},
		{"payments-node-canary", 12, CutMiddle, "paymen…anary"},
		{"docker.io/library/node:24", 10, CutStart, "…y/node:24"},
		{"short", 5, CutEnd, "short"},
		{"short", 4, CutEnd, "sho…"},
		{"short", 2, CutMiddle, "s…"},
		{"short", 1, CutMiddle, "…"},
		{"short", 1, CutStart, "…"},
		{"short", 0, CutEnd, ""},
		{"short", -1, CutEnd, ""},
		{"世界世界", 7, CutEnd, "世界世…"},
		{"世界世界", 6, CutEnd, "世界 …"},
		{"世界世界", 6, CutStart, "… 世界"},
		{"世界世界", 7, CutMiddle, "世 … 界"},
		{"cafe\u0301s", 4, CutEnd, "caf…"},
		{"", 3, CutMiddle, ""},
	} {
		if got := plainLine(tc.in).Cut(tc.w, tc.how).String(); got != tc.want {
			t.Errorf("%q cut %d to %d is %q, want %q", tc.in, tc.how, tc.w, got, tc.want)
		}
	}
}

// The ellipsis in a failed state has the role of the state.
func TestEllipsisHasTheRoleOfItsNeighbour(t *testing.T) {
	l := Line{{escape("aaaa"), theme.Failed, theme.Selected}, {escape("bbbb"), theme.Dim, theme.Base}}
	for _, tc := range []struct {
		w    int
		how  Cut
		want Span
	}{
		{3, CutEnd, Span{escape("…"), theme.Failed, theme.Selected}},
		{5, CutEnd, Span{escape("…"), theme.Failed, theme.Selected}},
		{7, CutEnd, Span{escape("…"), theme.Dim, theme.Base}},
		{3, CutStart, Span{escape("…"), theme.Dim, theme.Base}},
		{7, CutStart, Span{escape("…"), theme.Failed, theme.Selected}},
		{5, CutMiddle, Span{escape("…"), theme.Failed, theme.Selected}},
		{1, CutEnd, Span{escape("…"), theme.Failed, theme.Selected}},
		{1, CutStart, Span{escape("…"), theme.Dim, theme.Base}},
	} {
		found := false
		for _, s := range l.Cut(tc.w, tc.how) {
			found = found || cmp.Equal(s, tc.want, compareSafe)
		}
		if !found {
			t.Errorf("cut %d to %d: %v does not contain %v", tc.how, tc.w, l.Cut(tc.w, tc.how), tc.want)
		}
	}
}

func TestSlice(t *testing.T) {
	for _, tc := range []struct {
		in       string
		from, to int
		want     string
	}{
		{"abcdef", 1, 4, "bcd"},
		{"abcdef", -3, 2, "ab"},
		{"abcdef", 4, 99, "ef"},
		{"abcdef", 4, 2, ""},
		{"abcdef", 9, 12, ""},
		{"a世b", 0, 2, "a "},
		{"a世b", 2, 4, " b"},
		{"a世b", 1, 3, "世"},
		{"a世b", 2, 3, " "},
		{"世", 0, 1, " "},
		{"世", 1, 2, " "},
		{"e\u0301e", 0, 1, "e\u0301"},
		{"e\u0301e", 1, 2, "e"},
	} {
		if got := plainLine(tc.in).Slice(tc.from, tc.to).String(); got != tc.want {
			t.Errorf("columns [%d, %d) of %q are %q, want %q", tc.from, tc.to, tc.in, got, tc.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tc := range []struct {
		in   string
		w    int
		want []string
	}{
		{"", 5, []string{""}},
		{"short", 5, []string{"short"}},
		{"two words", 5, []string{"two ", "words"}},
		{"two words", 3, []string{"two", "wor", "ds"}},
		{"a longword", 4, []string{"a ", "long", "word"}},
		{"exact fit ", 9, []string{"exact fit"}},
		{"exact  fit", 5, []string{"exact", " fit"}},
		{"the quick brown fox", 9, []string{"the quick", "brown fox"}},
		{"the quick brown fox", 10, []string{"the quick ", "brown fox"}},
		{"    indented", 6, []string{"    in", "dented"}},
		{"    a indented", 8, []string{"    a ", "indented"}},
		{"世界世界", 5, []string{"世界", "世界"}},
		{"世界 世界", 5, []string{"世界 ", "世界"}},
		{"世", 1, []string{" ", " "}},
		{"ab", 0, []string{"a", "b"}},
		{"ab \u0308cd", 4, []string{"ab \u0308c", "d"}},
		{"a\u00a0b c", 4, []string{"a\u00a0b ", "c"}},
		{"      ", 4, []string{"    ", " "}},
		{"needs 4 CPU", 8, []string{"needs ", "4 CPU"}},
		{"needs 4 CPU", 7, []string{"needs ", "4 CPU"}},
		{"v4 CPU", 3, []string{"v4 ", "CPU"}},
		{"4 CPU", 2, []string{"4 ", "CP", "U"}},
		{"1 2 3 4", 5, []string{"1 2 ", "3 4"}},
	} {
		if diff := cmp.Diff(tc.want, texts(plainLine(tc.in).Wrap(tc.w))); diff != "" {
			t.Errorf("%q in %d\n%s", tc.in, tc.w, diff)
		}
	}
}

func TestWrapKeepsRoles(t *testing.T) {
	l := Line(spans("see ", theme.Dim, "node-20 now", theme.Failed))
	want := []Line{spans("see ", theme.Dim), spans("node-20 ", theme.Failed), spans("now", theme.Failed)}
	if diff := cmp.Diff(want, l.Wrap(8), compareSafe); diff != "" {
		t.Error(diff)
	}
	want = []Line{spans("see ", theme.Dim, "node-20", theme.Failed), spans("now", theme.Failed)}
	if diff := cmp.Diff(want, l.Wrap(11), compareSafe); diff != "" {
		t.Error(diff)
	}
}

func TestBlock(t *testing.T) {
	got := texts(Block([]Line{plainLine("abc"), plainLine("abcdef"), nil}, 4, 5))
	if diff := cmp.Diff([]string{"abc ", "abc…", "    ", "    ", "    "}, got); diff != "" {
		t.Error(diff)
	}
	if got := texts(Block([]Line{plainLine("a"), plainLine("b")}, 1, 1)); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("%q", got)
	}
}

// Lines that share memory can be appended to.
func TestLinesAreValues(t *testing.T) {
	backing := make(Line, 1, 8)
	backing[0] = Span{Text: escape("a")}
	padded, other := backing.Fit(3), backing.Fit(5)
	_ = append(backing, Span{Text: escape("X")})
	if padded.String() != "a  " || other.String() != "a    " {
		t.Errorf("%q %q", padded, other)
	}
	same := backing.Fit(1)
	if &same[0] != &backing[0] {
		t.Error("Fit copies a line that fits")
	}
	if strings.Contains(backing.String(), "X") {
		t.Error("append changed the line")
	}
}
