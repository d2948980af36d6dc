// Package demo is an embedded Daytona snapshot API that needs no account and no network.
// It is an http.Handler with the measured behaviour of release 0.190.0 of the real server,
// for the dashboard, curl, the Daytona CLI and any other client.
//
// # Design
//
// A [Server] contains a world, an event queue and a clock. The world is the organization
// "acme" with its snapshots. The queue contains scheduled changes: the end of a build, the
// removal of a row, a random event. The caller supplies the clock ([Options].Now). There
// are no background goroutines: every request first runs the events that are due, in
// order. The clock may run, stop or jump by hours, and requests with the same seed at the
// same times get the same responses, byte for byte.
//
// As on the real server, states change every ten seconds, when its jobs run. Only a new
// snapshot is dispatched to a runner at once.
//
// One kind of request needs the clock to move while it is handled: a followed build log,
// or one that waits for a runner. It polls the clock in real time until the build ends or
// the client disconnects.
//
// # Events
//
// The first 30 seconds show every kind of change (script.go), so that a new user sees
// them live. Afterwards random events continue as long as the clock runs (activity.go).
//
// # Failures on request
//
// A Dockerfile with "RUN exit 3", "RUN false" or "RUN FAILBUILD" fails at that step, a
// comment such as "# SLOW90" makes the build take 90 seconds, and the images
// ".../notfound:1", ".../huge:1" and ".../failpull:1" fail. A recipe that failed once
// fails again.
//
// A row that is deleted within the last ticks of its build may reappear, because the
// job overwrites "removing". Users have reported this for the real server.
//
// # Limits
//
// There are no push events (socket.io). Sandboxes and warm pools can be listed, but not
// changed. Keys, regions and organizations do not change. There are no outages: to test a
// 503, wrap the handler.
package demo
