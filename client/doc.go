// Package client is a client for the Daytona snapshot API.
//
// [Client.send] is the only function that sends requests, so every endpoint
// follows the same rules:
//
//   - The [throttle] is checked first. The API counts requests per organization
//     and also counts the ones it rejects, so after a 429 no request is sent
//     until the server's retry delay is over.
//   - The credential is sent to the API's origin, and over https to the log
//     server that the API names ([Client.BuildLogs]). A redirect never
//     takes it to another origin, and it never appears in errors, logs or
//     printed values.
//   - A request without progress is canceled: no headers, a stalled body, or a
//     body that arrives too slowly.
//   - At most 64 MiB of a body is read after decompression, and of all bodies that
//     are read at the same time, regardless of Content-Length.
//   - Every failure is a [model.Error]: a code, whether the request may have
//     reached the server, and a one-line remedy.
//
// Snapshots move between pages while they are listed; [Client.List] explains how
// that is detected. Unchanged pages are not transferred again, and a long list
// leaves part of the rate limit to other clients.
//
// GETs are retried once after a broken connection, except for lists and logs. A
// request that changes something is sent once; [model.Error.Sent] reports whether
// the server may have received it.
//
// Formats follow the public API reference (https://www.daytona.io/docs); where
// the reference is silent, behaviour was measured on release 0.190.
package client
