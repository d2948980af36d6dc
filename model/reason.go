package model

import "strings"

// ExitMark stands between a command and its exit code in a short reason.
const ExitMark = " → exit "

// maxReason is how many bytes of a reason are read to shorten it.
const maxReason = 4 << 10

// ShortReason returns the reason of a failure in one line, without the words that many
// reasons share: the command and its exit code of a failed build step, and of other errors
// the innermost one. It returns "" for "". The result is a part of what the server sent,
// so it is foreign text.
func ShortReason(reason string) string {
	reason = withoutColours(reason[:min(len(reason), maxReason)])
	flat := strings.Join(strings.FieldsFunc(reason, isSpace), " ")
	if short, ok := failedCommand(flat); ok {
		return short
	}
	short := withoutPrefixes(firstLine(reason))
	for _, kind := range reasonKinds() {
		if rest, ok := cutPrefixFold(short, kind.prefix); ok {
			return strings.TrimSuffix(kind.shorten(rest), ".")
		}
	}
	return strings.TrimSuffix(causeFirst(short), ".")
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }

// withoutColours removes the escape sequences that only colour a text.
func withoutColours(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		end := strings.TrimLeft(rest, "0123456789;")
		if strings.HasPrefix(end, "m") {
			s = end[1:]
			continue
		}
		b.WriteString("\x1b[")
		s = rest
	}
}

// firstLine returns the first line that says something, with the next one if it
// announces that.
func firstLine(s string) string {
	line := ""
	for next := range strings.Lines(s) {
		next = strings.TrimFunc(next, isSpace)
		line = strings.TrimFunc(line+" "+next, isSpace)
		if line != "" && !strings.HasSuffix(line, ":") {
			break
		}
	}
	return line
}

// commandForms are the sentences of builders about a failed command: what stands before
// and after the command.
func commandForms() [][2]string {
	return [][2]string{
		{"The command '", "' returned a non-zero code: "},
		{`process "`, `" did not complete successfully: `},
		{"executor failed running [", "]: "},
	}
}

// failedCommand shortens the sentence of a builder about a failed command:
// "npm ci → exit 137".
func failedCommand(s string) (short string, ok bool) {
	for _, form := range commandForms() {
		_, rest, found := strings.Cut(s, form[0])
		end := strings.LastIndex(rest, form[1])
		if !found || end < 0 {
			continue
		}
		command, outcome := withoutShell(rest[:end]), rest[end+len(form[1]):]
		outcome = strings.TrimPrefix(outcome, "exit code: ")
		code := len(outcome) - len(strings.TrimLeft(outcome, "-0123456789"))
		if code == 0 {
			return command + ": " + outcome, true
		}
		short = command + ExitMark + outcome[:code]
		if note := outcome[code:]; strings.HasPrefix(note, " (") {
			note, _, _ = strings.Cut(note, ")")
			short += note + ")"
		}
		return short, true
	}
	return "", false
}

// withoutShell removes the shell that runs a command, such as /bin/bash -o pipefail -c,
// and the options that the command sets first.
func withoutShell(command string) string {
	shell, rest, _ := strings.Cut(command, " ")
	switch shell[strings.LastIndexByte(shell, '/')+1:] {
	case "sh", "bash", "ash", "dash", "zsh":
		for rest != "" {
			var word string
			word, rest, _ = strings.Cut(rest, " ")
			if strings.HasPrefix(word, "-") && strings.HasSuffix(word, "c") {
				command = rest
				break
			}
		}
	}
	if strings.HasPrefix(command, "set -") {
		for _, separator := range []string{"; ", " && "} {
			if options, rest, found := strings.Cut(command, separator); found && !strings.ContainsAny(options, ";&|") {
				return rest
			}
		}
	}
	return command
}

// errorPrefixes begin the errors of all kinds of build. Some contain a word that differs,
// which is a *.
func errorPrefixes() []string {
	return []string{
		"error response from daemon: ", "error: ", "error ", "fatal: ", "failed: ", "build failed: ", "#* ", "*.* ",
		"failed to build image: ", "failed to build snapshot: ", "error building image: ", "failed to process snapshot: ",
		"failed to solve: ", "failed to solve with frontend *: ", "failed to create LLB definition: ",
		"failed to compute cache key: ", "failed to calculate checksum of ref *: ", "failed to register layer: ",
		"rpc error: code = * desc = ", "file not found in build context or excluded by .dockerignore: ",
	}
}

// withoutPrefixes removes the prefixes of an error, one after the other.
func withoutPrefixes(s string) string {
	for before := ""; s != before; {
		before = s
		for _, prefix := range errorPrefixes() {
			if rest, ok := cutPattern(s, prefix); ok && rest != "" {
				s = rest
			}
		}
	}
	return s
}

// cutPattern removes a prefix in which a * is one word. One without a letter stands for
// numbers only.
func cutPattern(s, pattern string) (rest string, ok bool) {
	parts := strings.Split(pattern, "*")
	numbers := strings.Trim(pattern, "#*. ") == ""
	for i, part := range parts {
		if i > 0 {
			word := len(s) - len(strings.TrimLeft(s, "0123456789"))
			if !numbers {
				word = strings.IndexByte(s, ' ')
				if strings.HasPrefix(part, ":") {
					word--
				}
			}
			if word <= 0 {
				return "", false
			}
			s = s[word:]
		}
		if s, ok = cutPrefixFold(s, part); !ok {
			return "", false
		}
	}
	return s, true
}

func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// reasonKind is a kind of reason that has a shorter form.
type reasonKind struct {
	prefix  string
	shorten func(rest string) string
}

func reasonKinds() []reasonKind {
	transfer := func(does string) func(string) string {
		return func(rest string) string { return does + ": " + imageError(rest) }
	}
	return []reasonKind{
		{"failed to pull image ", transfer("pull")},
		{"failed to push image ", transfer("push")},
		{"image not found in registry: ", func(rest string) string { return "image not found: " + imageError(rest) }},
		{"copy failed: ", func(rest string) string { return "COPY: " + withoutPrefixes(rest) }},
		{"add failed: ", func(rest string) string { return "ADD: " + withoutPrefixes(rest) }},
		{"failed to download context archive: ", func(rest string) string { return "build context: " + rest }},
		{"snapshot size (", func(rest string) string {
			return "size " + strings.Replace(strings.Replace(rest, ") exceeds", " exceeds", 1), " maximum allowed size of", "", 1)
		}},
		{"timeout processing snapshot on ", func(rest string) string { return "timeout on " + rest }},
	}
}

// imageError returns the error after an image, or the image if there is none.
func imageError(s string) string {
	image, err, found := strings.Cut(s, ": ")
	if !found {
		return strings.TrimPrefix(strings.TrimPrefix(image, "docker.io/"), "library/")
	}
	err = withoutPrefixes(err)
	if outer, inner, ok := strings.Cut(err, ": "); ok && strings.EqualFold(outer, inner) {
		return inner
	}
	if _, cause, ok := strings.Cut(err, `": `); ok && strings.HasPrefix(err, `Get "`) {
		return cause
	}
	return err
}

// causeFirst moves the cause of a failed system call before the path, which can be long:
// "disk quota exceeded: write /opt/system.img".
func causeFirst(s string) string {
	call, path, _ := strings.Cut(s, " ")
	switch call {
	case "write", "open", "mkdir", "link", "symlink", "rename", "chmod", "lchown", "unlinkat", "stat", "lstat":
		if at := strings.LastIndex(path, ": "); at > 0 {
			return path[at+2:] + ": " + call + " " + path[:at]
		}
	}
	return s
}
