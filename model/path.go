package model

import "net/url"

// SnapshotPath returns the path of a snapshot below the URL of the API. A name will do
// as well as an id. What is shown of a request, sent and written down is the same text,
// so that it can be compared: slashes and the like are escaped.
func SnapshotPath(id string) string { return "/snapshots/" + url.PathEscape(id) }
