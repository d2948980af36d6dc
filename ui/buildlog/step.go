package buildlog

import (
	"bytes"
	"strings"

	"daytona/snapdeck/ui/text"
)

const (
	// maxStepLine limits how much of a line is kept until it ends.
	maxStepLine = 1 << 10
	// maxInstruction limits an instruction, in bytes.
	maxInstruction = 200
)

// step is a step of a build.
type step struct {
	number, total string
	instruction   string
	buildkit      bool
}

// parseStep returns the step that a line of a log starts, false if it starts none. It knows
// the formats of the classic builder ("Step 7/19 : RUN npm ci"), buildah ("STEP 7/19: RUN npm
// ci") and BuildKit ("#12 [builder 7/19] RUN npm ci").
func parseStep(raw string) (step, bool) {
	if !mayBeStep(raw) {
		return step{}, false
	}
	line := strings.TrimSpace(Line(raw).String())
	s, ok := parseClassic(line)
	if !ok {
		s, ok = parseBuildKit(line)
	}
	s.instruction = shortInstruction(s.instruction)
	return s, ok && s.instruction != ""
}

// mayBeStep reports quickly whether a line can start a step: few lines of a log do.
func mayBeStep(raw string) bool {
	if !strings.Contains(raw, "/") {
		return false
	}
	return strings.Contains(raw, "Step ") || strings.Contains(raw, "STEP ") ||
		strings.Contains(raw, "[") && (strings.Contains(raw, "#") || strings.Contains(raw, "=>"))
}

func parseClassic(line string) (s step, ok bool) {
	if stage, rest, found := strings.Cut(line, "] STEP "); found && strings.HasPrefix(stage, "[") {
		line = "STEP " + rest // "[1/2] STEP 7/19: RUN npm ci" of a build with stages
	}
	rest, ok := strings.CutPrefix(line, "Step ")
	if !ok {
		if rest, ok = strings.CutPrefix(line, "STEP "); !ok {
			return s, false
		}
	}
	fraction, instruction, ok := strings.Cut(rest, ":")
	s.instruction = instruction
	return s, ok && s.count(strings.TrimSpace(fraction))
}

func parseBuildKit(line string) (s step, ok bool) {
	s.buildkit = true
	rest, ok := strings.CutPrefix(line, "=>") // of its display for terminals
	if !ok {
		vertex, after, _ := strings.Cut(line, " ")
		if number, isVertex := strings.CutPrefix(vertex, "#"); !isVertex || !isNumber(number) {
			return s, false
		}
		rest = after
	}
	rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), "CACHED "))
	name, instruction, ok := strings.Cut(rest, "] ")
	s.instruction = instruction
	parts := strings.Fields(strings.TrimPrefix(name, "["))
	return s, ok && strings.HasPrefix(name, "[") && len(parts) > 0 && s.count(parts[len(parts)-1])
}

// count reads "7/19".
func (s *step) count(fraction string) bool {
	number, total, ok := strings.Cut(fraction, "/")
	s.number, s.total = number, total
	return ok && isNumber(number) && isNumber(total)
}

func isNumber(s string) bool {
	return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789") == ""
}

// shortInstruction returns an instruction on one line, without the options in front of its
// command that take much room: "RUN --mount=type=cache,target=/root/.npm npm ci".
func shortInstruction(s string) string {
	words := strings.Fields(s)
	for len(words) > 1 && words[0] == "RUN" && strings.HasPrefix(words[1], "--") {
		words = append(words[:1], words[2:]...)
	}
	return strings.Join(words, " ")
}

// stepFinder finds the current step of a build in what is written to it.
type stepFinder struct {
	line    []byte    // the start of an incomplete line
	total   string    // of the first step, "" if not known
	step    text.Safe // the current one, "Step 7/19 RUN npm ci", empty if none is known
	written int       // bytes
}

// Write reads a piece of a log.
func (f *stepFinder) Write(p []byte) (int, error) {
	f.written += len(p)
	for rest := p; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		rest = after
		f.line = append(f.line, line[:min(len(line), maxStepLine-len(f.line))]...)
		if ended {
			f.read(string(f.line))
			f.line = f.line[:0]
		}
	}
	return len(p), nil
}

// read reads a line. What a command prints may look like a step of another build, but then
// the number of steps differs, except with BuildKit, where each stage has its own.
func (f *stepFinder) read(line string) {
	s, ok := parseStep(line)
	if !ok || !s.buildkit && f.total != "" && s.total != f.total {
		return
	}
	if !s.buildkit {
		f.total = s.total
	}
	instruction := s.instruction[:min(len(s.instruction), maxInstruction)]
	f.step = text.Sprintf("Step %s/%s %s", s.number, s.total, strings.ToValidUTF8(instruction, ""))
}
