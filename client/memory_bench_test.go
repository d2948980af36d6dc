package client_test

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
)

// memoryTransport answers from a handler without a network.
type memoryTransport struct{ http.Handler }

func (m memoryTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	rec := httptest.NewRecorder()
	m.ServeHTTP(rec, r)
	return rec.Result(), nil
}

// BenchmarkListMemory measures the live memory of a list of the demo's snapshots.
func BenchmarkListMemory(b *testing.B) {
	const size = 5000
	server := demo.New(demo.Options{Size: size})
	live := func() int {
		var stats runtime.MemStats
		runtime.GC()
		runtime.GC() // the first one keeps what is in pools
		runtime.ReadMemStats(&stats)
		return int(stats.HeapAlloc)
	}
	var perRow, perJSON float64
	for b.Loop() {
		read := func() *client.Client {
			c, err := client.New(client.Options{
				Credentials: client.Credentials{APIURL: "http://localhost/api", Secret: demo.JWT, JWT: true, OrganizationID: demo.OrganizationID},
				Transport:   memoryTransport{server},
			})
			if err != nil {
				b.Fatal(err)
			}
			return c
		}
		if _, err := read().List(b.Context(), nil); err != nil { // the server caches its pages
			b.Fatal(err)
		}
		before := live()
		c := read()
		listing, err := c.List(b.Context(), nil)
		if err != nil || len(listing.Snapshots) != size {
			b.Fatal(len(listing.Snapshots), err)
		}
		perRow = float64(live()-before) / size
		sent := 0
		for _, s := range listing.Snapshots {
			sent += len(s.Raw.String())
		}
		perJSON = float64(sent) / size
		runtime.KeepAlive(c)
	}
	b.ReportMetric(perRow, "B/row")
	b.ReportMetric(perJSON, "B/row-sent")
}
