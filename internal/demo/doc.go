// Package demo is an embedded Daytona snapshot API: an http.Handler that answers as release 0.190.0 of the
// real server was measured to, so that the dashboard, curl, the vendor's CLI and any other client work with it
// without an account and without a network.
//
// # The idea
//
// The demo is a world, a queue and a clock. The world holds the snapshots of one invented organization, "acme".
// The queue holds what is going to happen to them: a build that ends, a row that is taken away, a colleague who
// creates something. The clock belongs to the caller (Options.Now). Nothing moves by itself: the package starts
// no goroutine, and every request first advances the world to Now(), carrying out in order whatever became due
// since the last request. So the clock may run, stand still or jump by hours, and for one seed and the same
// steps of the clock every body is the same to the byte.
//
// As in the real server, states change at full ten seconds, because its jobs run then. Only the dispatch of a
// new snapshot to a runner is prompt.
//
// The one place that needs the clock to move while a request is being answered is a build log that is followed,
// or one that waits for a runner: that request, and only it, looks at Now() on a small real ticker until the
// build ends or the client goes away.
//
// # What happens
//
// The first half minute has one of everything worth seeing (see opening.go), so that somebody who has just
// started the dashboard sees it live; afterwards life goes on gently for as long as the clock runs (life.go).
//
// # Making things happen
//
// A recipe can say how it shall end: a Dockerfile with "RUN exit 3", "RUN false" or "RUN FAILBUILD" fails at that
// step, a comment such as "# SLOW90" makes the build take 90 seconds, and the images ".../notfound:1",
// ".../huge:1" and ".../failpull:1" fail in their ways. What failed once fails again with the same recipe.
//
// A row that is deleted within the last ticks of its build may come back: the job writes over "removing", as
// users of the real server have met it.
//
// # What is left out
//
// There are no push events (socket.io), no sandboxes, no changes of keys, regions and organizations, and no
// outages: whoever wants a 503 puts a handler in front.
package demo
