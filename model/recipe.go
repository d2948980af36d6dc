package model

// Recipe is the body of a create request: everything that the API takes to make a
// snapshot. Memory and disk are whole GiB.
type Recipe struct {
	Name         string       `json:"name"`
	ImageName    string       `json:"imageName,omitempty"`
	BuildInfo    *RecipeBuild `json:"buildInfo,omitempty"`
	Entrypoint   []string     `json:"entrypoint,omitempty"` // refused together with BuildInfo
	CPU          *int         `json:"cpu,omitempty"`
	Memory       *int         `json:"memory,omitempty"`
	Disk         *int         `json:"disk,omitempty"`
	GPU          *int         `json:"gpu,omitempty"`
	GPUType      []string     `json:"gpuType,omitempty"`
	RegionID     string       `json:"regionId,omitempty"`
	SandboxClass string       `json:"sandboxClass,omitempty"`
}

// RecipeBuild is the Dockerfile part of a [Recipe].
type RecipeBuild struct {
	DockerfileContent string   `json:"dockerfileContent"`
	ContextHashes     []string `json:"contextHashes,omitempty"`
}
