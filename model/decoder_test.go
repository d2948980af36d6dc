package model_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

// trained returns a decoder with a dictionary.
func trained(t testing.TB) *model.Decoder {
	t.Helper()
	d := model.NewDecoder()
	for i := range 2000 {
		if _, err := d.Decode(fullJSON(i, "")); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// fullJSON returns a snapshot with all properties, and one that is unknown.
func fullJSON(i int, unknown string) []byte {
	return fmt.Appendf(nil, `{"id":"id-%d","organizationId":"org","general":true,"name":"name-%[1]d","imageName":"image:%[1]d","state":"active",`+
		`"size":1.5,"entrypoint":["sleep","%[1]d"],"cpu":2,"gpu":1,"mem":4,"disk":8,"errorReason":"reason %[1]d",`+
		`"createdAt":"2026-11-24T16:33:50Z","updatedAt":"2026-11-24T16:33:51Z","lastUsedAt":"2026-11-24T16:33:52Z",`+
		`"buildInfo":{"dockerfileContent":"FROM node\nRUN %[1]d\n","contextHashes":["hash-%[1]d"],"createdAt":"2026-11-24T16:33:53Z",`+
		`"updatedAt":"2026-11-24T16:33:54Z","snapshotRef":"ref-%[1]d"},"regionIds":["eu","us"],"initialRunnerId":"runner","ref":"ref:%[1]d",`+
		`"gpuType":"H100","sandboxClass":"container","sourceSandboxId":"sandbox-%[1]d","unknown":"%s"}`, i, unknown)
}

// Whatever is sent, a decoder with a dictionary returns what Decode returns.
func FuzzDecoderAgreesWithDecode(f *testing.F) {
	for _, raw := range recorded(f) {
		f.Add(raw)
	}
	for _, raw := range []string{
		`null`, `{"id":"x"}`, "{\"id\":\"\xff\xfe\"}", `{"id":"x","buildInfo":{"dockerfileContent":"FROM \"x\"\n"}} `, ` {"id":"","name":"y"}`,
		`{"id":"x","regionIds":[],"entrypoint":[""]}`, `{"id":"x","regionIds":["a,b"]}`, `{"id":"x","regionIds":["a","b"]}`,
	} {
		f.Add([]byte(raw))
	}
	// The compression looks no further back than 64 KiB.
	dice := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{60 << 10, 64 << 10, 200 << 10} {
		var text strings.Builder
		for text.Len() < size {
			fmt.Fprintf(&text, "RUN install package-%d && ", dice.IntN(1000))
		}
		f.Add(fullJSON(1, text.String()))
	}
	d := trained(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		want, wantErr := model.Decode(raw)
		got, err := d.Decode(raw)
		if fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%q: error %v, want %v", raw, err, wantErr)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q (-Decode +Decoder):\n%s", raw, diff)
		}
		if err == nil && (got.Raw.String() != string(raw) || !d.Decoded(got, raw) || d.Decoded(got, raw[1:])) {
			t.Fatalf("the JSON is %q, want %q", got.Raw, raw)
		}
	})
}

func TestDecoderKeepsNoPlainJSON(t *testing.T) {
	d := trained(t)
	const count, unknown = 100, 100_000
	before := liveMemory()
	list := make([]*model.Snapshot, count)
	for i := range list {
		s, err := d.Decode(fullJSON(i, strings.Repeat("x", unknown)))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range reflect.ValueOf(*s).Fields() {
			if value.IsZero() {
				t.Fatalf("the test does not set %s", name.Name)
			}
		}
		list[i] = s
	}
	if each := (liveMemory() - before) / count; each > unknown/4 {
		t.Errorf("a snapshot takes %d bytes, its plain JSON %d", each, len(fullJSON(0, ""))+unknown)
	}
	runtime.KeepAlive(list)
}

// What snapshots share does not keep the memory of those that were deleted.
func TestDecoderKeepsNoLongTexts(t *testing.T) {
	d := trained(t)
	const count, size = 100, 100_000
	before := liveMemory()
	for i := range count {
		long := strings.Repeat("x", size)
		if _, err := d.Decode(fmt.Appendf(nil, `{"id":"x","state":"%d %s","entrypoint":["%[1]d %[2]s"]}`, i, long)); err != nil {
			t.Fatal(err)
		}
	}
	if kept := liveMemory() - before; kept > count*size/4 {
		t.Errorf("%d bytes of %d deleted snapshots are kept", kept, count)
	}
	runtime.KeepAlive(d)
}

func liveMemory() int {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}
