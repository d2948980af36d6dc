package inspect

import (
	"strings"

	"github.com/alecthomas/chroma/v2"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// highlighter colours Dockerfiles and JSON line by line, and only the visible lines: a
// file of megabytes opens as fast as a small one. It has its own small grammars, since
// the collection of package chroma would be half of the binary.
type highlighter struct{ docker, json chroma.Lexer }

// The lexer states at the start of a line of a Dockerfile: at an instruction, or in one
// that continues from the line before.
const (
	lineStarts = "root"
	lineGoesOn = "continued"
)

func newHighlighter() highlighter {
	return highlighter{
		docker: chroma.MustNewLexer(&chroma.Config{Name: "Dockerfile", CaseInsensitive: true}, dockerRules),
		json:   chroma.MustNewLexer(&chroma.Config{Name: "JSON"}, jsonRules),
	}
}

// dockerRules is the grammar of a Dockerfile line.
// https://docs.docker.com/reference/dockerfile/#format
func dockerRules() chroma.Rules {
	arguments := []chroma.Rule{
		{Pattern: `"(\\.|[^"\\])*"?`, Type: chroma.LiteralString},
		{Pattern: `'[^']*'?`, Type: chroma.LiteralString},
		{Pattern: `\$\{[^}]*\}?|\$\w+`, Type: chroma.LiteralNumber},
		{Pattern: `(?<=\s)as(?=\s)`, Type: chroma.Keyword},
		{Pattern: `[^"'$\s]+|\s+|.`, Type: chroma.Text},
	}
	comment := chroma.Rule{Pattern: `^\s*#.*`, Type: chroma.Comment}
	instruction := chroma.Rule{
		Pattern: `^\s*(onbuild\s+)?(add|arg|cmd|copy|entrypoint|env|expose|from|healthcheck|label|maintainer|run|shell|stopsignal|user|volume|workdir)(?=\s|$)`,
		Type:    chroma.Keyword, Mutator: chroma.Push("arguments"),
	}
	return chroma.Rules{
		lineStarts:  append([]chroma.Rule{comment, instruction}, arguments...),
		lineGoesOn:  append([]chroma.Rule{{Pattern: `^\s*#.*`, Type: chroma.Comment}, {Pattern: `\s*`, Type: chroma.Text, Mutator: chroma.Push("arguments")}}, arguments...),
		"arguments": arguments,
	}
}

// jsonRules is the grammar of a line of indented JSON, in which no value spans
// lines. https://www.rfc-editor.org/rfc/rfc8259
func jsonRules() chroma.Rules {
	return chroma.Rules{lineStarts: {
		{Pattern: `"(\\.|[^"\\])*"(?=\s*:)`, Type: chroma.Keyword},
		{Pattern: `"(\\.|[^"\\])*"?`, Type: chroma.LiteralString},
		{Pattern: `-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null`, Type: chroma.LiteralNumber},
		{Pattern: `[^"\d\-tfn]+|.`, Type: chroma.Text},
	}}
}

// longLine is the length from which on a line is not highlighted: that would be slow,
// and minified lines are not for reading.
const longLine = 4 << 10

// linesKept bounds the cache of highlighted lines.
const linesKept = 1000

// coloured is a text that is highlighted as it is shown.
func coloured(lexer chroma.Lexer, raw string, state func(before string) string) *pager.Text {
	var lines *pager.Text
	seen := make(map[int][]text.Highlight) // most frames show the lines of the last one
	lines = pager.NewText(raw, func(i int, line string) []text.Highlight {
		if colours, ok := seen[i]; ok {
			return colours
		}
		before := ""
		if i > 0 {
			before = lines.Plain(i - 1)
		}
		if len(seen) >= linesKept {
			clear(seen)
		}
		seen[i] = regions(lexer, line, state(before))
		return seen[i]
	})
	return lines
}

// dockerfile highlights a Dockerfile.
func (h highlighter) dockerfile(raw string) *pager.Text {
	return coloured(h.docker, raw, func(before string) string {
		before = strings.TrimSpace(before)
		if strings.HasSuffix(before, `\`) && !strings.HasPrefix(before, "#") {
			return lineGoesOn
		}
		return lineStarts
	})
}

// indentedJSON highlights JSON with one value per line.
func (h highlighter) indentedJSON(raw string) *pager.Text {
	return coloured(h.json, raw, func(string) string { return lineStarts })
}

// regions returns the roles of the tokens of a line.
func regions(lexer chroma.Lexer, line, state string) (found []text.Highlight) {
	if len(line) > longLine {
		return nil
	}
	// Iterators of package chroma panic on errors. Colours are not worth a crash.
	defer func() {
		if recover() != nil {
			found = nil
		}
	}()
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: state}, line)
	if err != nil {
		return nil
	}
	at := 0
	for token := tokens(); token != chroma.EOF; token = tokens() {
		to := at + len(token.Value)
		if role, ok := tokenRole(token.Type); ok {
			found = append(found, text.Highlight{From: at, To: to, Role: role})
		}
		at = to
	}
	return found
}

func tokenRole(t chroma.TokenType) (theme.Role, bool) {
	switch t {
	case chroma.Keyword:
		return theme.Keyword, true
	case chroma.LiteralString:
		return theme.String, true
	case chroma.LiteralNumber:
		return theme.Number, true
	case chroma.Comment:
		return theme.Comment, true
	default:
		return theme.Text, false
	}
}
