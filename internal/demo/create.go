package demo

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// What a sandbox of the organization may have at most.
const (
	maxCPU  = 8
	maxMem  = 16
	maxDisk = 50
)

// createSnapshot answers POST /snapshots. The order of the checks is the server's where it was measured.
func (s *Server) createSnapshot(x *exchange) error {
	if f := validateCreate(x.body); f != nil {
		return f
	}
	c, f := recipeOf(x.body)
	if f != nil {
		return f
	}
	s.mu.Lock()
	var body []byte
	if f = s.world.refuse(&c); f == nil {
		row := s.world.create(uuid(s.world.ids), c, s.world.now)
		row.cast = true
		body = appendSnapshot(nil, row, true)
	}
	s.mu.Unlock()
	if f != nil {
		return f
	}
	x.json(http.StatusOK, body)
	return nil
}

// recipeOf reads a valid body, and refuses what contradicts itself.
func recipeOf(body map[string]any) (recipe, *fault) {
	c := recipe{
		name: text(body, "name"), image: text(body, "imageName"), region: text(body, "regionId"),
		class: cmp.Or(text(body, "sandboxClass"), "container"), entrypoint: texts(body["entrypoint"]),
	}
	build, built := body["buildInfo"].(map[string]any)
	c.built = built
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
			return c, unexpected()
		}
		c.hashes = texts(build["contextHashes"])
	}
	return c, c.readResources(body)
}

// readResources reads the numbers; a fraction is one that the database throws at.
func (c *recipe) readResources(body map[string]any) *fault {
	for _, n := range []struct {
		property  string
		into      *int
		otherwise float64
	}{{"cpu", &c.cpu, 1}, {"gpu", &c.gpu, 0}, {"memory", &c.mem, 1}, {"disk", &c.disk, 3}} {
		value, ok := body[n.property].(float64)
		if !ok {
			value = n.otherwise
		}
		if !whole(value) {
			return unexpected()
		}
		*n.into = int(value)
	}
	if types := texts(listed(body["gpuType"])); c.gpu > 0 && len(types) > 0 {
		c.gpuType = types[0]
	}
	return nil
}

func text(body map[string]any, property string) string {
	s, _ := body[property].(string)
	return s
}

func texts(value any) []string {
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

// refuse tells why the organization cannot create that, and fills in what the recipe leaves open.
func (w *world) refuse(c *recipe) *fault {
	c.region = cmp.Or(strings.TrimSpace(c.region), defaultRegion)
	r, f := offeredRegion(c.region)
	if f != nil {
		return f
	}
	if f := validateName(c.name); f != nil {
		return f
	}
	if !c.built {
		if f := validateImage(c.image); f != nil {
			return f
		}
	}
	if f := refuseClass(c, r); f != nil {
		return f
	}
	if f := w.refuseMore(c.cpu, c.mem, c.disk); f != nil {
		return f
	}
	if f := refuseGPU(c, r); f != nil {
		return f
	}
	if w.own[c.name] != nil {
		return &fault{http.StatusConflict,
			fmt.Sprintf("Snapshot with name %q already exists for this organization", c.name)}
	}
	return nil
}

// offeredRegion finds the region where the snapshot shall be. Shared regions are known to everybody, other
// organizations' own ones are not.
func offeredRegion(id string) (*region, *fault) {
	r := findRegion(id)
	switch {
	case r == nil:
		return nil, notFound("Region not found")
	case !r.offered && r.kind == "shared":
		return nil, forbidden("Region " + id + " is not available to the organization")
	case !r.offered:
		return nil, notFound("Region " + id + " not found")
	}
	return r, nil
}

func refuseClass(c *recipe, r *region) *fault {
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

const moreAdvice = "\nNeed higher resource limits per-sandbox? Contact us at support@daytona.io and let us know about your use case."

// refuseMore checks what one more snapshot in use would need.
func (w *world) refuseMore(cpu, mem, disk int) *fault {
	if w.options.Suspended != "" {
		return forbidden("Organization is suspended: " + w.options.Suspended)
	}
	const form = "%s request %d%s exceeds maximum allowed per sandbox (%d%s)." + moreAdvice
	switch {
	case cpu > maxCPU:
		return badRequest(fmt.Sprintf(form, "CPU", cpu, "", maxCPU, ""))
	case mem > maxMem:
		return badRequest(fmt.Sprintf(form, "Memory", mem, "GB", maxMem, "GB"))
	case disk > maxDisk:
		return badRequest(fmt.Sprintf(form, "Disk", disk, "GB", maxDisk, "GB"))
	case w.inUse() >= w.options.SnapshotQuota:
		return badRequest(fmt.Sprintf("Snapshot quota exceeded. Maximum allowed: %d", w.options.SnapshotQuota))
	}
	return nil
}

// refuseGPU checks that the region has the GPU, and chooses its type where the recipe does not.
func refuseGPU(c *recipe, r *region) *fault {
	if c.gpu == 0 {
		return nil
	}
	c.gpuType = cmp.Or(c.gpuType, r.gpu)
	if r.gpu == "" || r.gpu != c.gpuType {
		return badRequest("No available runners")
	}
	return nil
}
