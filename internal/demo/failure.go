package demo

import (
	"regexp"
	"strings"
)

// mishap is what goes wrong with a build or a pull.
type failure struct {
	reason       string
	logTail         []string // what the log says at the end, before the builder's own last line
	step         int      // of a build: the index of the instruction that fails
	beforePull        bool     // of a pull: found out before anything is pulled
	size         float64  // of a pull: the image's size where it is the trouble
	noRunner bool     // of a build: no runner took it, so it ends in build_failed and has no log
}

// Whatever failed once fails again with the same recipe: world.broken remembers. A Dockerfile that was edited
// has another ref and may succeed. Besides that, some recipes fail by what they say, so that a failure can be
// made at will.

var failingCommand = regexp.MustCompile(`(?:^|(?:;|&&)\s*)(?:exit\s+([1-9]\d{0,2})|false|FAILBUILD)\s*$`)

// mishapOfBuild tells what goes wrong with a Dockerfile: an instruction such as RUN exit 3, RUN false or RUN
// FAILBUILD fails.
func (w *world) buildFailure(i *buildInfo) *failure {
	if m, ok := w.failures[i.ref]; ok {
		return &m
	}
	for step, line := range instructions(i.dockerfile) {
		command, isRun := strings.CutPrefix(line, "RUN ")
		found := failingCommand.FindStringSubmatch(command)
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

// mishapOfImage tells what goes wrong with an image: ones called notfound, huge and failpull fail in their ways.
func (w *world) pullFailure(image string) *failure {
	if m, ok := w.failures[image]; ok {
		return &m
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

// commandFailed is the reason of a build whose command returned a code.
func commandFailed(command, code string) string {
	return buildFailurePrefix + "The command '/bin/sh -c " + command + "' returned a non-zero code: " + code
}
