package demo_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// A client that sends its body slowly, or never, holds a connection only for a while.
func TestSlowBodiesAreBounded(t *testing.T) {
	t.Parallel()
	s := newTestServer(t, demo.Options{BodyTimeout: 200 * time.Millisecond})
	for name, head := range map[string]string{
		"create":       "POST /api/snapshots HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n",
		"chunked":      "POST /api/snapshots HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
		"other type":   "POST /api/snapshots HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n",
		"list":         "GET /api/snapshots HTTP/1.1\r\nContent-Length: 1000\r\n",
		"preflight":    "OPTIONS /api/snapshots HTTP/1.1\r\nContent-Length: 1000\r\n",
		"outside":      "GET /elsewhere HTTP/1.1\r\nContent-Length: 1000\r\n",
		"long promise": "DELETE /api/snapshots/x HTTP/1.1\r\nContent-Length: 1000000000\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			started := time.Now()
			_, _ = fmt.Fprintf(conn, "%sHost: x\r\nAuthorization: Bearer %s\r\n\r\n", head, demo.Key)
			stop := make(chan struct{})
			defer close(stop)
			go func() {
				for {
					select {
					case <-stop:
						return
					case <-time.After(20 * time.Millisecond):
						_, _ = conn.Write([]byte("1"))
					}
				}
			}()
			_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
			in := bufio.NewReader(conn)
			res, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatalf("no response: %v", err)
			}
			_, _ = io.Copy(io.Discard, res.Body)
			if res.StatusCode != http.StatusRequestTimeout && name != "chunked" || !res.Close {
				t.Errorf("status %d, close %t", res.StatusCode, res.Close)
			}
			if _, err := io.Copy(io.Discard, in); err != nil && strings.Contains(err.Error(), "timeout") {
				t.Errorf("the connection stays open: %v", err)
			}
			if took := time.Since(started); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// The limit of a body does not limit the response.
func TestResponsesMayTakeLongerThanABody(t *testing.T) {
	t.Parallel()
	const timeout = 100 * time.Millisecond
	s := newTestServer(t, demo.Options{BodyTimeout: timeout})
	id := s.getByName("node-22-nightly").ID
	req, _ := http.NewRequest(http.MethodGet, s.url+"/api/snapshots/"+id+"/build-logs?follow=true", strings.NewReader("{}"))
	req.Header.Set("Authorization", "Bearer "+demo.Key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	time.Sleep(5 * timeout)
	go func() {
		for range 100 {
			s.Advance(10 * time.Second)
			time.Sleep(5 * time.Millisecond)
		}
	}()
	log, err := io.ReadAll(res.Body)
	if err != nil || len(log) < 200 {
		t.Errorf("the log was cut: %d bytes, %v", len(log), err)
	}
}
