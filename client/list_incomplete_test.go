package client

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

// pagesOf serves a list of n snapshots with these values of total and totalPages.
func pagesOf(n int, total, totalPages string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		number, _ := strconv.Atoi(r.URL.Query().Get("page"))
		var items []string
		for i := (number - 1) * pageSize; i < min(number*pageSize, n); i++ {
			items = append(items, fmt.Sprintf(`{"id":"%d","name":"n%d"}`, i, i))
		}
		_, _ = fmt.Fprintf(w, `{"items":[%s],"total":%s,"totalPages":%s}`, strings.Join(items, ","), total, totalPages)
	}
}

func TestIncompleteLists(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		sent              int
		total, totalPages string
		want              string // "" for a complete list
	}{
		"complete":                 {8, "8", "1", ""},
		"complete, two pages":      {300, "300", "2", ""},
		"empty":                    {0, "0", "0", ""},
		"short":                    {8, "300", "1", "the server counts 300 snapshots, but sent 8"},
		"short, two pages":         {299, "300", "2", "the server counts 300 snapshots, but sent 299"},
		"short, no pages":          {8, "300", "null", "the server counts 300 snapshots, but sent 8"},
		"short, many pages":        {250, "300", "9", "the server counts 300 snapshots, but sent 250"},
		"nothing sent":             {0, "300", "2", "the server counts 300 snapshots, but sent 0"},
		"one missing":              {199, "200", "1", "the server counts 200 snapshots, but sent 199"},
		"more than counted":        {8, "5", "1", "the server counts 5 snapshots, but sent 8"},
		"more than nothing":        {8, "0", "0", "the server counts 0 snapshots, but sent 8"},
		"more than counted, pages": {450, "300", "3", "the server counts 300 snapshots, but sent 450"},
		"negative":                 {8, "-5", "1", "the server counts -5 snapshots, but sent 8"},
		"minus one":                {8, "-1", "1", "the server counts -1 snapshots, but sent 8"},
		"a million millions":       {8, "1000000000000", "5000000000", "the server counts 1000000000000 snapshots, but sent 8"},
		"in scientific notation":   {8, "1e12", "1", "the server counts 1e12 snapshots, but sent 8"},
		"a fraction":               {8, "8.5", "1", "the server counts 8.5 snapshots, but sent 8"},
		"beyond an int":            {8, "99999999999999999999999999999999", "1", "the server counts 999999999999999999999999 snapshots, but sent 8"},
		"a word":                   {8, `"many"`, "1", "the server sent no valid total, and 8 snapshots"},
		"a number as text":         {8, `"8"`, "1", "the server sent no valid total, and 8 snapshots"},
		"a list":                   {8, `[8]`, "1", "the server sent no valid total, and 8 snapshots"},
		"impossible, many pages":   {450, "-5", "3", "the server counts -5 snapshots, but sent 450"},
		"unknown":                  {8, "null", "null", ""},
		"unknown, full pages":      {450, "null", "null", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, pagesOf(tc.sent, tc.total, tc.totalPages))
			for range 2 { // the second list comes from the cache
				listing, err := c.List(t.Context(), nil)
				if err != nil || len(listing.Snapshots) != tc.sent {
					t.Fatalf("got %d snapshots, %v", len(listing.Snapshots), err)
				}
				got := ""
				if listing.Incomplete != nil {
					got = listing.Incomplete.Error()
				}
				if got != tc.want {
					t.Errorf("got %q, want %q", got, tc.want)
				}
			}
		})
	}
}

// Skipped items count as sent, and a list that changes while it is read is not called
// incomplete once nothing is missing.
func TestListsThatAreNotIncomplete(t *testing.T) {
	t.Parallel()
	c := start(t, respond(200, `{"items":[{"id":"1"},{"name":"no id"},{"id":""}],"total":3,"totalPages":1}`))
	if listing, err := c.List(t.Context(), nil); err != nil || listing.Incomplete != nil || len(listing.Skipped) != 2 {
		t.Errorf("got %+v, %v", listing, err)
	}
	for n, change := range map[string]func(*fakeList){
		"deletes": func(f *fakeList) { f.remove(f.ids[0]); f.remove(f.ids[len(f.ids)-1]) },
		"creates": func(f *fakeList) { f.insert() },
	} {
		f := newFakeList(900)
		f.before = func(n, _ int) {
			if n < 4 {
				change(f)
			}
		}
		if listing, err := start(t, f).List(t.Context(), nil); err != nil || listing.Incomplete != nil {
			t.Errorf("%s: %v, %v", n, listing.Incomplete, err)
		}
	}
}

// An item without an id costs only its row, also if it is the only one.
func TestItemsWithoutIDCostOnlyTheirRow(t *testing.T) {
	t.Parallel()
	for items, rows := range map[string]int{
		`{"name":"a"}`: 0, `{"id":7}`: 0, `{"id":null}`: 0, `{"name":"a"},{"name":"b"}`: 0, `{"id":"1"},{}`: 1, `{},{"id":"1"}`: 1,
	} {
		total := 1 + strings.Count(items, "},{")
		c := start(t, respond(200, fmt.Sprintf(`{"items":[%s],"total":%d,"totalPages":1}`, items, total)))
		listing, err := c.List(t.Context(), nil)
		if err != nil || len(listing.Snapshots) != rows || len(listing.Skipped) != total-rows || listing.Incomplete != nil {
			t.Errorf("%s: got %+v, %v", items, listing, err)
			continue
		}
		if !errors.Is(listing.Skipped[0], model.ErrNoID) {
			t.Errorf("%s: %v", items, listing.Skipped)
		}
	}
}
