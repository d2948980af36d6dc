package client

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// DebugLog returns a writer for log lines of libraries, such as those of net/http about
// unexpected responses. Each write becomes one line of [Options.Debug], quoted and
// without secrets. Without [Options.Debug] the lines are dropped.
func (c *Client) DebugLog() io.Writer { return debugLog{c} }

type debugLog struct{ client *Client }

// Write implements [io.Writer].
func (l debugLog) Write(line []byte) (int, error) {
	now := l.client.now().UTC().Format(time.RFC3339Nano)
	l.client.writeDebug(fmt.Sprintf("%s log %q", now, l.client.credential.redact(strings.TrimSpace(string(line)))))
	return len(line), nil
}

// writeDebug writes one line to [Options.Debug]. It must not contain secrets.
func (c *Client) writeDebug(line string) {
	if c.debug == nil {
		return
	}
	c.debugMu.Lock()
	defer c.debugMu.Unlock()
	_, _ = io.WriteString(c.debug, line+"\n")
}
