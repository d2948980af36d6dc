package demo

import "net/http"

// region is a place where snapshots are built and used.
type region struct {
	id, name, kind, org string
	proxy               string
	slots               int  // concurrent builds and pulls
	available           bool // to the organization
	gpu                 string
	classes             []string // sandbox classes
}

const defaultRegion = "us"

// regions are all regions of the service, in the order of GET /regions.
var regions = []region{
	{id: "acme-dc1_x1Y2", name: "acme-dc1", kind: "custom", org: OrganizationID, available: true, slots: 2,
		proxy: "https://proxy.acme.example", gpu: "RTX-PRO-6000", classes: []string{"container"}},
	{id: "us", name: "us", kind: "shared", available: true, slots: 16, gpu: "H100",
		classes: []string{"container", "linux-vm"}},
	{id: "eu", name: "eu", kind: "shared", available: true, slots: 12, classes: []string{"container"}},
	{id: "ap", name: "ap", kind: "shared", available: true, slots: 8, classes: []string{"container"}},
	{id: "sa", name: "sa", kind: "shared"},
	{id: "globex-dc_zZ9Z", name: "globex-dc", kind: "custom", org: otherOrganization},
}

// sharedOrder is the order of GET /shared-regions.
var sharedOrder = []string{"ap", "eu", "sa", "us"}

func findRegion(id string) *region {
	for i := range regions {
		if regions[i].id == id {
			return &regions[i]
		}
	}
	return nil
}

func (r *region) append(b []byte, created millis) []byte {
	b = appendField(b, '{', "id", r.id)
	b = appendField(b, ',', "name", r.name)
	b = appendOptional(b, "organizationId", r.org)
	b = appendField(b, ',', "regionType", r.kind)
	b = appendTime(b, "createdAt", created)
	b = appendTime(b, "updatedAt", created)
	b = appendOptional(b, "proxyUrl", r.proxy)
	b = appendOptional(b, "sshGatewayUrl", "")
	return append(appendOptional(b, "snapshotManagerUrl", ""), '}')
}

// createdAt returns when a region was created.
func (s *Server) createdAt(r *region) millis {
	if r.kind == "custom" {
		return s.world.start - 96*day
	}
	return s.world.start - 640*day
}

func (s *Server) listRegions(x *exchange) error {
	body := []byte{'['}
	for i := range regions {
		if !regions[i].available {
			continue
		}
		if len(body) > 1 {
			body = append(body, ',')
		}
		body = regions[i].append(body, s.createdAt(&regions[i]))
	}
	x.writeJSON(http.StatusOK, append(body, ']'))
	return nil
}

// listSharedRegions handles GET /shared-regions, including regions that the organization cannot
// use.
func (s *Server) listSharedRegions(x *exchange) error {
	body := []byte{'['}
	for i, id := range sharedOrder {
		if i > 0 {
			body = append(body, ',')
		}
		r := findRegion(id)
		body = r.append(body, s.createdAt(r))
	}
	x.writeJSON(http.StatusOK, append(body, ']'))
	return nil
}

// getRegion handles GET /regions/{id}. It only finds the organization's own regions.
func (s *Server) getRegion(x *exchange) error {
	r := findRegion(x.params[0])
	if r == nil || r.org != OrganizationID {
		return notFound("Region not found")
	}
	x.writeJSON(http.StatusOK, r.append(nil, s.createdAt(r)))
	return nil
}
