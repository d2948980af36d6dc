package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
)

func TestTheArrowIsWhereTheOrderIs(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.sees(h.heading(row.ColumnState) + " ▼")
	h.press("/")
	h.typ("node")
	h.sees("best match first")
	h.misses("▼")
	h.press("enter", "s", "g", "enter")
	h.sees("sorted by best match while the filter has words, else by name")
	h.misses("▼")
	h.press("esc")
	h.sees(h.heading(row.ColumnName) + " ▼")
}

func TestANoteOfAKeyGoesWithTheNextKey(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	key := h.freeKey()
	h.press(key)
	h.sees(key + " is not bound here")
	h.press("j")
	h.misses("is not bound here")
	h.app.toast.Show(dialog.Failed, "the server refused it", h.clock.now)
	h.press("k")
	h.sees("the server refused it")
}

func TestUnknownStatesAreOneNumberWithoutWords(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.handler = newBroken(status(200, `{"items":[{"id":"1","name":"a","state":"thawing_slowly"},{"id":"2","name":"b","state":"thawing_slowly"},
			{"id":"3","name":"c","state":"melting_for_a_while"}],"total":3}`)).over
	})
	h.sees("? 2 thawing slowly", "? 1 melting")
	h.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	if counts := strings.Split(h.screen(), "\n")[1]; !strings.Contains(counts, "? 3") || strings.Contains(counts, "? 2") {
		t.Fatalf("the counts are %q", counts)
	}
}

// Above some thousand rows, sorting runs outside the loop, which continues to apply data:
// an order must come from one state, even if newer data arrives.
func TestASortKnowsNothingThatIsLearnedLater(t *testing.T) {
	long(t)
	t.Parallel()
	var used []*model.Snapshot
	for i := range 4000 {
		used = append(used, decoded(t, i, time.Duration(i)*time.Second))
	}
	for _, column := range row.SortColumns() {
		t.Run(column, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			h.fill(len(used))
			a := h.app
			a.order, a.shown.Order = row.Sort{Column: column}, row.Order{}
			want := slices.SortedFunc(slices.Values(a.state.Data.Store.All()), a.state.Comparator(a.order))
			sort := a.derive()
			if sort == nil {
				t.Fatal("4,000 rows are sorted in the loop")
			}
			store, changes := a.state.Data.Store.Apply(used)
			a.state.SetData(a.state.Data.With(store), changes)
			a.state.Organization.DeactivationTimeout = time.Hour
			if msg := h.carry(sort).(derivedMsg); !slices.Equal(msg.Rows, want) {
				t.Fatal("the order is not that of the state in which it was asked for")
			}
		})
	}
}

// fill gives the dashboard n snapshots that the server has not, which is much faster
// than to read them. The higher the number, the longer unused.
func (h *harness) fill(n int) {
	h.t.Helper()
	rows := make([]*model.Snapshot, n)
	for i := range rows {
		rows[i] = decoded(h.t, i, -time.Duration(i)*time.Minute)
	}
	store, _ := model.NewStore().Apply(rows)
	h.run(h.app.setData(row.NewDataset().With(store), nil))
}

// decoded is an active snapshot that was used at some time after the start. One of
// ten has a same-ref snapshot, and one of ten no region.
func decoded(t testing.TB, i int, used time.Duration) *model.Snapshot {
	t.Helper()
	ref, regions := i, `["eu","us"]`
	switch i % 10 {
	case 0:
		regions = `[]`
	case 9:
		ref--
	}
	s, err := model.Decode(fmt.Appendf(nil, `{"id":"%08d-0000-4000-8000-000000000000","name":"node-%d","state":"active",`+
		`"ref":"registry/daytona-%064x:daytona","regionIds":%s,"lastUsedAt":%q}`, i, i, ref, regions, start.Add(used).Format(time.RFC3339)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// heading is what stands over a column of the table.
func (h *harness) heading(id string) string {
	h.t.Helper()
	for _, c := range row.Columns(&h.app.state.ViewState) {
		if c.ID == id {
			return c.Title.String()
		}
	}
	h.t.Fatalf("there is no column %s", id)
	return ""
}
