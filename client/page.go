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

// page is one decoded page of the list.
type page struct {
	etag    string
	items   []*model.Snapshot
	total   int     // number of snapshots, -1 if unknown
	pages   int     // number of pages, 0 if unknown
	skipped []error // one per skipped item
}

var errNoItems = errors.New("the page has no items")

// decodePage decodes a page. Items for which reuse returns a snapshot are not
// decoded again. Items without an id are skipped, because they cannot be
// identified; any other invalid value only affects its field.
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

// pageCache holds the pages of the last List. An unchanged page is not transferred
// again, and an unchanged snapshot keeps its pointer even if it moved to another page.
type pageCache struct {
	seed  maphash.Seed
	mu    sync.Mutex
	pages map[int]*page
	rows  map[uint64]*model.Snapshot // by hash of their JSON
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

// lookup returns the snapshot that was decoded from this JSON, or nil.
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

// trim removes all pages after the last one, and the snapshots that are on none of
// the remaining pages.
func (c *pageCache) trim(last int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	count := 0
	for number, p := range c.pages {
		if number > last {
			delete(c.pages, number)
			continue
		}
		count += len(p.items)
	}
	if len(c.rows) <= count {
		return
	}
	c.rows = make(map[uint64]*model.Snapshot, count)
	for _, p := range c.pages {
		for _, s := range p.items {
			c.rows[maphash.Bytes(c.seed, s.Raw)] = s
		}
	}
}
