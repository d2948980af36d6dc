package demo

import (
	"crypto/sha1" // what the server's framework makes its ETags with
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// apiVersion is the release whose behaviour was measured.
const apiVersion = "0.190.0"

// exchange is one request on its way through the server.
type exchange struct {
	w       http.ResponseWriter
	r       *http.Request
	body    map[string]any // of a request that bears JSON
	params  []string       // what the route's wildcards stand for, unescaped
	caller     caller
	keyLastUsed millis // when the sender's key was used before
	now     millis // the world's time when the request came
}

// json answers with a body that is JSON already.
func (x *exchange) json(status int, body []byte) {
	h := x.w.Header()
	tag := etag(body)
	set(h, "ETag", tag)
	readOnly := x.r.Method == http.MethodGet || x.r.Method == http.MethodHead
	if readOnly && status == http.StatusOK && matches(x.r, tag) {
		x.w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body) // a client that went away is not the server's problem
}

// set sets a header in the server's own spelling, which is not always the one that net/http would choose.
func set(h http.Header, key, value string) { h[key] = []string{value} }

// empty answers with a status and nothing else, not even an ETag.
func (x *exchange) noContent(status int) {
	h := x.w.Header()
	h["Content-Type"] = nil // or net/http would guess one
	if status != http.StatusNoContent {
		h.Set("Content-Length", "0")
	}
	x.w.WriteHeader(status)
}

// etag is the weak tag of a body: its length in hexadecimal and the first 27 characters of its SHA-1 in base64,
// as the npm package "etag" makes them.
func etag(body []byte) string {
	sum := sha1.Sum(body)
	return `W/"` + strconv.FormatInt(int64(len(body)), 16) + "-" +
		base64.StdEncoding.EncodeToString(sum[:])[:27] + `"`
}

// matches tells whether the client holds the body with that tag already.
func matches(r *http.Request, tag string) bool {
	if strings.Contains(r.Header.Get("Cache-Control"), "no-cache") {
		return false
	}
	strong := strings.TrimPrefix(tag, "W/")
	for tag := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == strong {
			return true
		}
	}
	return false
}
