package demo

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"time"
)

// maxBody is the maximum size of a request body in bytes.
const maxBody = 10 << 20

// defaultBodyTimeout is how long a client may take to send a body.
const defaultBodyTimeout = 10 * time.Second

// receiveBody reads the body, whether it is used or not: net/http would wait for the rest of it
// after the response, without a limit. It returns false if it wrote an error.
func (x *exchange) receiveBody(timeout time.Duration) (raw []byte, ok bool) {
	if x.r.Body == http.NoBody {
		return nil, true
	}
	c := http.NewResponseController(x.w)
	_ = c.SetReadDeadline(time.Now().Add(timeout)) // a recorder of a test has no deadlines
	raw, err := io.ReadAll(http.MaxBytesReader(x.w, x.r.Body, maxBody))
	switch tooLarge := (*http.MaxBytesError)(nil); {
	case errors.As(err, &tooLarge):
		x.parserError(http.StatusRequestEntityTooLarge, "request entity too large")
		return nil, false
	case errors.Is(err, os.ErrDeadlineExceeded):
		setHeader(x.w.Header(), "Connection", "close")
		x.parserError(http.StatusRequestTimeout, "request body not received in time")
		return nil, false
	case err != nil:
		return nil, true
	}
	_ = c.SetReadDeadline(time.Time{}) // a response may take longer
	return raw, true
}

// parseBody parses a JSON body and returns false if it wrote an error. The server's body parser runs
// before everything else. It ignores bodies of other types.
func (x *exchange) parseBody(raw []byte) (ok bool) {
	media, _, _ := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
	strict := media == "application/json"
	if len(raw) == 0 || !strict && media != "" && media != "text/json" {
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
