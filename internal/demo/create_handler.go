package demo

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Limits of one sandbox of the organization.
const (
	maxCPU  = 8
	maxMem  = 16
	maxDisk = 50
)

// createSnapshot handles POST /snapshots. The order of the checks was measured on release 0.190.
func (s *Server) createSnapshot(x *exchange) error {
	if apiErr := validateCreate(x.body); apiErr != nil {
		return apiErr
	}
	c, apiErr := parseRecipe(x.body)
	if apiErr != nil {
		return apiErr
	}
	s.mu.Lock()
	var body []byte
	if apiErr = s.world.checkCreate(&c); apiErr == nil {
		row := s.world.create(uuid(s.world.idRand), c, s.world.now)
		row.protected, x.created = true, row.id
		body = appendSnapshot(nil, row, true)
	}
	s.mu.Unlock()
	if apiErr != nil {
		return apiErr
	}
	x.writeJSON(http.StatusOK, body)
	return nil
}

// parseRecipe reads a valid body and rejects contradictory properties.
func parseRecipe(body map[string]any) (recipe, *apiError) {
	c := recipe{
		name: stringField(body, "name"), image: stringField(body, "imageName"), region: stringField(body, "regionId"),
		class: cmp.Or(stringField(body, "sandboxClass"), "container"), entrypoint: stringList(body["entrypoint"]),
	}
	build, built := body["buildInfo"].(map[string]any)
	c.fromDockerfile = built
	switch {
	case built && c.image != "":
		return c, badRequest("Cannot specify an image name when using a build info entry")
	case built && c.entrypoint != nil:
		return c, badRequest("Cannot specify an entrypoint when using a build info entry")
	case !built && c.image == "":
		return c, badRequest("Must specify an image name when not using a build info entry")
	}
	c.entrypoint = processEntrypoint(c.entrypoint)
	if built {
		var ok bool
		if c.dockerfile, ok = build["dockerfileContent"].(string); !ok {
			return c, internalError()
		}
		hashes, sent := build["contextHashes"]
		if sent && hashes == nil { // null, unlike a field that is left out
			return c, internalError()
		}
		c.hashes = stringList(hashes)
	}
	return c, c.readResources(body)
}

// readResources reads the numbers. A fraction is an internal error, because the server's database
// rejects it.
func (c *recipe) readResources(body map[string]any) *apiError {
	for _, n := range []struct {
		property     string
		target       *int
		defaultValue float64
	}{{"cpu", &c.cpu, 1}, {"gpu", &c.gpu, 0}, {"memory", &c.mem, 1}, {"disk", &c.disk, 3}} {
		value, ok := body[n.property].(float64)
		if !ok {
			value = n.defaultValue
		}
		if !isInteger(value) {
			return internalError()
		}
		*n.target = int(value)
	}
	if types := stringList(asList(body["gpuType"])); c.gpu > 0 && len(types) > 0 {
		c.gpuType = types[0]
	}
	return nil
}

func stringField(body map[string]any, property string) string {
	s, _ := body[property].(string)
	return s
}

func stringList(value any) []string {
	list, ok := value.([]any)
	if !ok {
		return nil
	}
	found := make([]string, 0, len(list))
	for _, e := range list {
		if s, ok := e.(string); ok {
			found = append(found, s)
		}
	}
	return found
}

// checkCreate returns an error if the organization cannot create the recipe. It fills in the
// default region and GPU.
func (w *world) checkCreate(c *recipe) *apiError {
	c.region = cmp.Or(strings.TrimSpace(c.region), defaultRegion)
	r, apiErr := availableRegion(c.region)
	if apiErr != nil {
		return apiErr
	}
	if apiErr := validateName(c.name); apiErr != nil {
		return apiErr
	}
	if !c.fromDockerfile {
		if apiErr := validateImage(c.image); apiErr != nil {
			return apiErr
		}
	}
	if apiErr := checkClass(c, r); apiErr != nil {
		return apiErr
	}
	if apiErr := w.checkLimits(c.cpu, c.mem, c.disk); apiErr != nil {
		return apiErr
	}
	if apiErr := checkGPU(c, r); apiErr != nil {
		return apiErr
	}
	if w.ownByName[c.name] != nil {
		return &apiError{http.StatusConflict,
			fmt.Sprintf("Snapshot with name %q already exists for this organization", c.name)}
	}
	return nil
}

// availableRegion returns a region for a new snapshot. Custom regions of other organizations are
// not found.
func availableRegion(id string) (*region, *apiError) {
	r := findRegion(id)
	switch {
	case r == nil:
		return nil, notFound("Region not found")
	case !r.available && r.kind == "shared":
		return nil, forbidden("Region " + id + " is not available to the organization")
	case !r.available:
		return nil, notFound("Region " + id + " not found")
	}
	return r, nil
}

func checkClass(c *recipe, r *region) *apiError {
	switch {
	case c.class == "windows":
		return badRequest("Windows snapshots cannot be created via this endpoint; they are produced by " +
			"snapshot-from-sandbox flows.")
	case !slices.Contains(r.classes, c.class):
		return badRequest(fmt.Sprintf("No runners are configured in region '%s' for sandbox class '%s'. "+
			"Try a different region or sandbox class.", r.name, c.class))
	}
	return nil
}

const limitHint = "\nNeed higher resource limits per-sandbox? Contact us at support@daytona.io and let us know about your use case."

// checkLimits returns an error if the organization is suspended, or if one more snapshot in use
// would exceed the sandbox limits or the quota.
func (w *world) checkLimits(cpu, mem, disk int) *apiError {
	if w.options.Suspended != "" {
		return forbidden("Organization is suspended: " + w.options.Suspended)
	}
	const format = "%s request %d%s exceeds maximum allowed per sandbox (%d%s)." + limitHint
	switch {
	case cpu > maxCPU:
		return badRequest(fmt.Sprintf(format, "CPU", cpu, "", maxCPU, ""))
	case mem > maxMem:
		return badRequest(fmt.Sprintf(format, "Memory", mem, "GB", maxMem, "GB"))
	case disk > maxDisk:
		return badRequest(fmt.Sprintf(format, "Disk", disk, "GB", maxDisk, "GB"))
	case w.inUse() >= w.options.SnapshotQuota:
		return badRequest(fmt.Sprintf("Snapshot quota exceeded. Maximum allowed: %d", w.options.SnapshotQuota))
	}
	return nil
}

// checkGPU checks that the region has the GPU and fills in its type.
func checkGPU(c *recipe, r *region) *apiError {
	if c.gpu == 0 {
		return nil
	}
	switch {
	case c.gpuType != "" && c.gpuType != r.gpu:
		return badRequest("No available runners with GPU type: " + c.gpuType + ".")
	case r.gpu == "":
		return badRequest("No available runners")
	}
	c.gpuType = r.gpu
	return nil
}
