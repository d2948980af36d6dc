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
)

// nowhere takes an answer and keeps only its size.
type nowhere struct {
	header http.Header
	bytes  int
}

func (n *nowhere) Header() http.Header { return n.header }
func (n *nowhere) WriteHeader(int)     {}
func (n *nowhere) Write(b []byte) (int, error) {
	n.bytes += len(b)
	return len(b), nil
}

func ask(s http.Handler, path string) int {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	w := &nowhere{header: http.Header{}}
	s.ServeHTTP(w, r)
	return w.bytes
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

// BenchmarkSweep reads the whole list, 200 a page, while the world lives: every page is asked for later than the
// one before.
func BenchmarkSweep(b *testing.B) {
	for _, size := range []int{120, 5000, 100_000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			c := &clock{now: begin}
			s := demo.New(demo.Options{Size: size, Now: c.Now})
			bytes := 0
			for b.Loop() {
				for n := 1; n <= (size+199)/200; n++ {
					c.step(5 * time.Millisecond)
					bytes += ask(s, fmt.Sprintf("/api/snapshots?limit=200&page=%d", n))
				}
			}
			b.SetBytes(int64(bytes / b.N))
		})
	}
}

func BenchmarkPage(b *testing.B) {
	for _, query := range []string{"page=1", "page=250", "sort=name&page=250", "name=payments", "name=p_y%25s"} {
		b.Run(query, func(b *testing.B) {
			c := &clock{now: begin}
			s := demo.New(demo.Options{Size: 100_000, Now: c.Now})
			for b.Loop() {
				c.step(100 * time.Millisecond)
				ask(s, "/api/snapshots?limit=200&"+query)
			}
		})
	}
}
