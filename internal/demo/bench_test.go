package demo_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

// discardWriter discards a response and counts its bytes.
type discardWriter struct {
	header http.Header
	bytes  int
}

func (n *discardWriter) Header() http.Header { return n.header }
func (n *discardWriter) WriteHeader(int)     {}
func (n *discardWriter) Write(b []byte) (int, error) {
	n.bytes += len(b)
	return len(b), nil
}

func get(s http.Handler, path string) int {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	srv := &discardWriter{header: http.Header{}}
	s.ServeHTTP(srv, r)
	return srv.bytes
}

func BenchmarkNew(b *testing.B) {
	for _, size := range []int{120, 5000, 100_000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				demo.New(demo.Options{Size: size})
			}
		})
	}
}

// BenchmarkList reads all pages while time passes and the world changes.
func BenchmarkList(b *testing.B) {
	for _, size := range []int{120, 5000, 100_000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			c := demotest.NewClock()
			s := demo.New(demo.Options{Size: size, Now: c.Now})
			bytes := 0
			for b.Loop() {
				for n := 1; n <= (size+199)/200; n++ {
					c.Advance(5 * time.Millisecond)
					bytes += get(s, fmt.Sprintf("/api/snapshots?limit=200&page=%d", n))
				}
			}
			b.SetBytes(int64(bytes / b.N))
		})
	}
}

func BenchmarkPage(b *testing.B) {
	for _, query := range []string{"page=1", "page=250", "sort=name&page=250", "name=payments", "name=p_y%25s"} {
		b.Run(query, func(b *testing.B) {
			c := demotest.NewClock()
			s := demo.New(demo.Options{Size: 100_000, Now: c.Now})
			for b.Loop() {
				c.Advance(100 * time.Millisecond)
				get(s, "/api/snapshots?limit=200&"+query)
			}
		})
	}
}
