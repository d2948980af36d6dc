package demo

import (
	"strings"
)

// failure describes how a build or a pull fails.
type failure struct {
	reason     string
	logTail    []string // last lines of the log before the builder's message
	step       int      // of a build: index of the failing instruction
	beforePull bool     // of a pull: detected before the pull starts
	size       float64  // of a pull: the image's size if it is too large
	noRunner   bool     // of a build: no runner took it, so it is build_failed and has no log
}

// A recipe that failed once fails again: world.failures contains it. An edited
// Dockerfile has another ref and may succeed. In addition, some Dockerfiles and images
// always fail, see buildFailure and pullFailure.

var failingCommand = lazyRegexp(`(?:^|(?:;|&&)\s*)(?:exit\s+([1-9]\d{0,2})|false|FAILBUILD)\s*$`)

// buildFailure returns how a build fails, or nil. Instructions such as RUN exit 3, RUN false and
// RUN FAILBUILD fail.
func (w *world) buildFailure(i *buildInfo) *failure {
	if f, ok := w.failures[i.ref]; ok {
		return &f
	}
	for step, line := range instructions(i.dockerfile) {
		command, isRun := strings.CutPrefix(line, "RUN ")
		found := failingCommand().FindStringSubmatch(command)
		if !isRun || found == nil {
			continue
		}
		code := found[1]
		if code == "" {
			code = "1"
		}
		return &failure{reason: commandFailed(command, code), step: step}
	}
	return nil
}

// pullFailure returns how a pull fails, or nil. Images named notfound, huge and failpull fail.
func (w *world) pullFailure(image string) *failure {
	if f, ok := w.failures[image]; ok {
		return &f
	}
	name := image[strings.LastIndexByte(image, '/')+1:]
	switch {
	case strings.HasPrefix(name, "notfound:"):
		return &failure{beforePull: true, reason: "image not found in registry: docker.io/" + image}
	case strings.HasPrefix(name, "huge:"):
		return &failure{beforePull: true, size: 500, reason: "Snapshot size (500.00GB) exceeds maximum allowed size of 100GB"}
	case strings.HasPrefix(name, "failpull:"):
		return &failure{reason: "failed to pull image " + image + ": unexpected EOF"}
	}
	return nil
}

const buildFailurePrefix = "failed to build image: "

// commandFailed returns the reason of a build whose command returned a non-zero code.
func commandFailed(command, code string) string {
	return buildFailurePrefix + "The command '/bin/sh -c " + command + "' returned a non-zero code: " + code
}
