package demo_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
)

type page struct {
	Items                   []row
	Total, Page, TotalPages int
}

func TestListErrors(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	const badSort = "sort must be one of the following values: name, state, lastUsedAt, createdAt"
	const badOrder = "order must be one of the following values: asc, desc"
	for query, want := range map[string]string{
		"limit=201":        "limit must not be greater than 200",
		"limit=500":        "limit must not be greater than 200",
		"limit=0":          "limit must not be less than 1",
		"page=0":           "page must not be less than 1",
		"page=abc":         "page must be an integer number, page must not be less than 1",
		"limit=1.5":        "limit must be an integer number",
		"sort=size":        badSort,
		"order=DESC":       badOrder,
		"page=&limit=":     "page must not be less than 1, limit must not be less than 1",
		"name[]=a&limit=1": "name must be a string",
		"name=a&name=b":    "name must be a string",
		"sort=size&order=up&limit=500&page=-1": "page must not be less than 1, limit must not be greater than 200, " +
			badSort + ", " + badOrder,
	} {
		a := srv.get("/api/snapshots?" + query)
		f := decode[errorBody](t, a)
		if a.status != http.StatusBadRequest || f.Message != want {
			t.Errorf("%s: %d %q, want %q", query, a.status, f.Message, want)
		}
		if f.Path != "/api/snapshots?"+query || f.Error != "Bad Request" || f.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %+v", query, f)
		}
	}
}

type errorBody struct {
	Path, Timestamp, Error, Message string
	StatusCode                      int
}

func TestListPages(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	for query, want := range map[string]page{
		"":                               {Total: 120, Page: 1, TotalPages: 2},
		"limit=200":                      {Total: 120, Page: 1, TotalPages: 1},
		"limit=1&page=0x2":               {Total: 120, Page: 2, TotalPages: 120},
		"page=9999&limit=100":            {Total: 120, Page: 9999, TotalPages: 2},
		"name=zzzzzz":                    {Total: 0, Page: 1, TotalPages: 0},
		"state=active&foo=bar&limit=100": {Total: 120, Page: 1, TotalPages: 2},
		"name=&limit=100":                {Total: 120, Page: 1, TotalPages: 2},
		"name=%25":                       {Total: 120, Page: 1, TotalPages: 2},
		"name=_":                         {Total: 120, Page: 1, TotalPages: 2},
		"name=DAYTONA-":                  {Total: 3, Page: 1, TotalPages: 1},
		"name=node-2_-agents":            {Total: 3, Page: 1, TotalPages: 1},
	} {
		got := decode[page](t, srv.get("/api/snapshots?"+query))
		if got.Total != want.Total || got.Page != want.Page || got.TotalPages != want.TotalPages {
			t.Errorf("%s: total %d page %d of %d, want %+v", query, got.Total, got.Page, got.TotalPages, want)
		}
	}
	if got := string(srv.get("/api/snapshots?page=9999&limit=100").body); got != `{"items":[],"total":120,"page":9999,"totalPages":2}` {
		t.Error(got)
	}
	if got := string(srv.get("/api/snapshots?name=zzzzzz").body); got != `{"items":[],"total":0,"page":1,"totalPages":0}` {
		t.Error(got)
	}
}

func TestListOrder(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{Size: 500})
	states := []string{"pending", "pulling", "active", "inactive", "building", "error", "build_failed", "removing", "snapshotting"}
	compare := map[string]func(a, b row) int{
		"name":      func(a, b row) int { return strings.Compare(a.Name, b.Name) },
		"state":     func(a, b row) int { return slices.Index(states, a.State) - slices.Index(states, b.State) },
		"createdAt": func(a, b row) int { return a.CreatedAt.Compare(b.CreatedAt) },
		"lastUsedAt": func(a, b row) int {
			if a.LastUsedAt == nil || b.LastUsedAt == nil {
				return 0
			}
			return a.LastUsedAt.Compare(*b.LastUsedAt)
		},
	}
	for field, cmp := range compare {
		for _, order := range []string{"asc", "desc"} {
			var rows []row
			for n := 1; n <= 3; n++ {
				rows = append(rows, decode[page](t, srv.get(fmt.Sprintf("/api/snapshots?limit=200&page=%d&sort=%s&order=%s", n, field, order))).Items...)
			}
			if len(rows) != 500 {
				t.Fatalf("%d rows", len(rows))
			}
			for i := 1; i < len(rows); i++ {
				c := cmp(rows[i-1], rows[i])
				if order == "desc" {
					c = -c
				}
				if wrong := orderError(rows[i-1], rows[i], c, field == "lastUsedAt"); wrong != "" {
					t.Fatalf("%s %s: %s before %s: %s", field, order, rows[i-1].Name, rows[i].Name, wrong)
				}
			}
		}
	}
}

