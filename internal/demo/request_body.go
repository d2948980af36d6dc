package demo

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
)

// largestBody is how much of a request is read, in bytes.
const maxBody = 10 << 20

// readBody reads what a request says, if that is JSON. The server's body parser comes before everything else:
// it answers by itself where it cannot read, and bodies of other types are as good as none.
func (x *exchange) readBody() (ok bool) {
	media, _, _ := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
	strict := media == "application/json"
	if !strict && media != "" && media != "text/json" {
		return true
	}
	raw, err := io.ReadAll(http.MaxBytesReader(x.w, x.r.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		x.parserError(http.StatusRequestEntityTooLarge, "request entity too large")
		return false
	}
	if err != nil || len(raw) == 0 {
		return true
	}
	var value any
	if err := json.Unmarshal(raw, &value); !strict {
		x.body, _ = value.(map[string]any) // read late, by somebody who does not complain
		return true
	} else if err != nil {
		x.parserError(http.StatusBadRequest, "Invalid JSON in request body")
		return false
	}
	switch v := value.(type) {
	case map[string]any:
		x.body = v
	case []any: // read, but it has no properties
	default: // the parser is strict: a lone number or string is not accepted
		x.parserError(http.StatusBadRequest, "Invalid JSON in request body")
		return false
	}
	return true
}

func (x *exchange) parserError(status int, message string) {
	delete(x.w.Header(), "X-Daytona-Api-Version")
	x.json(status, parserErrorBody(status, message))
}
