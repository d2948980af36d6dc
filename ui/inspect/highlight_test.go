package inspect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
)

// roles writes a line as its words with their roles.
func roles(src pager.Source, i int) string {
	names := map[theme.Role]string{theme.Text: "", theme.Keyword: "K", theme.String: "S", theme.Number: "V", theme.Comment: "C", theme.Control: "^"}
	var b strings.Builder
	for _, span := range src.Line(i) {
		if name := names[span.Role]; name != "" {
			fmt.Fprintf(&b, "%s(%s)", name, span.Text)
		} else {
			b.WriteString(span.Text.String())
		}
	}
	return b.String()
}

func TestDockerfileColours(t *testing.T) {
	t.Parallel()
	src := newHighlighter().dockerfile(strings.Join([]string{
		`# syntax=docker/dockerfile:1`,
		`FROM node:20-slim AS deps`,
		`RUN apt-get update \`,
		`  # a comment within`,
		`  && RUN "not an instruction" ${HOME}`,
		`onbuild copy . /app`,
		`ENTRYPOINT ["tini", "--"]`,
		"RUN printf '\x1b[31m'",
		`RUN echo "never closed`,
		``,
		`WORKDIR`,
	}, "\n"))
	want := []string{
		`C(# syntax=docker/dockerfile:1)`,
		`K(FROM) node:20-slim K(AS) deps`,
		`K(RUN) apt-get update \`,
		`C(  # a comment within)`,
		`  && RUN S("not an instruction") V(${HOME})`,
		`K(onbuild copy) . /app`,
		`K(ENTRYPOINT) [S("tini"), S("--")]`,
		`K(RUN) printf S(')^(^[)S([31m')`,
		`K(RUN) echo S("never closed)`,
		``,
		`K(WORKDIR)`,
	}
	if src.Len() != len(want) {
		t.Fatalf("%d lines", src.Len())
	}
	for i, line := range want {
		if got := roles(src, i); got != line {
			t.Errorf("line %d is %s, want %s", i+1, got, line)
		}
	}
}

func TestJSONColours(t *testing.T) {
	t.Parallel()
	src := newHighlighter().indentedJSON("{\n  \"a\\\"b\": \"x\",\n  \"n\": -1.5e3,\n  \"t\": null\n}")
	want := []string{"{", `  K("a\"b"): S("x"),`, `  K("n"): V(-1.5e3),`, `  K("t"): V(null)`, "}"}
	for i, line := range want {
		if got := roles(src, i); got != line {
			t.Errorf("line %d is %s, want %s", i+1, got, line)
		}
	}
}

// FuzzColours checks that highlighting never changes a text.
func FuzzColours(f *testing.F) {
	f.Add("FROM a\nRUN \\\n x")
	f.Add(`{"a": [1, "\u001b"]}`)
	f.Add("\x1b]0;x\x07\xff\x00")
	f.Fuzz(func(t *testing.T, raw string) {
		h := newHighlighter()
		for _, src := range []pager.Source{h.dockerfile(raw), h.indentedJSON(raw)} {
			plain := src.(pager.PlainSource)
			for i := range min(src.Len(), 50) {
				if got := src.Line(i).String(); got != plain.Plain(i) {
					t.Fatalf("line %d shows %q, the text is %q", i, got, plain.Plain(i))
				}
			}
		}
	})
}

// BenchmarkOpenLargeDockerfile opens 2 MB and draws the first screen.
func BenchmarkOpenLargeDockerfile(b *testing.B) {
	raw := strings.Repeat("RUN apt-get update && apt-get install -y --no-install-recommends \"ca-certificates\" ${PACKAGES}\n", 2<<20/95)
	h := newHighlighter()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		var p pager.Pager
		p.SetNumbers(true)
		p.SetSize(120, 50)
		p.SetSource(h.dockerfile(raw))
		p.View()
	}
}

// BenchmarkScrollLargeDockerfile scrolls it by a page.
func BenchmarkScrollLargeDockerfile(b *testing.B) {
	raw := strings.Repeat("RUN apt-get update && apt-get install -y --no-install-recommends \"ca-certificates\" ${PACKAGES}\n", 2<<20/95)
	var p pager.Pager
	p.SetSize(120, 50)
	p.SetSource(newHighlighter().dockerfile(raw))
	for b.Loop() {
		p.Page(1)
		if _, last, total := p.Position(); last == total {
			p.Top()
		}
		p.View()
	}
}

func TestTheLastLineOfADockerfileEndsAsTheOthers(t *testing.T) {
	t.Parallel()
	raw, err := json.Marshal(map[string]any{"id": "1", "name": "n", "buildInfo": map[string]any{"dockerfileContent": "FROM a\r\nRUN b\r\n"}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	d := NewRenderer()
	if !d.hasDockerfile(s) || d.file.source.Len() != 2 {
		t.Fatal("the Dockerfile has not two lines")
	}
	if last := d.file.source.Line(1).String(); last != "RUN b" {
		t.Fatalf("the last line is %q", last)
	}
}
