package inspect

import (
	"strings"

	"github.com/alecthomas/chroma/v2"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// highlighter highlights the visible lines of Dockerfiles and JSON, so a file of megabytes
// opens as fast as a small one. It has its own small grammars, because the lexers of package
// chroma would make up half of the binary.
type highlighter struct{ docker, json chroma.Lexer }

// The lexer states at the start of a line: at an instruction, or in an instruction that
// continues from the previous line.
const (
	stateLineStart    = "root"
	stateContinuation = "continued"
)

func newHighlighter() highlighter {
	return highlighter{
		docker: chroma.MustNewLexer(&chroma.Config{Name: "Dockerfile", CaseInsensitive: true}, dockerRules),
		json:   chroma.MustNewLexer(&chroma.Config{Name: "JSON"}, jsonRules),
	}
}

// dockerRules returns the grammar of a Dockerfile line.
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
		stateLineStart:    append([]chroma.Rule{comment, instruction}, arguments...),
		stateContinuation: append([]chroma.Rule{{Pattern: `^\s*#.*`, Type: chroma.Comment}, {Pattern: `\s*`, Type: chroma.Text, Mutator: chroma.Push("arguments")}}, arguments...),
		"arguments":       arguments,
	}
}

// jsonRules returns the grammar of a line of indented JSON, in which no token spans lines.
// https://www.rfc-editor.org/rfc/rfc8259
func jsonRules() chroma.Rules {
	return chroma.Rules{stateLineStart: {
		{Pattern: `"(\\.|[^"\\])*"(?=\s*:)`, Type: chroma.Keyword},
		{Pattern: `"(\\.|[^"\\])*"?`, Type: chroma.LiteralString},
		{Pattern: `-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null`, Type: chroma.LiteralNumber},
		{Pattern: `[^"\d\-tfn]+|.`, Type: chroma.Text},
	}}
}

// maxHighlightedLine is the maximum length of a highlighted line, in bytes. Longer lines,
// such as minified JSON, would be slow.
const maxHighlightedLine = 4 << 10

// maxCachedLines limits the cache of highlighted lines.
const maxCachedLines = 1000

// highlightLines returns a text that highlights each line when it is shown. state returns
// the lexer state for a line, given the line before it.
func highlightLines(lexer chroma.Lexer, raw string, state func(before string) string) *pager.Text {
	var lines *pager.Text
	cache := make(map[int][]text.Highlight) // most frames show the same lines
	lines = pager.NewText(raw, func(i int, line string) []text.Highlight {
		if highlights, ok := cache[i]; ok {
			return highlights
		}
		before := ""
		if i > 0 {
			before = lines.Plain(i - 1)
		}
		if len(cache) >= maxCachedLines {
			clear(cache)
		}
		cache[i] = tokenHighlights(lexer, line, state(before))
		return cache[i]
	})
	return lines
}

// dockerfile highlights a Dockerfile.
func (h highlighter) dockerfile(raw string) *pager.Text {
	return highlightLines(h.docker, raw, func(before string) string {
		before = strings.TrimSpace(before)
		if strings.HasSuffix(before, `\`) && !strings.HasPrefix(before, "#") {
			return stateContinuation
		}
		return stateLineStart
	})
}

// indentedJSON highlights JSON with one value per line.
func (h highlighter) indentedJSON(raw string) *pager.Text {
	return highlightLines(h.json, raw, func(string) string { return stateLineStart })
}

// tokenHighlights returns the highlights for the tokens of a line.
func tokenHighlights(lexer chroma.Lexer, line, state string) (found []text.Highlight) {
	if len(line) > maxHighlightedLine {
		return nil
	}
	// Iterators of package chroma panic on errors. Highlighting is not worth a crash.
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
