package demo

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// Any text is written as valid JSON that decodes to the same text.
func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "a\"b\\c", "\x00\x1f\x7f", "\u202e\u2028", "\xff\xc0\x80é", hostileText} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil {
			t.Fatal(err)
		}
		var want strings.Builder // a byte that is not UTF-8 is one U+FFFD
		for _, r := range s {
			want.WriteRune(r)
		}
		if got != want.String() {
			t.Errorf("wrote %q, read %q", s, got)
		}
	})
}

// matchesILike agrees with an equivalent regular expression.
func FuzzILike(f *testing.F) {
	f.Add("daytona-small", "d%_small")
	f.Add("a%b_c", `a\%b\_c`)
	f.Add("aaab", "a%ab%")
	f.Fuzz(func(t *testing.T, s, pattern string) {
		if len(s) > 200 || len(pattern) > 50 || !ascii(s) || !ascii(pattern) {
			t.Skip()
		}
		var e strings.Builder
		full := "%" + pattern + "%" // a trailing backslash escapes the last %
		for i := 0; i < len(full); i++ {
			switch c := full[i]; {
			case c == '%':
				e.WriteString(".*")
			case c == '_':
				e.WriteByte('.')
			case c == '\\' && i+1 < len(full):
				i++
				e.WriteString(regexp.QuoteMeta(full[i : i+1]))
			default:
				e.WriteString(regexp.QuoteMeta(string(c)))
			}
		}
		if got, want := matchesILike(s, pattern), regexp.MustCompile("(?s)^"+e.String()+"$").MatchString(s); got != want {
			t.Errorf("matchesILike(%q, %q) = %v", s, pattern, got)
		}
	})
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

// Invalid numbers are rejected, accepted ones are in range.
func FuzzListQuery(f *testing.F) {
	for _, q := range []string{"page=1&limit=2", "page=0x10", "limit=1e2", "page=Infinity", "limit=%20%205", "page=1&page=2", "%zz", "name[]=a"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q, errs := parseListQuery(raw)
		if errs == nil && (q.page < 1 || q.limit < 1 || q.limit > maxLimit) {
			t.Errorf("%q: %+v", raw, q)
		}
	})
}

// Any Dockerfile can be parsed and has a log in order of time.
func FuzzDockerfile(f *testing.F) {
	f.Add("FROM a\nRUN b \\\n c\nENTRYPOINT [\"x\"]")
	f.Add("RUN <<EOF\nexit 3\nEOF\nENTRYPOINT ENTRYPOINT")
	f.Add("\\")
	f.Fuzz(func(t *testing.T, dockerfile string) {
		entrypointOf(dockerfile)
		i := &buildInfo{dockerfile: dockerfile, ref: buildRef(dockerfile, nil)}
		w := &world{}
		j := &job{start: 1000, end: 1000 + buildDuration(i), failure: w.buildFailure(i)}
		last := millis(0)
		for _, l := range buildLog(j, i) {
			if l.at < last || l.at > j.end-j.start || !strings.HasSuffix(l.text, "\n") {
				t.Fatalf("%v %q after %v of %v", l.at, l.text, last, j.end-j.start)
			}
			last = l.at
		}
	})
}
