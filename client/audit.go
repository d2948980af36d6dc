package client

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"daytona/snapdeck/model"
)

const (
	// maxAuditPages bounds one call of [Client.Audit]: 1,000 entries about anything.
	maxAuditPages = 5
	// maxAuditText bounds each text of an entry that is kept, in bytes.
	maxAuditText = 500
	// The visible parts of a key are at most as long as in the Daytona dashboard.
	maxKeyPrefix = 8
	maxKeySuffix = 4
)

// Audit returns the newest entries of an organization's audit log that are about snapshots.
// known is what an earlier call returned: reading stops where that begins. It reads at most
// 1,000 entries, uses at most half of the budget of polling ([Client.Budget]) and does not
// wait for it. With an error it returns what is known or was read.
//
// Older servers ignore filters, so it reads all entries and selects those about snapshots.
func (c *Client) Audit(ctx context.Context, organizationID string, known model.AuditLog) (model.AuditLog, error) {
	f := auditFetch{client: c, organization: organizationID, known: known, seen: make(map[string]bool)}
	pages := min(maxAuditPages, max(c.budget().Requests/2, 1))
	for page := 1; page <= pages; page++ {
		ended, err := f.read(ctx, page)
		switch {
		case err != nil && known.Newest != "":
			return known, err
		case err != nil || ended:
			return f.log, err
		}
	}
	return f.log, nil
}

// auditFetch is one call of [Client.Audit].
type auditFetch struct {
	client       *Client
	organization string
	known        model.AuditLog
	log          model.AuditLog
	seen         map[string]bool // ids: entries move to later pages while the log is read
}

// auditItem is an entry as the server sends it. The rest of the metadata is not kept: a
// create has the whole Dockerfile.
type auditItem struct {
	ID           model.Optional[string] `json:"id"`
	ActorID      model.Optional[string] `json:"actorId"`
	ActorEmail   model.Optional[string] `json:"actorEmail"`
	KeyPrefix    model.Optional[string] `json:"actorApiKeyPrefix"`
	KeySuffix    model.Optional[string] `json:"actorApiKeySuffix"`
	Action       model.Optional[string] `json:"action"`
	TargetType   model.Optional[string] `json:"targetType"`
	TargetID     model.Optional[string] `json:"targetId"`
	StatusCode   model.Optional[int]    `json:"statusCode"`
	ErrorMessage model.Optional[string] `json:"errorMessage"`
	CreatedAt    model.OptionalTime     `json:"createdAt"`
	Metadata     model.Optional[struct {
		Body model.Optional[struct {
			Name model.Optional[string] `json:"name"`
		}] `json:"body"`
	}] `json:"metadata"`
}

// read reads one page, and reports whether the log is complete or has reached the known part.
func (f *auditFetch) read(ctx context.Context, page int) (ended bool, err error) {
	c := f.client
	if err := c.budgetLeft(); err != nil {
		return false, err
	}
	req := request{
		method: http.MethodGet, retry: true, permission: model.PermissionAudit,
		path: fmt.Sprintf("/audit/organizations/%s?limit=%d&page=%d", url.PathEscape(f.organization), pageSize, page),
	}
	res, err := c.do(ctx, req)
	if err != nil {
		return false, missingEndpoint(err, "this server has no audit log")
	}
	list, err := decodeJSON[struct {
		Items      model.Optional[[]model.Optional[auditItem]] `json:"items"`
		TotalPages model.Optional[int]                         `json:"totalPages"`
	}](c, req, res)
	if err != nil {
		return false, err
	}
	items, ok := list.Items.Get()
	if !ok {
		return false, c.decodeError(req, res, errNoItems)
	}
	added, met := f.add(items)
	last := list.TotalPages.Or(page)
	if list.TotalPages.Presence != model.Present && len(items) >= pageSize {
		last = page + 1
	}
	switch {
	case met:
		f.log = f.log.WithOlder(f.known)
	case page >= last || len(items) == 0:
		f.log.Complete = true
	case added == 0:
		return true, nil // the server repeats a page
	default:
		return false, nil
	}
	return true, nil
}

// add adds the entries of a page. It returns how many are new, and whether it reached the
// newest known one.
func (f *auditFetch) add(items []model.Optional[auditItem]) (added int, met bool) {
	for _, item := range items {
		i, ok := item.Get()
		if !ok || i.ID.Value == "" || len(i.ID.Value) > maxAuditText || f.seen[i.ID.Value] {
			continue
		}
		if i.ID.Value == f.known.Newest {
			return added, true
		}
		f.seen[i.ID.Value] = true
		added++
		f.log.Newest = cmp.Or(f.log.Newest, i.ID.Value)
		if at, ok := i.CreatedAt.Get(); ok && (f.log.Since.IsZero() || at.Before(f.log.Since)) {
			f.log.Since = at
		}
		if entry, ok := f.client.auditEntry(i); ok {
			f.log.Entries = append(f.log.Entries, entry)
		}
	}
	return added, false
}

// auditEntry returns an entry, and false if it is not about a snapshot.
func (c *Client) auditEntry(i auditItem) (model.AuditEntry, bool) {
	action := model.AuditAction(i.Action.Value)
	switch action {
	case model.AuditCreate, model.AuditActivate, model.AuditDeactivate, model.AuditDelete:
	default:
		return model.AuditEntry{}, false
	}
	if i.TargetType.Value != "snapshot" {
		return model.AuditEntry{}, false
	}
	e := model.AuditEntry{
		ID: i.ID.Value, At: i.CreatedAt.Time(), Action: action, SnapshotID: i.TargetID.Value,
		Actor:     c.auditText(cmp.Or(i.ActorEmail.Value, i.ActorID.Value), maxAuditText),
		KeyPrefix: c.auditText(i.KeyPrefix.Value, maxKeyPrefix), KeySuffix: c.auditText(i.KeySuffix.Value, maxKeySuffix),
		Status: i.StatusCode.Value, Err: c.auditText(i.ErrorMessage.Value, maxAuditText),
	}
	// If it were cut, a name or an id would be another one.
	if name := i.Metadata.Value.Body.Value.Name.Value; action == model.AuditCreate && len(name) <= maxAuditText {
		e.Name = name
	}
	if len(e.SnapshotID) > maxAuditText {
		e.SnapshotID = ""
	}
	return e, true
}

// auditText returns a text of the server without the credential, cut to a number of bytes.
func (c *Client) auditText(s string, limit int) string {
	s = c.credential.redact(s) // in this order: cutting could split the credential
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}
