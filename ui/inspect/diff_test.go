package inspect

import (
	"strings"
	"testing"
)

func TestDifference(t *testing.T) {
	t.Parallel()
	before := "FROM alpine\nRUN one\nRUN two\nRUN three\nRUN four\nRUN five\nRUN six\n"
	for name, tc := range map[string]struct{ after, want string }{
		"one line":        {strings.Replace(before, "two", "2", 1), "Dockerfile from line 2|  RUN one|- RUN two|+ RUN 2|  RUN three"},
		"far apart":       {strings.NewReplacer("one", "1", "six", "6").Replace(before), "Dockerfile from line 1|  FROM alpine|- RUN one|+ RUN 1|  RUN two|Dockerfile from line 6|  RUN five|- RUN six|+ RUN 6"},
		"at the end":      {before + "CMD x\n", "Dockerfile from line 7|  RUN six|+ CMD x"},
		"only line ends":  {strings.ReplaceAll(before, "\n", "\r\n"), "! 7 lines changed to Windows line endings (CRLF)"},
		"hostile":         {before + "RUN \x1b]0;pwned\x07\n", "Dockerfile from line 7|  RUN six|+ RUN ^[]0;pwned^G"},
		"no end":          {strings.TrimSuffix(before, "\n"), "! newline removed at the end of the file"},
		"an end":          {before + "CMD x", "! newline removed at the end of the file|Dockerfile from line 7|  RUN six|+ CMD x"},
		"a line and ends": {strings.ReplaceAll(before+"CMD x\n", "\n", "\r\n"), "! 8 lines changed to Windows line endings (CRLF)|Dockerfile from line 7|  RUN six|+ CMD x"},
	} {
		var got []string
		for _, line := range Diff(before, tc.after) {
			got = append(got, line.String())
		}
		if shown := strings.TrimSuffix(strings.Join(got, "|"), "|"); shown != tc.want {
			t.Errorf("%s: %q, want %q", name, shown, tc.want)
		}
	}
	if back := Diff(strings.ReplaceAll(before, "\n", "\r\n"), before); len(back) != 2 || !strings.Contains(back[0].String(), "7 lines changed to Unix line endings") {
		t.Errorf("back from Windows: %v", back)
	}
	long := Diff("\n", strings.Repeat("RUN x\n", 1000))
	if last := long[len(long)-2].String(); len(long) != maxDiffLines+2 || last != "  and 942 more lines" {
		t.Errorf("%d lines, at the end %q", len(long), last)
	}
}
