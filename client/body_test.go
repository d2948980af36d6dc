package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// peakHeap runs a function and returns the growth of the heap.
func peakHeap(run func()) (peak uint64) {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	before := stats.HeapAlloc
	done := make(chan struct{})
	var sampler sync.WaitGroup
	sampler.Go(func() {
		for {
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapAlloc-min(before, stats.HeapAlloc))
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	})
	run()
	close(done)
	sampler.Wait()
	return peak
}

// bigPages serves five pages, of which all but the first have a large body: size bytes,
// or without an end for 0.
func bigPages(size int) http.HandlerFunc {
	chunk := bytes.Repeat([]byte("x"), 1<<20)
	return func(w http.ResponseWriter, r *http.Request) {
		number, _ := strconv.Atoi(r.URL.Query().Get("page"))
		_, _ = fmt.Fprintf(w, `{"total":5,"totalPages":5,"items":[{"id":"%d","buildInfo":{"dockerfileContent":"`, number)
		for sent := 0; number > 1 && (size == 0 || sent < size); sent += len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
		_, _ = io.WriteString(w, `"}}]}`)
	}
}

func TestEndlessPagesTogetherAreBounded(t *testing.T) {
	c := start(t, bigPages(0))
	var err error
	peak := peakHeap(func() { _, err = c.List(t.Context(), nil) })
	if e := requireError(t, err); e.Code != model.TooLarge || !strings.Contains(e.Message, "64 MiB") || e.Remedy == "" || !e.Sent {
		t.Errorf("got %+v", e)
	}
	if peak > 200<<20 {
		t.Errorf("the heap grew by %d MiB", peak>>20)
	}
	if used := c.bodies.used.Load(); used != 0 {
		t.Errorf("%d bytes are still counted", used)
	}
}

// Pages that are too large to be read side by side are read one by one.
func TestLargePagesAreReadOneByOne(t *testing.T) {
	c := start(t, bigPages(20<<20))
	listing, err := c.List(t.Context(), nil)
	if err != nil || len(listing.Snapshots) != 5 {
		t.Fatalf("got %d snapshots, %v", len(listing.Snapshots), err)
	}
}

func TestBodyMemory(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, minChunk - 1, minChunk, minChunk + bytes.MinRead, 3*maxChunk + 7, maxBody} {
		for _, length := range []int64{-1, 0, int64(size), 1 << 50}[:min(4, 1+maxBody/(size+1))] {
			var m bodyMemory
			for _, content := range []string{"ab", "cd"} { // the second may overwrite the first
				body := bytes.Repeat([]byte(content), size/2+1)[:size]
				got, err := m.read(bytes.NewReader(body), length)
				if err != nil || !bytes.Equal(got, body) || m.used.Load() != 0 {
					t.Errorf("%d bytes of length %d: got %d, %v, %d still counted", size, length, len(got), err, m.used.Load())
				}
				m.reuse(got)
			}
		}
	}
	var m bodyMemory
	m.used.Store(maxBody - 10)
	if _, err := m.read(strings.NewReader("eleven bytes"), -1); !errors.Is(err, errTooLargeTogether) || m.used.Load() != maxBody-10 {
		t.Errorf("%v, %d counted", err, m.used.Load())
	}
	broken := fmt.Errorf("broken: %w", io.ErrUnexpectedEOF)
	if _, err := m.read(io.MultiReader(strings.NewReader("ab"), errReader{broken}), -1); !errors.Is(err, broken) {
		t.Errorf("a truncated body: %v", err)
	}
}

// errReader fails every read.
type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }
