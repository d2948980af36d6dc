package client

import (
	"context"
	"net/http"
	"net/url"

	"daytona/snapdeck/model"
)

// Quota returns the limits and usage of the organization. It needs a JWT: with an
// API key the quota is unknown, which is not an error.
func (c *Client) Quota(ctx context.Context) (model.Quota, error) {
	id := c.OrganizationID()
	if id == "" {
		return model.Quota{}, nil
	}
	path := "/organizations/" + url.PathEscape(id)
	organization, err := getJSON[struct {
		sandboxLimits
		DefaultRegion model.Optional[string] `json:"defaultRegionId"`
	}](ctx, c, request{method: http.MethodGet, path: path, retry: true})
	if err != nil {
		return model.Quota{}, err
	}
	usage, err := c.usage(ctx, id)
	if err != nil {
		return model.Quota{}, err
	}
	quota := model.Quota{
		Snapshots: usage.Snapshots.Value, Used: usage.Used.Value,
		Sandbox: organization.limits(), DefaultRegion: organization.DefaultRegion.Value,
	}
	for _, region := range usage.Regions {
		quota.Regions = append(quota.Regions, region.quota())
	}
	return quota, nil
}

// usage is the API's usage of an organization.
type usage struct {
	Snapshots model.Optional[int] `json:"totalSnapshotQuota"`
	Used      model.Optional[int] `json:"currentSnapshotUsage"`
	Regions   []regionUsage       `json:"regionUsage"`
}

func (c *Client) usage(ctx context.Context, organizationID string) (usage, error) {
	return getJSON[usage](ctx, c, request{
		method: http.MethodGet, path: "/organizations/" + url.PathEscape(organizationID) + "/usage", retry: true,
	})
}

// SnapshotQuota returns the organization's quota of snapshots, zero if unknown. A JWT can read
// it, and an API key with the permission read:limits, which releases before 0.198 do not have.
// Without it no request is sent. After a refusal it does not ask again: each 401 counts
// against this IP address. The refusal does not mean that the key is invalid.
func (c *Client) SnapshotQuota(ctx context.Context, organizationID string, access model.Access) (model.ReportedQuota, error) {
	mayRead := c.jwt || access.Known && access.Can(model.PermissionLimits)
	if !mayRead || organizationID == "" || c.usageRefused.Load() {
		return model.ReportedQuota{}, nil
	}
	found, err := c.usage(ctx, organizationID)
	switch model.CodeOf(err) {
	case model.Unauthorized, model.Forbidden, model.NotFound, model.NotTheAPI:
		c.usageRefused.Store(true)
	}
	if n := found.Snapshots.Value; err == nil && n > 0 && n <= maxCount {
		return model.ReportedQuota{Limit: n, Used: found.Used}, nil
	}
	return model.ReportedQuota{}, err
}

// sandboxLimits are the API's limits of one sandbox.
type sandboxLimits struct {
	CPU    model.Optional[int] `json:"maxCpuPerSandbox"`
	Memory model.Optional[int] `json:"maxMemoryPerSandbox"`
	Disk   model.Optional[int] `json:"maxDiskPerSandbox"`
}

func (l sandboxLimits) limits() model.Limits {
	return model.Limits{CPU: l.CPU.Value, Memory: l.Memory.Value, Disk: l.Disk.Value}
}

// regionUsage are the API's limits of a region.
type regionUsage struct {
	sandboxLimits
	ID        model.Optional[string] `json:"regionId"`
	Class     model.Optional[string] `json:"sandboxClass"`
	GPU       model.Optional[int]    `json:"totalGpuQuota"`
	GPUCPU    model.Optional[int]    `json:"maxCpuPerGpuSandbox"`
	GPUMemory model.Optional[int]    `json:"maxMemoryPerGpuSandbox"`
	GPUDisk   model.Optional[int]    `json:"maxDiskPerGpuSandbox"`
}

func (u regionUsage) quota() model.RegionQuota {
	return model.RegionQuota{
		RegionID: u.ID.Value, SandboxClass: u.Class.Value, GPU: u.GPU,
		Sandbox:    u.limits(),
		GPUSandbox: model.Limits{CPU: u.GPUCPU.Value, Memory: u.GPUMemory.Value, Disk: u.GPUDisk.Value},
	}
}
