package text

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	storm := "e" + strings.Repeat("\u0301", 50)
	for _, tc := range []struct{ raw, want string }{
		{`{"a": "b"}`, `{"a": "b"}`},
		{"[\n\t1,\r\n2,\r3 ]", "[\n\t1,\n2, 3 ]"},
		{"\"\x7f\u009b\u202e\u200b\"", `"\u007f\u009b\u202e\u200b"`},
		{`"` + storm + `"`, `"e` + strings.Repeat("\u0301", 4) + strings.Repeat(`\u0301`, 46) + `"`},
		{"\"\u0301a\"", `"\u0301a"`},
		{"\"a\ufe0f a\U000e0100 \u3164 \u115f \U000e0041\"", `"a\ufe0f a\udb40\udd00 \u3164 \u115f \udb40\udc41"`},
		{"\"👩\u200d🔧 é 日本 ☕\ufe0f\"", "\"👩\u200d🔧 é 日本 ☕\ufe0f\""},
		{"\"\xff\"", `"\ufffd"`},
		{`"\"\\` + "\u202e" + `\n"`, `"\"\\\u202e\n"`},
	} {
		if got := JSON(tc.raw); got != tc.want {
			t.Errorf("%q:\ngot  %q\nwant %q", tc.raw, got, tc.want)
		}
	}
}

func FuzzJSON(f *testing.F) {
	f.Add("{\"a\u0301\u0301\u0301\u0301\u0301\": [\"\u202e\", 1]}")
	f.Add("\"\\\"\u3164\\\\\"\r\n")
	f.Fuzz(func(t *testing.T, raw string) {
		var before, after any
		if json.Unmarshal([]byte(raw), &before) != nil {
			return
		}
		safe := JSON(raw)
		if err := json.Unmarshal([]byte(safe), &after); err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%q became %q, %v", raw, safe, err)
		}
		for part := range strings.SplitSeq(safe, `"`) {
			if inert := strings.NewReplacer("\n", "", "\t", "").Replace(part); Altered(inert) && len(inert) < cellLimit {
				t.Errorf("%q became %q, which Cell escapes", raw, safe)
			}
		}
	})
}
