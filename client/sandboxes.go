package client

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"daytona/snapdeck/model"
)

const (
	// maxSandboxNames is how many names of snapshots one request may have; the server
	// refuses more.
	maxSandboxNames = 20
	// maxSandboxRequests bounds one call of [Client.Sandboxes].
	maxSandboxRequests = 100
)

var errBadSandboxes = errors.New("not a list of sandboxes")

// Sandboxes returns which sandboxes use the snapshots with the names, an entry for each name.
// The names are exact. For more than 20 names it reads all sandboxes, unless asking by name
// takes fewer requests. It does not wait for the budget of polling ([Client.Budget]): it stops
// when one call has used half of the budget, or all requests together the whole of it.
//
// After an error, the use of each snapshot with an incomplete list is unknown, because a
// missing sandbox would look like an unused snapshot. The entry has what was read.
func (c *Client) Sandboxes(ctx context.Context, names ...string) (map[string]model.Use, error) {
	names = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(names))), func(name string) bool { return name == "" })
	f := sandboxFetch{client: c, found: make(map[string]model.Sandbox), left: min(maxSandboxRequests, max(c.budget().Requests/2, 1))}
	complete, err := f.fetch(ctx, names)
	return f.uses(names, complete, err), err
}

// sandboxFetch is one call of [Client.Sandboxes].
type sandboxFetch struct {
	client *Client
	found  map[string]model.Sandbox // by id
	left   int                      // requests that it may send
}

// fetch reads the sandboxes, and returns the names of the snapshots with a complete list.
func (f *sandboxFetch) fetch(ctx context.Context, names []string) (complete []string, err error) {
	chunks := (len(names) + maxSandboxNames - 1) / maxSandboxNames
	if chunks > 1 {
		ended, err := f.list(ctx, nil, min(chunks, f.left))
		if err != nil {
			return nil, err
		}
		if ended && !f.nameless() {
			return names, nil
		}
		// Those without a name may all be created from images.
		maps.DeleteFunc(f.found, func(_ string, s model.Sandbox) bool { return s.Snapshot == "" })
	}
	for chunk := range slices.Chunk(names, maxSandboxNames) {
		ended, err := f.list(ctx, chunk, f.left)
		if err != nil {
			return complete, err
		}
		if !ended {
			return complete, f.client.unsentError(model.TooLarge, "too many sandboxes to count within the request budget")
		}
		if f.nameless() {
			return complete, f.client.unsentError(model.NotTheAPI, "the list of sandboxes does not name their snapshots")
		}
		complete = append(complete, chunk...)
	}
	return complete, nil
}

// nameless reports whether there are sandboxes, but none with the name of its snapshot. Only
// sandboxes that were created from an image have none, and a request by name finds none of them.
func (f *sandboxFetch) nameless() bool {
	for _, s := range f.found {
		if s.Snapshot != "" {
			return false
		}
	}
	return len(f.found) > 0
}

// list reads at most a number of pages, of all snapshots if there are no names. It reports
// whether it came to the end.
func (f *sandboxFetch) list(ctx context.Context, names []string, pages int) (ended bool, err error) {
	// Sorted by last activity, the default, pages lose sandboxes without one.
	query := url.Values{"limit": {strconv.Itoa(pageSize)}, "sort": {"name"}, "order": {"asc"}, "snapshots": names}
	seen := make(map[string]bool) // cursors
	for range pages {
		f.left--
		next, err := f.page(ctx, query)
		if err != nil || next == "" {
			return err == nil, err
		}
		if seen[next] {
			return false, f.client.unsentError(model.NotTheAPI, "the pages of the list of sandboxes repeat")
		}
		seen[next] = true
		query.Set("cursor", next)
	}
	return false, nil
}

// page reads one page, and returns the cursor of the next one, "" on the last.
func (f *sandboxFetch) page(ctx context.Context, query url.Values) (next string, err error) {
	c := f.client
	if err := c.budgetLeft(); err != nil {
		return "", err
	}
	req := request{method: http.MethodGet, path: "/sandbox?" + query.Encode(), retry: true}
	res, err := c.do(ctx, req)
	if err != nil {
		return "", missingEndpoint(err, "this server has no list of sandboxes")
	}
	// Other properties are not decoded: older servers send env, which has secrets.
	type item struct {
		ID             model.Optional[string] `json:"id"`
		Name           model.Optional[string] `json:"name"`
		State          model.Optional[string] `json:"state"`
		Snapshot       model.Optional[string] `json:"snapshot"`
		Target         model.Optional[string] `json:"target"`
		LastActivityAt model.OptionalTime     `json:"lastActivityAt"`
	}
	list, err := decodeJSON[struct {
		Items []item                 `json:"items"`
		Next  model.Optional[string] `json:"nextCursor"`
	}](c, req, res)
	if err != nil {
		return "", err
	}
	bad := list.Items == nil || list.Next.Presence == model.Unreadable
	for _, i := range list.Items {
		if i.ID.Value == "" || i.State.Value == "" || i.Snapshot.Presence == model.Unreadable {
			bad = true
			continue
		}
		s := model.Sandbox{
			ID: i.ID.Value, Name: cmp.Or(i.Name.Value, i.ID.Value), State: i.State.Value, Snapshot: i.Snapshot.Value,
			RegionID: i.Target.Value, LastActivityAt: i.LastActivityAt,
		}
		if old, again := f.found[s.ID]; !again || !old.InUse() {
			f.found[s.ID] = s
		}
	}
	if bad {
		return "", c.decodeError(req, res, errBadSandboxes)
	}
	return list.Next.Value, nil
}

// uses returns the result for each of the sorted names.
func (f *sandboxFetch) uses(names, complete []string, err error) map[string]model.Use {
	uses := make(map[string]model.Use, len(names))
	now := f.client.now()
	for _, name := range names {
		use := model.Use{Known: true, At: now}
		if _, known := slices.BinarySearch(complete, name); !known {
			use.Known = false
			use.Reason = reasonOf(err)
		}
		uses[name] = use
	}
	byName := func(x, y model.Sandbox) int {
		return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.ID, y.ID))
	}
	for _, s := range slices.SortedFunc(maps.Values(f.found), byName) {
		if use, asked := uses[s.Snapshot]; asked {
			use.Sandboxes = append(use.Sandboxes, s)
			uses[s.Snapshot] = use
		}
	}
	return uses
}

// reasonOf returns the message and remedy of an error without the host, "" for none.
func reasonOf(err error) string {
	if err == nil {
		return ""
	}
	e := *model.AsError(err, "")
	e.Host = ""
	return e.Error()
}

// budgetLeft returns an error if the budget of polling has no request left.
func (c *Client) budgetLeft() error {
	if b := c.Budget(); b.Used(c.now()) >= b.Requests || requestBudget(c.Rate()) == 0 {
		return c.unsentError(model.RateLimited, "the request budget is used up")
	}
	return nil
}

// unsentError returns an error about a request that was not sent.
func (c *Client) unsentError(code model.ErrorCode, message string) *model.Error {
	return &model.Error{Code: code, Host: c.host(request{}), Message: message}
}

// missingEndpoint replaces the message of a 404: the server is older than the endpoint.
func missingEndpoint(err error, message string) error {
	e, ok := errors.AsType[*model.Error](err)
	if !ok || e.Status != http.StatusNotFound {
		return err
	}
	missing := *e
	missing.Message, missing.Remedy = fmt.Sprintf("%s (404)", message), ""
	return &missing
}
