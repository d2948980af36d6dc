package pager

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// bracketed returns the lines of a source, each in brackets.
func bracketed(src Source) string {
	var b strings.Builder
	for i := range src.Len() {
		b.WriteString("[" + src.Line(i).String() + "]\n")
	}
	return b.String()
}

// However a text is split between calls of Append, its lines are those of text.Pane,
// and a search sees the text that is drawn.
func TestTextAgreesWithPane(t *testing.T) {
	pieces := rapid.SliceOf(rapid.StringOf(rapid.SampledFrom([]rune("ab \t\r\n\n\x1bä日\u202e\u0301"))))
	rapid.Check(t, func(t *rapid.T) {
		chunks := pieces.Draw(t, "chunks")
		src := NewText("", nil)
		for _, chunk := range chunks {
			// Split within characters too, as streams do.
			at := rapid.IntRange(0, len(chunk)).Draw(t, "at")
			src.Append(chunk[:at])
			src.Append(chunk[at:])
		}
		whole := strings.Join(chunks, "")
		want := bracketed(Lines(text.Pane(whole, theme.Text)))
		if got := bracketed(src); got != want {
			t.Fatalf("%q: got\n%swant\n%s", whole, got, want)
		}
		for i := range src.Len() {
			if got, want := src.Plain(i), src.Line(i).String(); got != want {
				t.Fatalf("line %d is drawn as %q, but searched as %q", i, want, got)
			}
		}
	})
}

func TestTextHighlightsRequestedLinesOnly(t *testing.T) {
	highlighted := map[int]string{}
	src := NewText("FROM a\nRUN b\nRUN c\n", func(i int, raw string) []text.Highlight {
		highlighted[i] = raw
		return []text.Highlight{{To: len(raw), Role: theme.Keyword}}
	})
	src.Append("RUN d")
	if got := src.Line(1); got.String() != "RUN b" || got[0].Role != theme.Keyword {
		t.Errorf("got %v", got)
	}
	_ = src.Plain(2)
	if diff := cmp.Diff(map[int]string{1: "RUN b"}, highlighted); diff != "" {
		t.Errorf("highlighted: -want +got:\n%s", diff)
	}
}

// A search sees the formatted text.
func TestFormattedText(t *testing.T) {
	src := NewFormatted(func(raw string) text.Line {
		return text.Cell(strings.ReplaceAll(raw, "<b>", "")).As(theme.Text)
	})
	src.Append("er<b>ror\nb")
	src.Append("<b>old\n")
	if diff := cmp.Diff("[error]\n[bold]\n", bracketed(src)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	p := new(Pager)
	p.SetSize(10, 2)
	p.SetSource(src)
	for literal, want := range map[string]int{"error": 1, "bold": 1, "<b>": 0} {
		if n := p.Search(literal); n != want {
			t.Errorf("%q has %d matches, want %d", literal, n, want)
		}
	}
}

func TestAppendDoesNotCopyTheOpenLine(t *testing.T) {
	const pieces = 10_000
	src := NewText("", nil)
	allocations := testing.AllocsPerRun(1, func() {
		for range pieces {
			src.Append("working ")
		}
	})
	if allocations > pieces/10 {
		t.Errorf("%v allocations for %d calls of Append", allocations, pieces)
	}
}
