package pager

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// drawn returns all lines of a source, one a line of the result, between brackets.
func drawn(src Source) string {
	var b strings.Builder
	for i := range src.Len() {
		b.WriteString("[" + src.Line(i).String() + "]\n")
	}
	return b.String()
}

func TestText(t *testing.T) {
	tests := []struct {
		name string
		raw  string
		want string
	}{
		{"nothing", "", ""},
		{"a line feed at the end starts no line", "a\nb\n", "[a]\n[b]\n"},
		{"without one the last line is as good", "a\nb", "[a]\n[b]\n"},
		{"empty lines", "\n\na\n\n", "[]\n[]\n[a]\n[]\n"},
		{"Windows", "a\r\nb\r\n", "[a]\n[b]\n"},
		{"a lone carriage return is shown", "a\rb\r", "[a^Mb^M]\n"},
		{"escapes are shown", "\x1b[2Ja\u202e", "[^[[2Ja<U+202E>]\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, drawn(NewText(tt.raw, nil))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// In whatever pieces a text comes, its lines are those that text.Pane shows of the
// whole, and what a search sees of them is what is drawn.
func TestTextIsThePaneOfTheWhole(t *testing.T) {
	pieces := rapid.SliceOf(rapid.StringOf(rapid.SampledFrom([]rune("ab \t\r\n\n\x1bä日\u202e\u0301"))))
	rapid.Check(t, func(t *rapid.T) {
		chunks := pieces.Draw(t, "chunks")
		src := NewText("", nil)
		for _, chunk := range chunks {
			// Cut within a character too: streams do.
			at := rapid.IntRange(0, len(chunk)).Draw(t, "at")
			src.Append(chunk[:at])
			src.Append(chunk[at:])
		}
		whole := strings.Join(chunks, "")
		want := drawn(Lines(text.Pane(whole, theme.Text)))
		if got := drawn(src); got != want {
			t.Fatalf("%q: got\n%swant\n%s", whole, got, want)
		}
		for i := range src.Len() {
			if got, want := src.Plain(i), src.Line(i).String(); got != want {
				t.Fatalf("line %d is drawn as %q and searched as %q", i, want, got)
			}
		}
	})
}

func TestTextPaintsWhatIsSeen(t *testing.T) {
	painted := map[int]string{}
	src := NewText("FROM a\nRUN b\nRUN c\n", func(i int, raw string) []text.Highlight {
		painted[i] = raw
		return []text.Highlight{{To: len(raw), Role: theme.Keyword}}
	})
	src.Append("RUN d")
	if got := src.Line(1); got.String() != "RUN b" || got[0].Role != theme.Keyword {
		t.Errorf("got %v", got)
	}
	_ = src.Plain(2)
	if diff := cmp.Diff(map[int]string{1: "RUN b"}, painted); diff != "" {
		t.Errorf("painted: -want +got:\n%s", diff)
	}
}

// What is shown may be another text than what came. A search finds what is shown.
func TestShownIsSearchedAsItIsDrawn(t *testing.T) {
	src := NewFormatted(func(raw string) text.Line {
		return text.Cell(strings.ReplaceAll(raw, "<b>", "")).As(theme.Text)
	})
	src.Append("er<b>ror\nb")
	src.Append("<b>old\n")
	if diff := cmp.Diff("[error]\n[bold]\n", drawn(src)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	p := new(Pager)
	p.SetSize(10, 2)
	p.SetSource(src)
	for literal, want := range map[string]int{"error": 1, "bold": 1, "<b>": 0} {
		if n := p.Search(literal); n != want {
			t.Errorf("%q is found %d times, want %d", literal, n, want)
		}
	}
}

// A line that goes on for long must not be copied for every piece of it.
func TestALongLineIsNotCopiedForEachPiece(t *testing.T) {
	const pieces = 10_000
	src := NewText("", nil)
	allocations := testing.AllocsPerRun(1, func() {
		for range pieces {
			src.Append("working ")
		}
	})
	if allocations > pieces/10 {
		t.Errorf("%v allocations for %d pieces", allocations, pieces)
	}
}
