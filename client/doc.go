// Package client speaks the Daytona snapshot API over resty.
//
// The idea is one door. Every request, of every endpoint and every goroutine,
// leaves through [Client.open], and so none can forget what all must do:
//
//   - The gate ([gate]) is asked first. The API counts requests for a whole
//     organization, and counts those that it refuses too: after a 429 nothing
//     leaves until the server's time is over.
//   - The credential goes to the API's own origin, and over https to the log
//     server that the API names ([Client.BuildLogs]): never along a redirect to
//     another origin, and never into an error, a log line or a dump of a value.
//   - A watchdog ends the request if nothing moves: before the headers, in the
//     middle of the body, or by a byte a second for ever.
//   - The body is read up to 64 MiB after decompression, whatever its
//     Content-Length claims.
//   - Whatever goes wrong comes out as one [model.Error]: what kind of trouble,
//     whether the request may have reached the server, and one line of advice.
//
// Above the door stand the endpoints, a file for each group. The list is the
// one that needs thought: rows move between pages while they are read, pages
// that did not change are not sent again, and a big list must not eat the
// requests of everybody else ([Client.List]).
//
// Nothing is retried but single GETs that met a broken connection. A request
// that changes something is sent once, and its error says whether the server
// may have seen it ([model.Error.Sent]).
package client
