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

// maxMinutes fits into a time.Duration: about 190 years.
const maxMinutes = 100_000_000

var errNoVersion = errors.New("the config has no version")

// maxRegions is how many regions are used. A server with more is not a real one.
const maxRegions = 1000

// OrganizationInfo reads the regions, the organizations, the permissions, the quota of the
// organization with the id, and the server. What cannot be read stays unknown.
func (c *Client) OrganizationInfo(ctx context.Context, organizationID string) (info model.OrganizationInfo) {
	if regions, err := c.Regions(ctx); err == nil {
		info.Regions = regions
	}
	if organizations, err := c.Organizations(ctx); err == nil {
		info.Organizations = organizations
	}
	if access, err := c.Access(ctx); err == nil {
		info.Access = access
	}
	if quota, err := c.SnapshotQuota(ctx, organizationID, info.Access); err == nil {
		info.SnapshotQuota = quota
	}
	if server, err := c.Server(ctx); err == nil {
		info.Server = server
	}
	return info
}

// Regions returns the regions that the organization can use, at most 1,000. Regions
// without an id are skipped.
func (c *Client) Regions(ctx context.Context) ([]model.Region, error) {
	items, err := getList(ctx, c, "/regions")
	if err != nil {
		return nil, err
	}
	regions := make([]model.Region, 0, min(len(items), maxRegions))
	for _, raw := range items[:min(len(items), maxRegions)] {
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

// Organizations returns the user's organizations. It needs a JWT: with an API key
// it fails without a request, because the 401 would count against this IP address.
func (c *Client) Organizations(ctx context.Context) ([]model.Organization, error) {
	if !c.jwt {
		return nil, c.notPermitted("an API key cannot list organizations", "run `daytona login` to list them")
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
			Region    model.Optional[string]  `json:"defaultRegionId"`
			Minutes   model.Optional[float64] `json:"snapshotDeactivationTimeoutMinutes"`
		}
		if json.Unmarshal(raw, &o) != nil || o.ID.Value == "" {
			continue
		}
		minutes := min(max(o.Minutes.Value, 0), maxMinutes)
		organizations = append(organizations, model.Organization{
			ID: o.ID.Value, Name: o.Name.Value, Suspended: o.Suspended.Value, DefaultRegionID: o.Region.Value,
			DeactivationTimeout: time.Duration(minutes * float64(time.Minute)),
		})
	}
	return organizations, nil
}

// Access returns the permissions of the API key. They are unknown for a JWT, which
// is not an error.
func (c *Client) Access(ctx context.Context) (model.Access, error) {
	if c.jwt {
		return model.Access{}, nil
	}
	key, err := getJSON[struct {
		Permissions model.Optional[[]string] `json:"permissions"`
		ExpiresAt   model.OptionalTime       `json:"expiresAt"`
	}](ctx, c, request{method: http.MethodGet, path: "/api-keys/current", retry: true})
	if err != nil {
		return model.Access{}, err
	}
	return model.Access{
		Known:       key.Permissions.Presence == model.Present,
		Permissions: key.Permissions.Value, ExpiresAt: key.ExpiresAt,
	}, nil
}

// Server returns the public GET /config: the version, the URL of the Daytona
// dashboard, and the rate limit of an unused window.
func (c *Client) Server(ctx context.Context) (model.Server, error) {
	req := request{method: http.MethodGet, path: "/config", anonymous: true, retry: true}
	res, err := c.do(ctx, req)
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
	}](c, req, res)
	if err != nil {
		return model.Server{}, err
	}
	if config.Version.Value == "" {
		return model.Server{}, c.decodeError(req, res, errNoVersion)
	}
	server := model.Server{Version: config.Version.Value, DashboardURL: webURL(config.DashboardURL.Value)}
	if limit := config.RateLimit.Authenticated.Limit.Value; limit > 0 && limit <= maxCount {
		window := min(max(config.RateLimit.Authenticated.TTL.Value, 0), maxReset.Seconds())
		server.RateLimit = model.RateLimit{
			Known: true, Limit: limit, Remaining: limit,
			Window: time.Duration(window * float64(time.Second)),
		}
	}
	c.throttle.describe(server.RateLimit)
	return server, nil
}

// webURL returns an http or https URL, or "" for anything else: the URL is opened
// in a browser, which would run other schemes.
func webURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}
