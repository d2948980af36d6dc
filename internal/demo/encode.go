package demo

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
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
		return append(appendKey(b, key), "null"...)
	}
	return appendField(b, ',', key, value)
}

func appendKey(b []byte, key string) []byte {
	b = append(b, ',', '"')
	b = append(b, key...)
	return append(b, '"', ':')
}

func appendInt(b []byte, key string, value int) []byte {
	return strconv.AppendInt(appendKey(b, key), int64(value), 10)
}

func appendTime(b []byte, key string, t millis) []byte {
	b = appendKey(b, key)
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
	return appendList(b, list, func(s string, b []byte) []byte { return appendString(b, s) })
}

func appendList[T any](b []byte, list []T, appendItem func(item T, b []byte) []byte) []byte {
	b = append(b, '[')
	for i, item := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendItem(item, b)
	}
	return append(b, ']')
}

// onPage returns the items of a page.
func onPage[T any](all []T, page, limit int) []T {
	from := min((page-1)*limit, len(all))
	return all[from:min(from+limit, len(all))]
}

// appendPage appends the items of a page.
func appendPage[T any](b []byte, items []T, total, page, limit int, appendItem func(item T, b []byte) []byte) []byte {
	b = appendList(append(b, `{"items":`...), items, appendItem)
	b = appendInt(b, "total", total)
	b = appendInt(b, "page", page)
	b = appendInt(b, "totalPages", (total+limit-1)/limit)
	return append(b, '}')
}

// appendString appends s like JSON.stringify: only quotes, backslashes and control characters are
// escaped. Invalid UTF-8 becomes U+FFFD, as in the server's database.
func appendString(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s) // an error is invalid UTF-8
	return b
}
