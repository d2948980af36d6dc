package demo

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
)

// maxBody is the maximum size of a request body in bytes.
const maxBody = 10 << 20

// readBody parses a JSON body and returns false if it wrote an error. The server's body parser runs
// before everything else. It ignores bodies of other types.
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
		x.body, _ = value.(map[string]any) // text/json is parsed later, without errors
		return true
	} else if err != nil {
		x.parserError(http.StatusBadRequest, "Invalid JSON in request body")
		return false
	}
	switch v := value.(type) {
	case map[string]any:
		x.body = v
	case []any: // valid, but without properties
	default: // the strict parser only accepts objects and arrays
		x.parserError(http.StatusBadRequest, "Invalid JSON in request body")
		return false
	}
	return true
}

func (x *exchange) parserError(status int, message string) {
	delete(x.w.Header(), "X-Daytona-Api-Version")
	x.writeJSON(status, parserErrorBody(status, message))
}
