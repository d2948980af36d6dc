package cli

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

// anyHost sends requests for any host to one handler.
type anyHost struct{ http.Handler }

func (h anyHost) RoundTrip(r *http.Request) (*http.Response, error) {
	rec, received := httptest.NewRecorder(), r.Clone(r.Context())
	if received.Body == nil {
		received.Body = http.NoBody // as a server gets it
	}
	h.ServeHTTP(rec, received)
	res := rec.Result()
	res.Request = r
	return res, nil
}

func TestUnencryptedKeyIsReported(t *testing.T) {
	t.Parallel()
	world := demo.New(demo.Options{Size: 30, Now: demotest.NewClock().Now})
	const warning = "the credential is sent unencrypted"
	for _, args := range []string{"list", "list -o json", "wait node-20-agents"} {
		for url, warned := range map[string]bool{
			"http://daytona.example/api": true, "http://10.0.0.5:3000/api": true,
			"https://daytona.example/api": false, "http://localhost:3000/api": false, "http://127.0.0.1/api": false, "http://[::1]:80/api": false,
		} {
			env := newEnvironment(t, t.TempDir(), connection(url))
			env.Transport = anyHost{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if warned && !strings.Contains(readFile(t, env.Err), warning) {
					t.Errorf("%s: the key was sent before the warning", args)
				}
				world.ServeHTTP(w, r)
			})}
			got := runWith(t, env, strings.Fields(args)...)
			if n := strings.Count(got.err, warning); got.code != exitOK || n > 1 || (n == 1) != warned || strings.Contains(got.out, warning) {
				t.Errorf("%s with %s: code %d, stdout %q, stderr %q", args, url, got.code, got.out, got.err)
			}
		}
	}
}

func TestUnencryptedKeyOfRecoverIsReported(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	world := demo.New(demo.Options{Size: 30, Now: b.clock.Now})
	const warning = "daytona.example: the credential is sent unencrypted"
	for url, want := range map[string]int{"http://daytona.example/api": 1, "https://daytona.example/api": 0} {
		env := b.streams(connection(url))
		env.Transport = anyHost{world}
		got := runWith(t, env, "recover", "--resume", "--yes")
		if n := strings.Count(got.err, warning); n != want || strings.Contains(got.out, warning) {
			t.Errorf("%s: stdout %q, stderr %q", url, got.out, got.err)
		}
	}
}
