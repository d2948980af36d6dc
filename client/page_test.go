package client

import (
	"bytes"
	"encoding/json"
	"hash/maphash"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

func TestDecodePage(t *testing.T) {
	p, err := decodePage(readTestdata(t, "page.json"), newPageCache())
	if err != nil {
		t.Fatal(err)
	}
	if p.total != 2 || p.pages != 1 || len(p.items) != 2 {
		t.Fatalf("got %+v", p)
	}
	broken, odd := p.items[0], p.items[1]
	if broken.State != model.StateBuildFailed || broken.ErrorReason.Value != "failed\n\x1b[31mred\x1b[0m" {
		t.Errorf("got %+v", broken)
	}
	if docker, ok := broken.Dockerfile(); !ok || docker != "FROM ubuntu:24.04\nRUN false\n" {
		t.Errorf("got %q", docker)
	}
	if odd.Name != "team/app:1.2.3" || odd.State != model.StateSnapshotting || odd.CPU.Presence != model.Unreadable {
		t.Errorf("got %+v", odd)
	}
	if !strings.Contains(odd.Raw.String(), `"somethingNew": {"a": [1, 2]}`) {
		t.Errorf("got %s", odd.Raw.String())
	}
}

func TestHashCollision(t *testing.T) {
	cache := newPageCache()
	other, raw := &model.Snapshot{ID: "1", Raw: model.NewRawJSON(`{"id":"1"}`)}, []byte(`{"id":"2"}`)
	cache.rows[maphash.Bytes(cache.seed, raw)] = other
	if got, _, err := cache.decode(raw); err != nil || got.ID != "2" {
		t.Errorf("%s for %s, %v", got.Raw.String(), raw, err)
	}
}

// Decoding a page never panics, accepted items have an id and their JSON, and
// decoding the page again reuses all items.
func FuzzPage(f *testing.F) {
	f.Add(readTestdata(f, "page.json"))
	for _, seed := range []string{
		`{"items":[],"total":0,"page":1,"totalPages":0}`, `{"items":null,"total":0}`, `{"items":null}`, `{}`, `[]`, `null`, `7`, ``,
		`{"items":[{"id":"1"},{"id":"1"}],"total":1e99}`, `{"items":[{"id":""}]}`, `{"items":[null]}`, `{"items":[[]]}`,
		`{"items":[{"id":"1","name":"\ud800","buildInfo":[]}],"total":-1,"totalPages":-9}`, `{"Items":[{"ID":"1"}]}`,
		"<html>", `{"items":[{"id":"1"}`, "\xef\xbb\xbf{}", strings.Repeat("[", 10_001),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		cache := newPageCache()
		p, err := decodePage(body, cache)
		if err != nil {
			if p != nil {
				t.Fatal("both a page and an error")
			}
			return
		}
		sent := bytes.Clone(body)
		clear(body) // the page must not share its memory
		body = sent
		if p.total < -1 || p.pages < 0 {
			t.Fatalf("total %d, pages %d", p.total, p.pages)
		}
		for _, s := range p.items {
			if s.ID == "" || !json.Valid([]byte(s.Raw.String())) || !bytes.Contains(body, []byte(s.Raw.String())) {
				t.Fatalf("%q is not an item of %q", s.Raw.String(), body)
			}
		}
		cache.put(1, p)
		again, err := decodePage(body, cache)
		if err != nil || len(again.items) != len(p.items) {
			t.Fatalf("%v the second time", err)
		}
		for i, s := range again.items {
			if known, _, _ := cache.decode([]byte(p.items[i].Raw.String())); s != known {
				t.Fatal("decoded again")
			}
		}
	})
}
