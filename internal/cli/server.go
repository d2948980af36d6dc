package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/demo"
)

// server is the connection of a command to the API.
type server struct {
	api     *client.Client
	source  string    // of the credentials
	expires time.Time // of the credentials, zero if unknown
	demo    *http.Server
	log     io.Closer
}

// connect creates a client for the configured server, or starts the demo. It sends no
// requests.
func (p *program) connect(ctx context.Context, f *flags) (*server, error) {
	s := &server{}
	if f.demo && f.seeded {
		p.Now = clockStartingAt(demoStart(), p.Now)
	}
	credentials, err := p.credentials(ctx, f, s)
	if err != nil {
		return nil, err
	}
	s.source, s.expires = credentials.Source, credentials.ExpiresAt
	options := client.Options{Credentials: credentials, UserAgent: name + "/" + version(), Now: p.Now, Sleep: p.Sleep, Transport: p.Transport}
	if f.debug != "" {
		log, err := openDebugLog(f.debug)
		if err != nil {
			s.close()
			return nil, usagef("--debug: %w", err)
		}
		s.log, options.Debug = log, log
	}
	s.api, err = client.New(options)
	if err != nil {
		s.close()
		return nil, usageError{err}
	}
	p.LogTo(s.api.DebugLog())
	return s, nil
}

// openDebugLog opens a file to append to. Only the user can read it, because it contains
// data of the organization. A pipe would block, and a terminal would show what servers
// send.
func openDebugLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", path)
	}
	log, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if err := log.Chmod(0o600); err != nil { // the file may be older
		_ = log.Close()
		return nil, err
	}
	return log, nil
}

// demoStart returns the time at which a demo with --demo-seed starts, so that recordings
// and output are reproducible.
func demoStart() time.Time { return time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC) }

// clockStartingAt returns a clock that shows start on its first call, and then runs at
// the speed of now.
func clockStartingAt(start time.Time, now func() time.Time) func() time.Time {
	firstCall := sync.OnceValue(now)
	return func() time.Time {
		t := now()
		return start.Add(max(0, t.Sub(firstCall())))
	}
}

// credentials returns the credentials for the configured server, or starts the demo and
// returns those for it.
func (p *program) credentials(ctx context.Context, f *flags, s *server) (client.Credentials, error) {
	if !f.demo {
		return config.Credentials(f.overrides, p.Getenv, p.DaytonaCLIDir)
	}
	var err error
	var base string
	s.demo, base, err = serveDemo(ctx, "127.0.0.1:0", demo.Options{Seed: f.demoSeed, Size: f.demoSize, Now: p.Now})
	return client.Credentials{
		APIURL: base, Secret: demo.JWT, JWT: true, OrganizationID: demo.OrganizationID, Source: "--demo",
	}, err
}

// warnInsecure prints a warning if the credential is sent unencrypted to another machine.
func (p *program) warnInsecure(s *server) {
	if s.api.Insecure() {
		p.printError(fmt.Errorf("%s: the credential is sent unencrypted · use https:// in the API URL", s.api.Host()))
	}
}

// host returns the name of the server for the header. The demo has a random port, so it
// is called demo.
func (s *server) host() string {
	if s.demo != nil {
		return "demo"
	}
	return s.api.Host()
}

// close releases everything that connect opened. Requests end with their context.
func (s *server) close() {
	if s.api != nil {
		s.api.Close()
	}
	if s.demo != nil {
		_ = s.demo.Close()
	}
	if s.log != nil {
		_ = s.log.Close()
	}
}

// demoRateLimit returns the rate limit of demos. No client reaches it, but without one
// snapdeck would read a large demo as slowly as from a server with an unknown limit.
func demoRateLimit() demo.Limit { return demo.Limit{Requests: 60_000, Window: time.Minute} }

// minDemoQuota is the size from which a demo has a quota with little room left, so that the
// dashboard shows it. In a smaller demo, each snapshot would change that.
const minDemoQuota = 100

// demoQuota returns the quota of a demo with that many snapshots, 0 for the default. Three
// quarters of them count against it.
func demoQuota(size int) int {
	if size < minDemoQuota {
		return 0
	}
	return size*4/5 - 2
}

// serveDemo starts a demo server and returns its base URL.
func serveDemo(ctx context.Context, addr string, o demo.Options) (s *http.Server, base string, err error) {
	o.RateLimit, o.SnapshotQuota = demoRateLimit(), demoQuota(o.Size)
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, "", err
	}
	s = &http.Server{
		Handler:           demo.New(o),
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       demo.IdleTimeout,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	go func() {
		if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			_ = listener.Close()
		}
	}()
	return s, "http://" + reachableAddr(listener.Addr()) + "/api", nil
}

// reachableAddr returns the address of a listener for clients on this machine: the
// loopback address if it listens on all interfaces.
func reachableAddr(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
