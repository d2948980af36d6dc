package demo

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
)

// The user of all credentials.
const (
	userID    = "demo|ada"
	userEmail = "ada@acme.example"
)

// appendNulls appends properties that are always null.
func appendNulls(b []byte, properties ...string) []byte {
	for _, p := range properties {
		b = appendOptional(b, p, "")
	}
	return b
}

func (w *world) appendOrganization(b []byte) []byte {
	created := w.start - 640*day
	b = appendField(b, '{', "id", OrganizationID)
	b = appendField(b, ',', "name", OrganizationName)
	b = appendField(b, ',', "createdBy", userID)
	b = append(b, `,"personal":false`...)
	b = appendTime(b, "createdAt", created)
	b = appendTime(b, "updatedAt", created)
	b = append(b, `,"suspended":`...)
	b = strconv.AppendBool(b, w.options.Suspended != "")
	b = appendOptional(b, "suspensionReason", w.options.Suspended)
	suspendedAt := millis(0)
	if w.options.Suspended != "" {
		suspendedAt = w.start - day
	}
	b = appendTime(b, "suspendedAt", suspendedAt)
	b = appendNulls(b, "suspendedUntil")
	b = appendInt(b, "suspensionCleanupGracePeriodHours", 24)
	b = appendInt(b, "maxCpuPerSandbox", maxCPU)
	b = appendInt(b, "maxMemoryPerSandbox", maxMem)
	b = appendInt(b, "maxDiskPerSandbox", maxDisk)
	b = appendInt(b, "snapshotDeactivationTimeoutMinutes", idleLimitMinutes)
	b = append(b, `,"sandboxLimitedNetworkEgress":false`...)
	b = appendField(b, ',', "defaultRegionId", defaultRegion)
	b = appendNulls(b, "authenticatedRateLimit", "sandboxCreateRateLimit", "sandboxLifecycleRateLimit",
		"experimentalConfig", "otelConfig", "authenticatedRateLimitTtlSeconds", "sandboxCreateRateLimitTtlSeconds",
		"sandboxLifecycleRateLimitTtlSeconds")
	return append(b, '}')
}

func (s *Server) listOrganizations(x *exchange) error {
	x.writeJSON(http.StatusOK, append(s.world.appendOrganization([]byte{'['}), ']'))
	return nil
}

func (s *Server) getOrganization(x *exchange) error {
	if x.params[0] != OrganizationID {
		return invalidContext()
	}
	x.writeJSON(http.StatusOK, s.world.appendOrganization(nil))
	return nil
}

func (s *Server) getUsage(x *exchange) error {
	if x.params[0] != OrganizationID {
		return invalidContext()
	}
	b := []byte(`{"regionUsage":[`)
	for i := range regions {
		if !regions[i].available {
			continue
		}
		if b[len(b)-1] == '}' {
			b = append(b, ',')
		}
		b = regions[i].appendUsage(b)
	}
	s.mu.Lock()
	inUse := s.world.inUse()
	s.mu.Unlock()
	b = append(b, ']')
	b = appendInt(b, "totalSnapshotQuota", s.options.SnapshotQuota)
	b = appendInt(b, "totalVolumeQuota", 100)
	b = appendInt(b, "currentSnapshotUsage", inUse)
	b = appendInt(b, "currentVolumeUsage", 0)
	x.writeJSON(http.StatusOK, append(b, '}'))
	return nil
}

// appendUsage appends the usage of a region. It is 0: the demo does not count sandboxes.
func (r *region) appendUsage(b []byte) []byte {
	b = appendField(b, '{', "regionId", r.id)
	b = appendField(b, ',', "sandboxClass", "container")
	b = appendInt(b, "totalCpuQuota", 64)
	b = appendInt(b, "totalMemoryQuota", 512)
	b = appendInt(b, "totalDiskQuota", 2048)
	gpus := 0
	if r.gpu != "" {
		gpus = 4
	}
	b = appendInt(b, "totalGpuQuota", gpus)
	for _, p := range []string{"currentCpuUsage", "currentMemoryUsage", "currentDiskUsage", "currentGpuUsage"} {
		b = appendInt(b, p, 0)
	}
	b = appendNulls(b, "maxCpuPerSandbox", "maxMemoryPerSandbox", "maxDiskPerSandbox", "maxDiskPerNonEphemeralSandbox")
	b = appendInt(b, "maxCpuPerGpuSandbox", 16)
	b = appendInt(b, "maxMemoryPerGpuSandbox", 192)
	b = appendInt(b, "maxDiskPerGpuSandbox", 512)
	b = append(b, `,"allowedGpuTypes":`...)
	allowed := []string{}
	if r.gpu != "" {
		allowed = append(allowed, r.gpu)
	}
	return append(appendStrings(b, allowed), '}')
}

func (s *Server) getMe(x *exchange) error {
	b := appendField(nil, '{', "id", userID)
	b = appendField(b, ',', "name", "Ada")
	b = appendField(b, ',', "email", userEmail)
	b = append(b, `,"publicKeys":[]`...)
	b = appendTime(b, "createdAt", s.world.start-640*day)
	x.writeJSON(http.StatusOK, append(b, '}'))
	return nil
}

// append appends a key with its value masked.
func (k *key) append(b []byte, start, used millis) []byte {
	b = appendField(b, '{', "name", k.name)
	b = appendField(b, ',', "value", k.value[:3]+"********************"+k.value[len(k.value)-3:])
	b = appendTime(b, "createdAt", start-k.age)
	b = append(b, `,"permissions":`...)
	b = appendStrings(b, k.permissions)
	b = appendTime(b, "lastUsedAt", used)
	expires := millis(0)
	if k.expired {
		expires = start - 9*day
	}
	b = appendTime(b, "expiresAt", expires)
	return append(appendField(b, ',', "userId", userID), '}')
}

func (s *Server) getCurrentKey(x *exchange) error {
	x.writeJSON(http.StatusOK, x.caller.key.append(nil, s.world.start, x.keyLastUsed))
	return nil
}

// listKeys handles GET /api-keys. Keys are sorted by last use, those never used last, then newest
// first.
func (s *Server) listKeys(x *exchange) error {
	s.mu.Lock()
	used := maps.Clone(s.keyLastUsed)
	s.mu.Unlock()
	list := slices.Clone(keys)
	slices.SortStableFunc(list, func(a, b *key) int {
		if used[a] != used[b] {
			return int(used[b] - used[a])
		}
		return int(a.age - b.age)
	})
	b := []byte{'['}
	for i, k := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = k.append(b, s.world.start, used[k])
	}
	x.writeJSON(http.StatusOK, append(b, ']'))
	return nil
}
