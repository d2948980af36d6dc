package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"daytona/snapdeck/model"
)

// Get returns one snapshot by id or name. [model.NotFound] means that the API
// itself reported that it does not exist; a 404 from a proxy has another code.
func (c *Client) Get(ctx context.Context, idOrName string) (*model.Snapshot, error) {
	path, err := c.snapshotPath(idOrName)
	if err != nil {
		return nil, err
	}
	return c.fetchSnapshot(ctx, request{method: http.MethodGet, path: path, retry: true})
}

// SearchByName returns snapshots whose name contains part, ignoring case, sorted
// by name: at most 200, with one request. The server treats % and _ as wildcards,
// so the result may contain other names, too.
func (c *Client) SearchByName(ctx context.Context, part string) ([]*model.Snapshot, error) {
	req := request{
		method: http.MethodGet,
		path:   fmt.Sprintf("/snapshots?limit=%d&name=%s&order=asc&sort=name", pageSize, url.QueryEscape(part)),
	}
	res, err := c.do(ctx, req)
	if err != nil {
		return nil, err
	}
	p, err := decodePage(res.body, newPageCache())
	if err == nil && len(p.skipped) > 0 {
		err = p.skipped[0] // it may be the wanted one
	}
	if err != nil {
		return nil, c.decodeError(req, res, err)
	}
	return p.items, nil
}

// Create creates a snapshot and returns it in its first state, usually pending. If
// the error has [model.Error.Sent] set, the snapshot may exist anyway.
func (c *Client) Create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	return c.fetchSnapshot(ctx, request{
		method: http.MethodPost, path: "/snapshots", body: recipe,
		permission: model.PermissionWrite, timeouts: c.writeTimeouts(),
	})
}

// Delete requests the removal of a snapshot by id. The snapshot is deleted once
// [Client.Get] returns [model.NotFound].
func (c *Client) Delete(ctx context.Context, id string) error {
	return c.mutate(ctx, http.MethodDelete, id, "", model.PermissionDelete)
}

// Activate activates an inactive snapshot by id and returns it in its first state.
// The server refuses for ten minutes after the snapshot's last change.
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

// Deactivate deactivates a snapshot by id. If the snapshot is being removed, this
// cancels the removal.
func (c *Client) Deactivate(ctx context.Context, id string) error {
	return c.mutate(ctx, http.MethodPost, id, "/deactivate", model.PermissionWrite)
}

// fetchSnapshot sends a request that returns a snapshot.
func (c *Client) fetchSnapshot(ctx context.Context, req request) (*model.Snapshot, error) {
	res, err := c.do(ctx, req)
	if err != nil {
		return nil, err
	}
	s, err := model.Decode(res.body)
	if err != nil {
		return nil, c.decodeError(req, res, err)
	}
	return s, nil
}

// mutate sends a request that returns no content. An HTML page is an error: it
// comes from a server that did not execute the request.
func (c *Client) mutate(ctx context.Context, method, id, action, permission string) error {
	path, err := c.snapshotPath(id)
	if err != nil {
		return err
	}
	req := request{method: method, path: path + action, permission: permission, timeouts: c.writeTimeouts()}
	res, err := c.do(ctx, req)
	if err != nil {
		return err
	}
	if isHTML(res.body) {
		return c.decodeError(req, res, nil)
	}
	return nil
}

// writeTimeouts are longer than the default: a request that changes something is
// sent once, and a timeout leaves its outcome unknown.
func (c *Client) writeTimeouts() timeouts {
	return timeouts{header: totalFactor * c.timeout, idle: c.timeout, total: 2 * totalFactor * c.timeout}
}

// snapshotPath returns the escaped path of a snapshot. It refuses names that would
// lead out of /snapshots/.
func (c *Client) snapshotPath(idOrName string) (string, error) {
	if idOrName == "" || idOrName == "." || idOrName == ".." {
		return "", &model.Error{
			Code: model.Invalid, Host: c.host(request{}),
			Message: "not a snapshot id or name", Remedy: "specify one",
		}
	}
	return model.SnapshotPath(idOrName), nil
}
