package rebuild

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"daytona/snapdeck/model"
)

// The rules of the server for a create, from its source and its answers. A create that
// breaks one fails with a 400 or a 500, which is too late after a delete.

var (
	namePattern   = lazyRegexp(`^[a-zA-Z0-9_.\-:]+(/[a-zA-Z0-9_.\-:]+)*(@sha256:[a-f0-9]{64})?$`)
	digestPattern = lazyRegexp(`^[^@]+@sha256:[a-f0-9]{64}$`)
	urlPattern    = lazyRegexp(`(?i)(https?|ftps?|sftp|ssh|wss?|file|ldaps?)://|javascript:|data:|mailto:|tel:|www\.`)
)

const (
	// windowsClass is the sandbox class of snapshots that a create cannot make.
	windowsClass = "windows"
	// maxGPU is how many GPUs a create can ask for.
	maxGPU = 1
)

// recipe adds what is wrong with a recipe.
func (r *refusals) recipe(recipe model.Recipe) {
	r.name(recipe.Name)
	r.buildOrImage(recipe)
	r.number("cpu", recipe.CPU)
	r.number("memory", recipe.Memory)
	r.number("disk", recipe.Disk)
	r.number("gpu", recipe.GPU)
	if recipe.GPU != nil && *recipe.GPU > maxGPU {
		r.add(model.ReasonResources, fmt.Sprintf("it has %d GPUs: a create takes at most %d", *recipe.GPU, maxGPU))
	}
	if recipe.SandboxClass == windowsClass {
		r.add(model.ReasonClass, "windows snapshots can only be taken from a sandbox")
	}
}

func (r *refusals) name(name string) {
	switch {
	case !namePattern().MatchString(name):
		r.add(model.ReasonName, "the server does not accept its name: only letters, digits and . _ - : / are allowed")
	case urlPattern().MatchString(name):
		r.add(model.ReasonName, "the server does not accept its name: it looks like a URL")
	}
}

// buildOrImage checks the source of a recipe: a Dockerfile or an image.
func (r *refusals) buildOrImage(recipe model.Recipe) {
	if recipe.BuildInfo == nil {
		if recipe.ImageName != "" {
			r.image(recipe.ImageName)
		}
		return
	}
	if strings.TrimSpace(recipe.BuildInfo.DockerfileContent) == "" {
		r.add(model.ReasonRecipe, "its Dockerfile is empty")
	}
	if len(recipe.Entrypoint) > 0 {
		r.add(model.ReasonRecipe, "an entrypoint cannot be sent with a Dockerfile")
	}
}

func (r *refusals) image(image string) {
	digest := strings.Contains(image, "@sha256:")
	switch {
	case digest && !digestPattern().MatchString(image):
		r.add(model.ReasonImage, "the digest of its image does not have 64 hexadecimal digits")
	case digest:
	case !strings.Contains(image, ":") || strings.HasSuffix(image, ":"):
		r.add(model.ReasonImage, "its image has neither a tag nor a digest")
	case strings.HasSuffix(image, ":latest"):
		r.add(model.ReasonImage, "the server does not accept images with the tag latest")
	case !namePattern().MatchString(image):
		r.add(model.ReasonImage, "the server does not accept the name of its image")
	}
}

func (r *refusals) number(name string, n *int) {
	if n != nil && *n < 0 {
		r.add(model.ReasonResources, fmt.Sprintf("%s is %d", name, *n))
	}
}

// lazyRegexp compiles a regular expression on first use, since most runs of the program
// need none of them.
func lazyRegexp(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