// orderError returns why a must not come before b. c is the comparison of the sort field.
func orderError(a, b row, c int, byUse bool) string {
	switch {
	case a.General != b.General:
		if a.General {
			return "general snapshots come last"
		}
		return ""
	case byUse && (a.LastUsedAt == nil) != (b.LastUsedAt == nil):
		if a.LastUsedAt == nil {
			return "nulls come last"
		}
		return ""
	case c > 0:
		return "wrong order of the field"
	case c == 0 && a.CreatedAt.Before(b.CreatedAt):
		return "the newer snapshot comes first"
	}
	return ""
}

func TestConditionalGet(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	a := srv.get("/api/snapshots?limit=2")
	tag := a.header.Get("Etag")
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatal(tag)
	}
	b := srv.get("/api/snapshots?limit=2", "If-None-Match: "+tag)
	if b.status != http.StatusNotModified || len(b.body) != 0 || b.header.Get("Etag") != tag ||
		b.header.Get("X-Daytona-Api-Version") != "0.190.0" || b.header.Get("Content-Type") != "" {
		t.Errorf("got %d %q %v", b.status, b.body, b.header)
	}
	srv.Advance(4e9)
	srv.Advance(60e9) // a sandbox was started
	if c := srv.get("/api/snapshots?limit=2", "If-None-Match: "+tag); c.status != http.StatusOK {
		t.Error("304 although the list has changed")
	}
	if c := srv.get("/api/nope", "If-None-Match: *"); c.status != http.StatusNotFound {
		t.Error("an error became", c.status)
	}
}

// The regions of a snapshot are the same in every answer, and their order is not.
func TestRegionsHaveNoOrder(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	list := func(query string) map[string][]string {
		regions := map[string][]string{}
		for _, r := range decode[page](t, srv.get("/api/snapshots?limit=200"+query)).Items {
			regions[r.ID] = r.RegionIDs
		}
		return regions
	}
	byUse, again, byName := list(""), list(""), list("&sort=name&order=asc")
	several, other, otherByName, otherFirst := 0, 0, 0, 0
	for id, regions := range byUse {
		if len(regions) < 2 {
			continue
		}
		several++
		single := decode[row](t, srv.get("/api/snapshots/"+id)).RegionIDs
		if !slices.Equal(regions, again[id]) {
			t.Errorf("the same call had another order: %v, %v", regions, again[id])
		}
		if !slices.Equal(slices.Sorted(slices.Values(regions)), slices.Sorted(slices.Values(single))) {
			t.Errorf("other regions: %v, %v", regions, single)
		}
		if !slices.Equal(regions, single) {
			other++
		}
		if regions[0] != single[0] {
			otherFirst++
		}
		if !slices.Equal(regions, byName[id]) {
			otherByName++
		}
	}
	if several < 10 || other < several/3 || otherFirst == 0 || otherByName == 0 {
		t.Errorf("of %d with several regions %d have another order by id, %d another first one, %d another order by name", several, other, otherFirst, otherByName)
	}
}

func TestSourceSandboxFilter(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	all := decode[page](t, srv.get("/api/snapshots?limit=200"))
	i := slices.IndexFunc(all.Items, func(r row) bool { return r.SourceSandboxID != nil })
	if i < 0 {
		t.Fatal("no snapshot was taken from a sandbox")
	}
	want := all.Items[i]
	for query, total := range map[string]int{
		"sourceSandboxId=" + *want.SourceSandboxID:                        1,
		"sourceSandboxId=" + *want.SourceSandboxID + "&name=" + want.Name: 1,
		"sourceSandboxId=" + *want.SourceSandboxID + "&name=zzzzzz":       0,
		"sourceSandboxId=other":                                           0,
		"sourceSandboxId=":                                                len(all.Items),
	} {
		got := decode[page](t, srv.get("/api/snapshots?limit=200&"+query))
		if got.Total != total || len(got.Items) != total || total == 1 && got.Items[0].ID != want.ID {
			t.Errorf("%s: %d of %d, want %d", query, len(got.Items), got.Total, total)
		}
	}
	if a := srv.get("/api/snapshots?sourceSandboxId=a&sourceSandboxId=b"); a.status != http.StatusBadRequest {
		t.Errorf("two values: %d", a.status)
	}
}
