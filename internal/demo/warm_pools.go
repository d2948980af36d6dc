package demo

import (
	"fmt"
	"net/http"
	"slices"
)

// Warm pools came with release 0.202. Their form is the published one; unlike the rest of the demo,
// it was not measured.

// warmPool is a pool of sandboxes that are started before they are needed. Like sandboxes, pools
// are derived from their snapshot, so that they are deleted with it.
type warmPool struct {
	snapshot    *snapshot
	target      string
	size, ready int
	reason      string
}

// warmPoolsOf returns the warm pools of a snapshot. One that was created again has none.
func (w *world) warmPoolsOf(s *snapshot) []warmPool {
	if s.general || s.state == removing || s.created >= w.start {
		return nil
	}
	switch s.name {
	case "node-20-agents":
		return []warmPool{{s, "us", 3, 3, ""}, {s, "eu", 2, 1, ""}}
	case "trt-llm-serve":
		return []warmPool{{s, "acme-dc1", 1, 0, "No available runners"}}
	default:
		return nil
	}
}

// listWarmPools handles GET /warm-pools.
func (s *Server) listWarmPools(x *exchange) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var pools []warmPool
	for _, row := range s.world.rows {
		pools = append(pools, s.world.warmPoolsOf(row)...)
	}
	slices.SortStableFunc(pools, func(a, b warmPool) int { return int(a.snapshot.created - b.snapshot.created) })
	x.writeJSON(http.StatusOK, appendList(nil, pools, warmPool.append))
	return nil
}

// append appends a warm pool as the list returns it.
func (p warmPool) append(body []byte) []byte {
	s := p.snapshot
	id := fmt.Sprintf("%08x-0000-4000-8000-%012x", uint32(stableHash(s.id, "pool "+p.target)), p.size) //nolint:gosec // digits of an id
	body = appendField(body, '{', "id", id)
	body = appendField(body, ',', "organizationId", OrganizationID)
	body = appendField(body, ',', "snapshot", s.name)
	body = appendField(body, ',', "target", p.target)
	body = appendInt(body, "pool", p.size)
	body = appendInt(body, "currentSize", p.ready)
	body = appendInt(body, "cpu", s.cpu)
	body = appendInt(body, "mem", s.mem)
	body = appendInt(body, "disk", s.disk)
	body = appendField(body, ',', "osUser", "daytona")
	body = append(body, `,"env":{}`...)
	body = appendOptional(body, "errorReason", p.reason)
	body = appendTime(body, "createdAt", s.created+minute)
	return append(appendTime(body, "updatedAt", s.updated), '}')
}
