package durable_test

import (
	"bytes"
	"errors"
	"testing"

	"daytona/snapdeck/internal/durable"
)

type content struct {
	Text string `json:"text"`
}

func TestFormat(t *testing.T) {
	t.Parallel()
	format := durable.Format{Name: "test", Version: 2}
	want := content{Text: "FROM a AS b\nRUN x && y > z <<EOF\x1b\u2028"}
	data, err := format.Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	var got content
	if err := format.Decode(data, &got); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}

	var version *durable.VersionError
	if err := (durable.Format{Name: "test", Version: 1}).Decode(data, &got); !errors.As(err, &version) || version.Version != 2 {
		t.Errorf("another version: %v", err)
	}
	foreign := map[string]string{
		"nothing":            "",
		"half a file":        string(data[:len(data)/2]),
		"another format":     `{"format":"other","version":2,"content":{}}`,
		"no format":          `{"text":"x"}`,
		"an odd version":     `{"format":"test","version":"2","content":{}}`,
		"an odd content":     `{"format":"test","version":2,"content":{"text":1}}`,
		"no content":         `{"format":"test","version":2}`,
		"something after it": string(data) + "{}",
	}
	for name, data := range foreign {
		if err := format.Decode([]byte(data), &got); !errors.Is(err, durable.ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestChecksum reads each file in which one bit is flipped: none may pass with another
// content. A file of an older program has no checksum.
func TestChecksum(t *testing.T) {
	t.Parallel()
	format := durable.Format{Name: "test", Version: 2}
	want := content{Text: "FROM node:20\nRUN npm ci"}
	data, err := format.Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		for bit := range 8 {
			flipped := bytes.Clone(data)
			flipped[i] ^= 1 << bit
			var got content
			err := format.Decode(flipped, &got)
			if err == nil && got != want {
				t.Errorf("bit %d of byte %d: %q passed as %+v", bit, i, flipped, got)
			}
			if err != nil && !errors.Is(err, durable.ErrForeign) && !errors.As(err, new(*durable.VersionError)) {
				t.Errorf("bit %d of byte %d: %v", bit, i, err)
			}
		}
	}
	var got content
	if err := format.Decode([]byte(`{"format":"test","version":2,"content":{"text":"old"}}`), &got); err != nil || got.Text != "old" {
		t.Errorf("without a checksum: %+v, %v", got, err)
	}
	if err := format.Decode(bytes.Replace(data, []byte("node:20"), []byte("node:22"), 1), &got); !errors.Is(err, durable.ErrForeign) {
		t.Errorf("another content: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	format := durable.Format{Name: "test", Version: 1}
	f.Add([]byte(`{"format":"test","version":1,"content":{"text":"x"}}`))
	f.Add([]byte(`{"format":"test","version":9}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var got content
		err := format.Decode(data, &got)
		var version *durable.VersionError
		if err != nil {
			if !errors.Is(err, durable.ErrForeign) && !errors.As(err, &version) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		again, err := format.Encode(got)
		if err != nil {
			t.Fatal(err)
		}
		var same content
		if err := format.Decode(again, &same); err != nil || same != got {
			t.Errorf("%+v became %+v, %v", got, same, err)
		}
	})
}
