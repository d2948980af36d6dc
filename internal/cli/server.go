package cli

import (
	"context"
	"errors"
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

// server is the API that a command asks.
type server struct {
	api    *client.Client
	source string // where the credentials come from
	demo   *http.Server
	log    io.Closer
}

// connect finds the server and the credentials, or starts the demo. It sends
// nothing yet.
func (p *program) connect(ctx context.Context, f *flags) (*server, error) {
	s := &server{}
	if f.demo && f.seeded {
		p.Now = clockStartingAt(demoStart(), p.Now)
	}
	credentials, err := p.credentials(ctx, f, s)
	if err != nil {
		return nil, err
	}
	s.source = credentials.Source
	options := client.Options{Credentials: credentials, UserAgent: name + "/" + version(), Now: p.Now, Sleep: p.Sleep, Transport: p.Transport}
	if f.debug != "" {
		// Only the user can read the log: it tells what the organization has.
		log, err := os.OpenFile(f.debug, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			s.close()
			return nil, usagef("the debug log: %w", err)
		}
		s.log, options.Debug = log, log
	}
	s.api, err = client.New(options)
	if err != nil {
		s.close()
		return nil, usageError{err}
	}
	return s, nil
}

// demoStart is when a demo with a given seed begins, whenever it is run: a film of
// it can be made again, and its JSON compared.
func demoStart() time.Time { return time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC) }

// clockStartingAt is a clock that shows begin when it is looked at first, and then goes
// as fast as the other.
func clockStartingAt(begin time.Time, now func() time.Time) func() time.Time {
	from := sync.OnceValue(now)
	return func() time.Time {
		at := now()
		return begin.Add(max(0, at.Sub(from())))
	}
}

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

// host is the server as it is shown. That of a demo has no name, and another port
// each time.
func (s *server) host() string {
	if s.demo != nil {
		return "demo"
	}
	return s.api.Host()
}

// close ends everything that connect has begun. The requests on their way were
// ended by their context.
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

// serveDemo serves a demo API until it is closed, and returns its base URL.
func serveDemo(ctx context.Context, addr string, o demo.Options) (s *http.Server, base string, err error) {
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

// reachableAddr is the address of a listener as a client on this machine can use
// it: one that listens everywhere is found on the loopback.
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
