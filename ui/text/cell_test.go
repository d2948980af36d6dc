package text

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"github.com/google/go-cmp/cmp"
)

func TestCell(t *testing.T) {
	for name, tc := range map[string]struct{ raw, want string }{
		"plain":                          {"node-20-agents", "node-20-agents"},
		"empty":                          {"", ""},
		"letters of all kinds":           {"café Ñandú Ελλάδα Привет 世界 한국어 עברית العربية", "café Ñandú Ελλάδα Привет 世界 한국어 עברית العربية"},
		"glyphs of the program":          {"✗ ◐ ⇣ ◌ ✓ ○ − ● ☾ … ·", "✗ ◐ ⇣ ◌ ✓ ○ − ● ☾ … ·"},
		"line feed":                      {"a\nb", "a↵b"},
		"tab":                            {"a\tb", "a       b"},
		"tab at a stop":                  {"12345678\tb", "12345678        b"},
		"tab before a stop":              {"1234567\tb", "1234567 b"},
		"tab after wide":                 {"世\tb", "世      b"},
		"tab after an escape":            {"\x1b\tb", "^[      b"},
		"tab after a line feed":          {"ab\n\tb", "ab↵        b"},
		"CR LF":                          {"a\r\nb", "a↵b"},
		"lone CR":                        {"100%\rdone", "100%^Mdone"},
		"CR CR LF":                       {"a\r\r\nb", "a^M↵b"},
		"ESC":                            {"\x1b[31mred", "^[[31mred"},
		"unterminated OSC":               {"a\x1b]0;rest", "a^[]0;rest"},
		"NUL, BS, BEL, DEL":              {"\x00\x08\x07\x7f", "^@^H^G^?"},
		"C1":                             {"\u009b31m\u0085", "<U+009B>31m<U+0085>"},
		"bidi":                           {"\u202exe.gpj", "<U+202E>xe.gpj"},
		"bidi marks":                     {"\u061c\u200e\u200f", "<U+061C><U+200E><U+200F>"},
		"bidi isolates":                  {"\u2066\u2067\u2068\u2069", "<U+2066><U+2067><U+2068><U+2069>"},
		"zero width":                     {"a\u200bb\u2060\ufeff", "a<U+200B>b<U+2060><U+FEFF>"},
		"separators":                     {"a\u2028b\u2029", "a<U+2028>b<U+2029>"},
		"tags":                           {"x\U000e0001\U000e0041\U000e007f", "x<U+E0001><U+E0041><U+E007F>"},
		"flag made of tags":              {"🏴\U000e0067\U000e007f", "🏴<U+E0067><U+E007F>"},
		"soft hyphen":                    {"a\u00adb", "a<U+00AD>b"},
		"joiner between letters":         {"a\u200db\u200cc", "a<U+200D>b<U+200C>c"},
		"joiner in Persian":              {"می\u200cخواهم", "می<U+200C>خواهم"},
		"joiner at the start":            {"\u200da", "<U+200D>a"},
		"joiner after an emoji":          {"👩\u200d", "👩<U+200D>"},
		"joiner emoji, letter":           {"👩\u200da", "👩<U+200D>a"},
		"joiners in a family":            {"👩\u200d👩\u200d👧\u200d👦", "👩\u200d👩\u200d👧\u200d👦"},
		"joiner, skin tone":              {"👩🏽\u200d🚀", "👩🏽\u200d🚀"},
		"joiner, rainbow flag":           {"🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"},
		"joiners in a conjunct":          {"क्\u200dष", "क्\u200dष"},
		"non-joiner after virama":        {"क्\u200cष", "क्\u200cष"},
		"half form at the end":           {"न्\u200d", "न्\u200d"},
		"joiner before virama":           {"র\u200d্যাম", "র\u200d্যাম"},
		"two joiners":                    {"👩\u200d\u200d👧", "👩<U+200D><U+200D>👧"},
		"joiner, mark":                   {"👩\u200d\u0301", "👩<U+200D><U+0301>"},
		"joiner, non-joiner":             {"👩\u200d\u200c\u200d👧", "👩<U+200D><U+200C><U+200D>👧"},
		"joiner, tag":                    {"👩\u200d\U000e0041", "👩<U+200D><U+E0041>"},
		"longest emoji":                  {"🧑🏻\u200d❤\ufe0f\u200d💋\u200d🧑🏼", "🧑🏻\u200d❤\ufe0f\u200d💋\u200d🧑🏼"},
		"endless emoji":                  {strings.Repeat("👨\u200d", 6) + "👨x", "👨\u200d👨\u200d👨\u200d👨\u200d👨<U+200D><U+1F468><U+200D><U+1F468>x"},
		"keycap":                         {"1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		"emoji style":                    {"⚠\ufe0f ☀\ufe0e", "⚠\ufe0f ☀\ufe0e"},
		"style on a letter":              {"a\ufe0f1\ufe0f", "a<U+FE0F>1<U+FE0F>"},
		"style on a rule":                {"─\ufe0f", "─<U+FE0F>"},
		"smuggled selectors":             {"😀\ufe00\U000e0100", "😀<U+FE00><U+E0100>"},
		"two styles":                     {"⚠\ufe0f\ufe0f", "⚠\ufe0f<U+FE0F>"},
		"flag":                           {"🇫🇷", "🇫🇷"},
		"half a flag":                    {"🇫🇷🇩", "🇫🇷<U+1F1E9>"},
		"invalid":                        {"a\x9bb\xff\xc3", `a\x9bb\xff\xc3`},
		"invalid, surrogate":             {"\xed\xa0\x80", `\xed\xa0\x80`},
		"invalid, overlong":              {"\xc0\xaf", `\xc0\xaf`},
		"broken lead byte":               {"\xf5\n0 \xf0\x9f\r", `\xf5↵0 \xf0\x9f^M`},
		"Latin-1":                        {"caf\xe9 au lait", `caf\xe9 au lait`},
		"replacement character":          {"\ufffd", "\ufffd"},
		"noncharacter":                   {"\ufffe", "<U+FFFE>"},
		"four marks":                     {"e\u0301\u0302\u0303\u0304x", "e\u0301\u0302\u0303\u0304x"},
		"five marks":                     {"e\u0301\u0302\u0303\u0304\u0305x", "e\u0301\u0302\u0303\u0304<U+0305>x"},
		"twelve marks":                   {"e" + strings.Repeat("\u0301", 12) + "x", "e\u0301\u0301\u0301\u0301<+8 marks>x"},
		"mark without a letter":          {"\u0301x", "<U+0301>x"},
		"marks without a letter":         {"\u0301\u0302\u0303x", "<U+0301><+2 marks>x"},
		"mark after a control":           {"\x1b\u0301x", "^[<U+0301>x"},
		"mark after a tab":               {"a\t\u0301", "a       <U+0301>"},
		"skin tones":                     {"👍" + strings.Repeat("🏻", 9), "👍🏻🏻🏻🏻<+5 marks>"},
		"lone skin tone":                 {"🏻", "<U+1F3FB>"},
		"Burmese vowel signs":            {"ပါတယ်", "ပါတယ်"},
		"Thai am":                        {"น้ำ", "น้ำ"},
		"letter that combines right":     {"\u0d4e", "<U+0D4E>"},
		"invisible letters":              {"\u3164\u115f\u180e", "<U+3164><U+115F><U+180E>"},
		"text that looks like an escape": {"<U+202E> ^[ \\x9b", "<U+202E> ^[ \\x9b"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Cell(tc.raw)
			if got.String() != tc.want {
				t.Errorf("Cell(%+q)\n got %+q\nwant %+q", tc.raw, got.String(), tc.want)
			}
			checkSafe(t, got)
			if rewritten := tc.raw != tc.want; Altered(tc.raw) != rewritten {
				t.Errorf("Altered(%+q) = %v", tc.raw, !rewritten)
			}
			if again := escape(got.String()); again != got && again.String() != got.String() {
				t.Errorf("escaping again changes %+q to %+q", got, again)
			}
		})
	}
}

