package demo

import (
	"strconv"
	"unicode/utf8"
)

// The JSON is not written with encoding/json: the order of the properties and the
// difference between null and absent are part of the API, JavaScript escapes fewer
// characters than Go, and every page contains up to 200 snapshots.

// appendSnapshot appends s as GET returns it. With omitUnset, as in the response to a create,
// properties without a value are absent instead of null.
func appendSnapshot(b []byte, s *snapshot, omitUnset bool) []byte {
	b = appendField(b, '{', "id", s.id)
	b = appendOptional(b, "organizationId", s.org)
	b = append(b, `,"general":`...)
	b = strconv.AppendBool(b, s.general)
	b = appendField(b, ',', "name", s.name)
	b = appendField(b, ',', "imageName", s.image)
	b = appendField(b, ',', "state", s.state.String())
	b = append(b, `,"size":`...)
	b = appendSize(b, s.size)
	b = append(b, `,"entrypoint":`...)
	b = appendStrings(b, s.entrypoint)
	b = appendInt(b, "cpu", s.cpu)
	b = appendInt(b, "gpu", s.gpu)
	if s.gpuType != "" {
		b = appendField(b, ',', "gpuType", s.gpuType)
	}
	b = appendInt(b, "mem", s.mem)
	b = appendInt(b, "disk", s.disk)
	b = appendOptional(b, "errorReason", s.reason)
	b = appendTime(b, "createdAt", s.created)
	b = appendTime(b, "updatedAt", s.updated)
	b = appendTime(b, "lastUsedAt", s.used)
	b = appendBuild(b, s.build)
	b = append(b, `,"regionIds":`...)
	if s.regions == nil {
		b = append(b, "[]"...)
	} else {
		b = appendStrings(b, s.regions)
	}
	return append(appendOrigin(b, s, omitUnset), '}')
}

// wireSize estimates how many bytes appendSnapshot appends.
func (s *snapshot) wireSize() int {
	n := 680 + len(s.name) + len(s.image) + len(s.reason)*9/8 + len(s.ref)
	if s.build != nil {
		n += 260 + len(s.build.dockerfile)*9/8 + 67*len(s.build.hashes)
	}
	return n
}

// appendOrigin appends the origin of the snapshot. sourceSandboxId is newer than release 0.190 and
// therefore absent unless it is set.
func appendOrigin(b []byte, s *snapshot, omitUnset bool) []byte {
	if s.runner != "" || !omitUnset {
		b = appendOptional(b, "initialRunnerId", s.runner)
	}
	if s.ref != "" || !omitUnset {
		b = appendOptional(b, "ref", s.ref)
	}
	if s.sourceSandbox != "" {
		b = appendField(b, ',', "sourceSandboxId", s.sourceSandbox)
	}
	return appendField(b, ',', "sandboxClass", s.class)
}

func appendBuild(b []byte, i *buildInfo) []byte {
	if i == nil {
		return b
	}
	b = append(b, `,"buildInfo":`...)
	b = appendField(b, '{', "dockerfileContent", i.dockerfile)
	b = append(b, `,"contextHashes":`...)
	b = appendStrings(b, i.hashes)
	b = appendTime(b, "createdAt", i.created)
	b = appendTime(b, "updatedAt", i.updated)
	b = appendField(b, ',', "snapshotRef", i.ref)
	return append(b, '}')
}

// appendField appends a string property after a delimiter, '{' or ','.
func appendField(b []byte, delimiter byte, key, value string) []byte {
	b = append(b, delimiter, '"')
	b = append(b, key...)
	b = append(b, '"', ':')
	return appendString(b, value)
}

func appendOptional(b []byte, key, value string) []byte {
	if value == "" {
		b = append(b, ',', '"')
		b = append(b, key...)
		return append(b, `":null`...)
	}
	return appendField(b, ',', key, value)
}

func appendInt(b []byte, key string, value int) []byte {
	b = append(b, ',', '"')
	b = append(b, key...)
	b = append(b, '"', ':')
	return strconv.AppendInt(b, int64(value), 10)
}

func appendTime(b []byte, key string, t millis) []byte {
	b = append(b, ',', '"')
	b = append(b, key...)
	b = append(b, '"', ':')
	if t == 0 {
		return append(b, "null"...)
	}
	b = append(b, '"')
	return append(t.appendTo(b), '"')
}

func appendSize(b []byte, gb float64) []byte {
	if gb < 0 {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, gb, 'f', -1, 64)
}

// appendStrings appends a list of strings, or null for nil.
func appendStrings(b []byte, list []string) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

const hexDigits = "0123456789abcdef"

// appendString appends s like JSON.stringify: only quotes, backslashes and control characters are
// escaped. Invalid UTF-8 becomes U+FFFD, as in the server's database.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				b = append(b, s[from:i]...)
				b = utf8.AppendRune(b, utf8.RuneError)
				from = i + 1
			}
			i += n
			continue
		}
		if c < ' ' || c == '"' || c == '\\' {
			b = append(b, s[from:i]...)
			b = appendEscape(b, c)
			from = i + 1
		}
		i++
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, '\\', 'b')
	case '\f':
		return append(b, '\\', 'f')
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}
