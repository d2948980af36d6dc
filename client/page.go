package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"

	"daytona/snapdeck/model"
)

// page is one page of the list, decoded.
type page struct {
	etag    string
	items   []*model.Snapshot
	total   int     // how many snapshots the server says there are, -1 where it does not
	pages   int     // how many pages it says, 0 where it does not
	skipped []error // why items are left out, one for each
}

var errNoItems = errors.New("a page without items")

// decodePage reads a page. An item whose JSON is byte for byte one that reuse
// knows is not decoded again. An item without an id is left out, since it cannot be
// told from others; everything else that is odd is the items' own affair. It fails
// where the JSON is no page.
func decodePage(body []byte, reuse func(raw []byte) *model.Snapshot) (*page, error) {
	var wire struct {
		Items      json.RawMessage     `json:"items"`
		Total      model.Optional[int] `json:"total"`
		TotalPages model.Optional[int] `json:"totalPages"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, err
	}
	p := &page{total: max(wire.Total.Or(-1), -1), pages: max(wire.TotalPages.Or(0), 0)}
	if wire.Items == nil || bytes.Equal(wire.Items, []byte("null")) && p.total != 0 {
		return nil, errNoItems
	}
	var items []json.RawMessage
	if err := json.Unmarshal(wire.Items, &items); err != nil {
		return nil, err
	}
	p.items = make([]*model.Snapshot, 0, len(items))
	for i, raw := range items {
		s := reuse(raw)
		if s == nil {
			var err error
			if s, err = model.Decode(raw); err != nil {
				p.skipped = append(p.skipped, fmt.Errorf("item %d: %w", i+1, err))
				continue
			}
		}
		p.items = append(p.items, s)
	}
	return p, nil
}

// pageCache holds the pages of the latest sweep, so that a page that did not
// change costs an empty 304, and a row that did not change keeps its pointer even
// where its page changed or it moved to another one.
type pageCache struct {
	seed  maphash.Seed
	mu    sync.Mutex
	pages map[int]*page
	rows  map[uint64]*model.Snapshot // by hash of the JSON
}

func newPageCache() *pageCache {
	return &pageCache{
		seed:  maphash.MakeSeed(),
		pages: make(map[int]*page),
		rows:  make(map[uint64]*model.Snapshot),
	}
}

func (c *pageCache) get(number int) (*page, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.pages[number]
	return p, ok
}

func (c *pageCache) put(number int, p *page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[number] = p
	for _, s := range p.items {
		c.rows[maphash.Bytes(c.seed, s.Raw)] = s
	}
}

// row returns the snapshot that was decoded from this JSON, or nil.
func (c *pageCache) lookup(raw []byte) *model.Snapshot {
	hash := maphash.Bytes(c.seed, raw)
	c.mu.Lock()
	s := c.rows[hash]
	c.mu.Unlock()
	if s == nil || !bytes.Equal(s.Raw, raw) {
		return nil
	}
	return s
}

// keep forgets all pages after the last one of a finished sweep, and all rows
// that are on none of the rest.
func (c *pageCache) keep(last int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := 0
	for number, p := range c.pages {
		if number > last {
			delete(c.pages, number)
			continue
		}
		held += len(p.items)
	}
	if len(c.rows) <= held {
		return
	}
	c.rows = make(map[uint64]*model.Snapshot, held)
	for _, p := range c.pages {
		for _, s := range p.items {
			c.rows[maphash.Bytes(c.seed, s.Raw)] = s
		}
	}
}