// TestEscapesEveryRune checks all assigned planes of Unicode.
func TestEscapesEveryRune(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= 0x10ffff; r++ {
		surrogate := 0xd800 <= r && r < 0xe000
		empty := 0x40000 <= r && r < 0xe0000 || 0xe1000 <= r // except the end of each plane
		if surrogate || empty && r&0xffff < 0xfff0 {
			continue
		}
		alone, within := Cell(string(r)), Cell("a"+string(r)+"b")
		if mustBeEscaped(r, 'a', "b") && (strings.ContainsRune(alone.s, r) || strings.ContainsRune(within.s, r)) {
			t.Fatalf("%U is shown as %q and %q", r, alone, within)
		}
		if got := width("a" + alone.s + "b"); got != alone.Width()+2 {
			t.Fatalf("%U is shown as %q, which takes %d cells between two letters", r, alone, got-2)
		}
	}
}

func TestCellIsTruncated(t *testing.T) {
	for name, tc := range map[string]struct{ raw, want string }{
		"at the limit":         {strings.Repeat("x", 4096), strings.Repeat("x", 4096)},
		"one more":             {strings.Repeat("x", 4097), strings.Repeat("x", 4096) + "… <+1 bytes>"},
		"within a rune":        {strings.Repeat("x", 4095) + "世界", strings.Repeat("x", 4095) + "… <+6 bytes>"},
		"within invalid bytes": {strings.Repeat("x", 4095) + "\x80\x80\x80\x80\x80", strings.Repeat("x", 4094) + "… <+6 bytes>"},
		"within a stack":       {"e" + strings.Repeat("\u0301", 3000), "e\u0301\u0301\u0301\u0301<+2043 marks>… <+1906 bytes>"},
		"a mebibyte more":      {strings.Repeat("x", 4096+1<<20), strings.Repeat("x", 4096) + "… <+1048576 bytes>"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Cell(tc.raw)
			if got.String() != tc.want {
				t.Errorf("got …%+q, want …%+q", tail(got.String()), tail(tc.want))
			}
			checkSafe(t, got)
			if Altered(tc.raw) != (tc.raw != tc.want) {
				t.Errorf("Altered = %v", Altered(tc.raw))
			}
		})
	}
}

