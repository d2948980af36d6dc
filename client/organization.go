package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"daytona/snapdeck/model"
)

// maxMinutes keeps minutes within a time.Duration: about 190 years.
const maxMinutes = 100_000_000

var errNoVersion = errors.New("a config without a version")

// Regions are those that the organization can use. One that has no id is left
// out.
func (c *Client) Regions(ctx context.Context) ([]model.Region, error) {
	items, err := getList(ctx, c, "/regions")
	if err != nil {
		return nil, err
	}
	regions := make([]model.Region, 0, len(items))
	for _, raw := range items {
		var r model.Region
		if json.Unmarshal(raw, &r) != nil || r.ID == "" {
			continue
		}
		if r.Name == "" {
			r.Name = r.ID
		}
		regions = append(regions, r)
	}
	return regions, nil
}

// Organizations are those of the user. Only a JWT may ask; with an API key the
// error comes without a request, since the 401 would count against this address.
func (c *Client) Organizations(ctx context.Context) ([]model.Organization, error) {
	if !c.jwt {
		return nil, c.notPermitted("an API key does not see organizations", "log in with `daytona login` to see them")
	}
	items, err := getList(ctx, c, "/organizations")
	if err != nil {
		return nil, err
	}
	organizations := make([]model.Organization, 0, len(items))
	for _, raw := range items {
		var o struct {
			ID        model.Optional[string]  `json:"id"`
			Name      model.Optional[string]  `json:"name"`
			Suspended model.Optional[bool]    `json:"suspended"`
			Minutes   model.Optional[float64] `json:"snapshotDeactivationTimeoutMinutes"`
		}
		if json.Unmarshal(raw, &o) != nil || o.ID.Value == "" {
			continue
		}
		minutes := min(max(o.Minutes.Value, 0), maxMinutes)
		organizations = append(organizations, model.Organization{
			ID: o.ID.Value, Name: o.Name.Value, Suspended: o.Suspended.Value,
			DeactivationTimeout: time.Duration(minutes * float64(time.Minute)),
		})
	}
	return organizations, nil
}

// Access is what the API key may do. A JWT cannot ask, and so nothing is known of
// it; that is no error.
func (c *Client) Access(ctx context.Context) (model.Access, error) {
	if c.jwt {
		return model.Access{}, nil
	}
	key, err := getJSON[struct {
		Name        model.Optional[string]    `json:"name"`
		Permissions model.Optional[[]string]  `json:"permissions"`
		ExpiresAt   model.Optional[time.Time] `json:"expiresAt"`
	}](ctx, c, request{method: http.MethodGet, path: "/api-keys/current", retry: true})
	if err != nil {
		return model.Access{}, err
	}
	return model.Access{
		Known:   key.Permissions.Presence == model.Present,
		KeyName: key.Name.Value, Permissions: key.Permissions.Value, ExpiresAt: key.ExpiresAt,
	}, nil
}

// Server is what GET /config tells everybody: the version, where the web
// dashboard is, and the rate limit of a window that nobody has used yet.
func (c *Client) Server(ctx context.Context) (model.Server, error) {
	req := request{method: http.MethodGet, path: "/config", anonymous: true, retry: true}
	a, err := c.do(ctx, req)
	if err != nil {
		return model.Server{}, err
	}
	config, err := decodeJSON[struct {
		Version      model.Optional[string] `json:"version"`
		DashboardURL model.Optional[string] `json:"dashboardUrl"`
		RateLimit    struct {
			Authenticated struct {
				TTL   model.Optional[float64] `json:"ttl"` // seconds
				Limit model.Optional[int]     `json:"limit"`
			} `json:"authenticated"`
		} `json:"rateLimit"`
	}](c, req, a)
	if err != nil {
		return model.Server{}, err
	}
	if config.Version.Value == "" {
		return model.Server{}, c.decodeError(req, a, errNoVersion)
	}
	server := model.Server{Version: config.Version.Value, DashboardURL: webURL(config.DashboardURL.Value)}
	if limit := config.RateLimit.Authenticated.Limit.Value; limit > 0 && limit <= maxCount {
		window := min(max(config.RateLimit.Authenticated.TTL.Value, 0), maxRetryAfter.Seconds())
		server.RateLimit = model.RateLimit{
			Known: true, Limit: limit, Remaining: limit,
			Window: time.Duration(window * float64(time.Second)),
		}
	}
	return server, nil
}

// webURL is the address of a web page, or "" where it is not one: it is opened in
// a browser, which would run other schemes.
func webURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// fetch reads JSON of one shape.
func getJSON[T any](ctx context.Context, c *Client, req request) (T, error) {
	a, err := c.do(ctx, req)
	if err != nil {
		var none T
		return none, err
	}
	return decodeJSON[T](c, req, a)
}

// fetchList reads a JSON array.
func getList(ctx context.Context, c *Client, path string) ([]json.RawMessage, error) {
	return getJSON[[]json.RawMessage](ctx, c, request{method: http.MethodGet, path: path, retry: true})
}
