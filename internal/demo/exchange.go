package demo

import (
	"crypto/sha1" // the server's ETags use it
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// apiVersion is the release that was measured.
const apiVersion = "0.190.0"

// exchange is a request and its response.
type exchange struct {
	w           http.ResponseWriter
	r           *http.Request
	body        map[string]any // of a JSON request
	params      []string       // values of the route's wildcards, unescaped
	caller      caller
	keyLastUsed millis           // previous use of the sender's key
	now         millis           // the world's time of the request
	created     string           // id of the snapshot that was created
	failure     string           // message of the error response
	responding  func(status int) // called before the response is written, nil for nothing
}

// respond writes the status and the headers.
func (x *exchange) respond(status int) {
	if x.responding != nil {
		x.responding(status)
	}
	x.w.WriteHeader(status)
}

// writeJSON writes a response with a JSON body.
func (x *exchange) writeJSON(status int, body []byte) {
	h := x.w.Header()
	tag := etag(body)
	setHeader(h, "ETag", tag)
	readOnly := x.r.Method == http.MethodGet || x.r.Method == http.MethodHead
	if readOnly && status == http.StatusOK && etagMatches(x.r, tag) {
		x.w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	x.respond(status)
	_, _ = x.w.Write(body) // the client may have disconnected
}

// setHeader sets a header in the server's spelling, which net/http would canonicalize.
func setHeader(h http.Header, key, value string) { h[key] = []string{value} }

// writeStatus writes a response without a body and ETag.
func (x *exchange) writeStatus(status int) {
	h := x.w.Header()
	h["Content-Type"] = nil // prevents net/http from detecting one
	if status != http.StatusNoContent {
		h.Set("Content-Length", "0")
	}
	x.respond(status)
}

// etag returns the weak ETag of a body: its length in hexadecimal and the first 27 characters of
// its SHA-1 in base64, as in the npm package "etag".
func etag(body []byte) string {
	sum := sha1.Sum(body)
	return `W/"` + strconv.FormatInt(int64(len(body)), 16) + "-" +
		base64.StdEncoding.EncodeToString(sum[:])[:27] + `"`
}

// etagMatches reports whether the client has the body with that tag.
func etagMatches(r *http.Request, tag string) bool {
	if strings.Contains(r.Header.Get("Cache-Control"), "no-cache") {
		return false
	}
	strong := strings.TrimPrefix(tag, "W/")
	for candidate := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strong {
			return true
		}
	}
	return false
}