func tail(s string) string { return s[max(0, len(s)-80):] }

func TestStyled(t *testing.T) {
	const r, m, c = theme.Title, theme.Match, theme.Control
	for name, tc := range map[string]struct {
		raw     string
		matched []int
		want    []Span
	}{
		"no match":           {"node", nil, spans("node", r)},
		"empty":              {"", nil, nil},
		"empty with matches": {"", []int{0, 3}, nil},
		"all":                {"node", []int{0, 1, 2, 3}, spans("node", m)},
		"some":               {"node-20", []int{0, 5, 6}, spans("n", m, "ode-", r, "20", m)},
		"within a cluster":   {"cafe\u0301s", []int{5}, spans("caf", r, "e\u0301", m, "s", r)},
		"all of a cluster":   {"世界", []int{0, 1, 2}, spans("世", m, "界", r)},
		"escapes":            {"a\x1bb", nil, spans("a", r, "^[", c, "b", r)},
		"escapes stay":       {"a\x1bb", []int{0, 1, 2}, spans("a", m, "^[", c, "b", m)},
		"line feed":          {"a\nb", nil, spans("a", r, "↵", c, "b", r)},
		"tab is text":        {"a\tb", nil, spans("a       b", r)},
		"tab of one cell":    {"1234567\tb", []int{0, 1, 2, 3, 4, 5, 6}, spans("1234567", m, " b", r)},
		"tab in a match":     {"a\tb", []int{1}, spans("a", r, "       ", m, "b", r)},
		"out of range":       {"ab", []int{-5, 1, 2, 99}, spans("a", r, "b", m)},
		"not sorted":         {"abc", []int{2, 0}, spans("ab", r, "c", m)},
		"cut":                {strings.Repeat("x", 4100), []int{4099}, spans(strings.Repeat("x", 4096), r, "… <+4 bytes>", c)},
	} {
		t.Run(name, func(t *testing.T) {
			got := Styled(tc.raw, r, tc.matched)
			checkLine(t, got)
			if diff := cmp.Diff(tc.want, []Span(got), compareSafe); diff != "" {
				t.Error(diff)
			}
			if got.String() != Cell(tc.raw).String() {
				t.Errorf("Cell shows %q, Styled %q", Cell(tc.raw), got)
			}
		})
	}
}

func TestHighlighted(t *testing.T) {
	got := Highlighted("RUN echo \"é\x1b\"", theme.Text,
		Highlight{0, 3, theme.Keyword}, Highlight{4, 4, theme.Failed}, Highlight{9, 99, theme.String})
	want := spans("RUN", theme.Keyword, " echo ", theme.Text, "\"é", theme.String, "^[", theme.Control, "\"", theme.String)
	if diff := cmp.Diff(want, []Span(got), compareSafe); diff != "" {
		t.Error(diff)
	}
}

// compareSafe compares safe texts by their strings.
var compareSafe = cmp.Transformer("text", func(s Safe) string { return s.String() })

// spans returns spans for alternating texts and roles.
func spans(pairs ...any) []Span {
	var out []Span
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, Span{Text: escape(pairs[i].(string)), Role: pairs[i+1].(theme.Role)})
	}
	return out
}

func TestSafe(t *testing.T) {
	var zero Safe
	if zero.String() != "" || zero.Width() != 0 || !zero.IsEmpty() || zero.As(theme.Dim) != nil {
		t.Errorf("the zero value is %+v", zero)
	}
	if s := Lit("✓ active"); s.Width() != 8 || s.IsEmpty() {
		t.Errorf("%+v", s)
	}
	if got := Lit("a\x1bb").String(); got != "a^[b" {
		t.Errorf("Lit does not escape: %q", got)
	}
	if Lit("x") != Cell("x") {
		t.Error("Lit(x) and Cell(x) differ")
	}
	line := Lit("x").As(theme.Key)
	if want := (Line{{Text: Lit("x"), Role: theme.Key}}); !cmp.Equal(want, line, compareSafe) {
		t.Errorf("%v", line)
	}
}

func TestRepeat(t *testing.T) {
	for _, tc := range []struct {
		s    Safe
		w    int
		want string
	}{
		{Lit("─"), 4, "────"},
		{Lit("-="), 5, "-=-= "},
		{Lit("世"), 5, "世世 "},
		{Lit("─"), 0, ""},
		{Lit("─"), -3, ""},
		{Safe{}, 3, "   "},
		{Lit("abc"), 2, "  "},
	} {
		got := Repeat(tc.s, tc.w)
		if got.String() != tc.want {
			t.Errorf("Repeat(%q, %d) = %q, want %q", tc.s, tc.w, got, tc.want)
		}
		checkSafe(t, got)
	}
	if got := Repeat(Lit(" "), 1000); got.Width() != 1000 || spaces(1000).s != got.s {
		t.Errorf("%d cells", got.Width())
	}
}
