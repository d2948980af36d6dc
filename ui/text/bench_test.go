package text

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"

	"github.com/muesli/termenv"
)

// dashboardFrame returns a screen like that of the dashboard: a table with about ten
// spans per row and one selected row, a rule, a detail pane.
func dashboardFrame(w, h int) []Line {
	states := []struct {
		text Safe
		role theme.Role
	}{{Lit("✗ build failed"), theme.Failed}, {Lit("◐ building"), theme.Building}, {Lit("✓ active"), theme.Active}, {Lit("○ inactive"), theme.Inactive}}
	source := Pane(strings.Repeat("RUN apt-get update && apt-get install -y git \\\n", h), theme.Text, Highlight{0, 3, theme.Keyword})
	lines := make([]Line, 0, h)
	for y := range h {
		state := states[y%len(states)]
		row := Join(
			Lit("   ").As(theme.Text),
			Styled("node-20-agents-canary", theme.Text, []int{0, 1, 5, 6}).Fit(24), Lit(" ").As(theme.Text),
			state.text.As(state.role).Fit(14), Lit(" ").As(theme.Text),
			Cell("daytona-3fa2…e91c:daytona").As(theme.Dim).Fit(35), Lit(" ").As(theme.Text),
			Cell("us eu ap").As(theme.Dim).Fit(9), Lit(" ").As(theme.Text),
			Sprintf("%dm", y).As(theme.Dim).Right(5), Lit(" ").As(theme.Text),
			Lit("☾ 2d").As(theme.Warning).Right(6),
		)
		if y == h/2 {
			row = row.On(theme.Selected)
		}
		lines = append(lines, Join(row.Fit(108), Lit("│ ").As(theme.Line), source[y]))
	}
	return Block(lines, w, h)
}

func BenchmarkPaint(b *testing.B) {
	lines := dashboardFrame(200, 50)
	for name, th := range map[string]theme.Theme{
		"true colour": darkTheme(termenv.TrueColor, theme.Unicode),
		"NO_COLOR":    darkTheme(termenv.Ascii, theme.Unicode),
		"ASCII":       darkTheme(termenv.TrueColor, theme.ASCII),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = len(Paint(th, lines))
			}
			b.ReportMetric(float64(n), "B/frame")
		})
	}
}

// BenchmarkFrame measures this package's part of a frame: cells, columns, block, paint.
func BenchmarkFrame(b *testing.B) {
	th := darkTheme(termenv.TrueColor, theme.Unicode)
	b.ReportAllocs()
	for b.Loop() {
		Paint(th, dashboardFrame(200, 50))
	}
}

func BenchmarkCell(b *testing.B) {
	for name, raw := range map[string]string{
		"ascii 24 B":    "node-20-agents-canary-24",
		"ascii 4 KiB":   strings.Repeat("x", cellLimit),
		"glyph":         "✓ active",
		"ellipsis 25 B": "daytona-3fa2…e91c:daytona",
		"wide 24 B":     "世界你好世界你好",
		"escapes":       "\x1b[31mnode\x1b[0m",
		"hostile 4 KiB": strings.Repeat("e\u0301\u0302\u0303\u0304\u0305\u202e", 4096/13),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Cell(raw)
			}
		})
	}
}

func BenchmarkPane(b *testing.B) {
	for name, line := range map[string]string{
		"dockerfile": "RUN apt-get update && apt-get install -y --no-install-recommends \\\n",
		"json":       "\t\t\"name\": \"node-20-agents\",\n",
		"colours":    "#9 12.3 \x1b[32madded\x1b[0m 120 packages in 4s\n",
		"hostile":    strings.Repeat("\u0301", 40) + "\u202e\x1b\xff\n",
		"one stack":  strings.Repeat("\u0301", 200),
	} {
		b.Run(name, func(b *testing.B) {
			raw := strings.Repeat(line, 1<<20/len(line))
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				Pane(raw, theme.Text)
			}
		})
	}
}

func BenchmarkFit(b *testing.B) {
	for name, s := range map[string]string{"pad": "node-20", "cut": "payments-node-20-agents-canary", "cut wide": "世界你好世界你好"} {
		b.Run(name, func(b *testing.B) {
			l := Cell(s).As(theme.Text)
			b.ReportAllocs()
			for b.Loop() {
				l.Fit(12)
			}
		})
	}
}

func BenchmarkWrap(b *testing.B) {
	l := Pane(strings.Repeat("a long line of a log with words and \x1b[31mcolours\x1b[0m ", 1<<20/50), theme.Text)[0]
	b.ReportAllocs()
	for b.Loop() {
		l.Wrap(100)
	}
}
