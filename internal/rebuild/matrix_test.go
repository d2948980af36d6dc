package rebuild_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
)

// matrix is a table of trials and outcomes, printed with -v.
type matrix struct {
	mu      sync.Mutex
	rows    []string // in order of appearance
	columns []string
	cells   map[[2]string]map[string]int
}

// add counts one trial.
func (m *matrix) add(row, column, outcome string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cells == nil {
		m.cells = make(map[[2]string]map[string]int)
	}
	if !slices.Contains(m.rows, row) {
		m.rows = append(m.rows, row)
	}
	if !slices.Contains(m.columns, column) {
		m.columns = append(m.columns, column)
	}
	key := [2]string{row, column}
	if m.cells[key] == nil {
		m.cells[key] = make(map[string]int)
	}
	m.cells[key][outcome]++
}

func (m *matrix) print(t *testing.T, title string) {
	t.Helper()
	lines := []string{"\t" + strings.Join(m.columns, "\t")}
	trials := 0
	for _, row := range m.rows {
		line := row
		for _, column := range m.columns {
			var outcome []string
			for what, n := range m.cells[[2]string{row, column}] {
				outcome = append(outcome, fmt.Sprintf("%s ×%d", what, n))
				trials += n
			}
			slices.Sort(outcome)
			line += "\t" + strings.Join(outcome, ", ")
		}
		lines = append(lines, line)
	}
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	if _, err := table.Write([]byte(strings.Join(lines, "\n") + "\n")); err != nil {
		t.Fatal(err)
	}
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s, %d trials:\n%s", title, trials, out.String())
}
