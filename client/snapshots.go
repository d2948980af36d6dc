package client

import (
	"context"
	"net/http"

	"daytona/snapdeck/model"
)

// Get reads one snapshot by id or name. [model.NotFound] is the API's own word
// that it does not exist; a 404 of anything else has another code.
func (c *Client) Get(ctx context.Context, idOrName string) (*model.Snapshot, error) {
	path, err := c.snapshotPath(idOrName)
	if err != nil {
		return nil, err
	}
	return c.fetchSnapshot(ctx, request{method: http.MethodGet, path: path, retry: true})
}

// Create asks for a new snapshot and returns it as it begins, pending as a rule.
// Where the error was [model.Error.Sent], it may exist nevertheless.
func (c *Client) Create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	return c.fetchSnapshot(ctx, request{
		method: http.MethodPost, path: "/snapshots", body: recipe,
		permission: model.PermissionWrite, timeouts: c.writeTimeouts(),
	})
}

// Delete asks for the end of a snapshot, by id only. Success is a promise: it is
// gone when [Client.Get] says so.
func (c *Client) Delete(ctx context.Context, id string) error {
	return c.mutate(ctx, http.MethodDelete, id, "", model.PermissionDelete)
}

// Activate wakes an inactive snapshot, by id only, and returns it as it begins.
// The server refuses for ten minutes after its last change.
func (c *Client) Activate(ctx context.Context, id string) (*model.Snapshot, error) {
	path, err := c.snapshotPath(id)
	if err != nil {
		return nil, err
	}
	return c.fetchSnapshot(ctx, request{
		method: http.MethodPost, path: path + "/activate",
		permission: model.PermissionWrite, timeouts: c.writeTimeouts(),
	})
}

// Deactivate puts a snapshot to sleep, by id only. On one that is being removed it
// cancels the removal.
func (c *Client) Deactivate(ctx context.Context, id string) error {
	return c.mutate(ctx, http.MethodPost, id, "/deactivate", model.PermissionWrite)
}

// snapshot sends a call whose answer is a snapshot.
func (c *Client) fetchSnapshot(ctx context.Context, req request) (*model.Snapshot, error) {
	a, err := c.do(ctx, req)
	if err != nil {
		return nil, err
	}
	s, err := model.Decode(a.body)
	if err != nil {
		return nil, c.decodeError(req, a, err)
	}
	return s, nil
}

// act sends a call whose answer holds nothing of interest, but may be a page of
// something that is not the API and knows nothing of the call.
func (c *Client) mutate(ctx context.Context, method, id, verb, needs string) error {
	path, err := c.snapshotPath(id)
	if err != nil {
		return err
	}
	req := request{method: method, path: path + verb, permission: needs, timeouts: c.writeTimeouts()}
	a, err := c.do(ctx, req)
	if err != nil {
		return err
	}
	if isHTML(a.body) {
		return c.decodeError(req, a, nil)
	}
	return nil
}

// writing is the patience for a call that changes something: it is sent once, and
// giving up early would leave its outcome unknown.
func (c *Client) writeTimeouts() timeouts {
	return timeouts{header: slowFactor * c.timeout, idle: c.timeout, total: 2 * slowFactor * c.timeout}
}

// place is the path of one snapshot. A name may hold slashes, which are escaped;
// what would climb out of /snapshots/ is refused.
func (c *Client) snapshotPath(idOrName string) (string, error) {
	if idOrName == "" || idOrName == "." || idOrName == ".." {
		return "", c.redact(&model.Error{
			Code: model.Invalid, Host: c.base.Host,
			Message: "not the id or name of a snapshot", Remedy: "name one",
		}, nil)
	}
	return model.SnapshotPath(idOrName), nil
}
