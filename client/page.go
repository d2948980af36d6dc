package client

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"daytona/snapdeck/model"
)

// page is one decoded page of the list.
type page struct {
	etag     string
	items    []*model.Snapshot
	hashes   []uint64 // of the JSON of the items
	total    int      // number of snapshots, -1 if unknown
	badTotal *string  // an impossible total, "" if it is no number; nil for none
	pages    int      // number of pages, 0 if unknown
	skipped  []error  // one per skipped item
}

// maxTotalDigits is how much of an impossible total a message shows.
const maxTotalDigits = 24

var (
	errNoItems  = errors.New("the page has no items")
	errNotAPage = errors.New("not a page of snapshots")
)

// decodePage decodes a page, except for the items in the cache. Items without an id are
// skipped, because they cannot be identified; any other invalid value only affects its
// field.
func decodePage(body []byte, cache *pageCache) (*page, error) {
	p := &page{total: -1}
	found, err := p.read(body, cache)
	if err != nil {
		return nil, err
	}
	if !found && p.total != 0 {
		return nil, errNoItems
	}
	return p, nil
}

// read reads the body in one pass, and reports whether it found a list of items.
func (p *page) read(body []byte, cache *pageCache) (found bool, err error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	start, err := d.ReadToken()
	switch {
	case err != nil:
		return false, err
	case start.Kind() == 'n':
		return false, errNoItems
	case start.Kind() != '{':
		return false, errNotAPage
	}
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return false, err
		}
		switch strings.ToLower(name.String()) {
		case "items":
			found, err = p.readItems(d, cache)
		case "total":
			err = p.readTotal(d)
		case "totalpages":
			p.pages, err = readCount(d, 0)
		default:
			err = d.SkipValue()
		}
		if err != nil {
			return false, err
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return false, err
	}
	if _, err := d.ReadToken(); err != io.EOF { //nolint:errorlint // the decoder returns the bare io.EOF
		return false, errNotAPage
	}
	return found, nil
}

// readItems reads the list of items. Null is no list.
func (p *page) readItems(d *jsontext.Decoder, cache *pageCache) (found bool, err error) {
	p.items, p.hashes, p.skipped = nil, nil, nil
	start, err := d.ReadToken()
	switch {
	case err != nil:
		return false, err
	case start.Kind() == 'n':
		return false, nil
	case start.Kind() != '[':
		return false, errNotAPage
	}
	p.items, p.hashes = make([]*model.Snapshot, 0, pageSize), make([]uint64, 0, pageSize)
	for i := 1; d.PeekKind() != ']'; i++ {
		raw, err := d.ReadValue()
		if err != nil {
			return false, err
		}
		s, hash, err := cache.decode(raw)
		if err != nil {
			p.skipped = append(p.skipped, fmt.Errorf("item %d: %w", i, err))
			continue
		}
		p.items, p.hashes = append(p.items, s), append(p.hashes, hash)
	}
	_, err = d.ReadToken()
	return true, err
}

// readTotal reads the number of snapshots. Null is an unknown one.
func (p *page) readTotal(d *jsontext.Decoder) error {
	p.total, p.badTotal = -1, nil
	value, err := d.ReadValue()
	if err != nil || value.Kind() == 'n' {
		return err
	}
	n, err := strconv.Atoi(string(value))
	if err == nil && n >= 0 && n <= maxPages*pageSize {
		p.total = n
		return nil
	}
	bad := ""
	if value.Kind() == '0' {
		bad = string(value[:min(len(value), maxTotalDigits)])
	}
	p.badTotal = &bad
	return nil
}

// readCount reads a whole number, and returns the least one for anything else.
func readCount(d *jsontext.Decoder, least int) (int, error) {
	value, err := d.ReadValue()
	if err != nil {
		return least, err
	}
	n, err := strconv.Atoi(string(value))
	if err != nil {
		return least, nil
	}
	return max(n, least), nil
}

// pageCache holds the pages of the last List. An unchanged page is not transferred
// again, and an unchanged snapshot keeps its pointer even if it moved to another page.
type pageCache struct {
	seed    maphash.Seed
	decoder *model.Decoder
	mu      sync.Mutex
	pages   map[int]*page
	rows    map[uint64]*model.Snapshot // by hash of their JSON
}

func newPageCache() *pageCache {
	return &pageCache{
		seed:    maphash.MakeSeed(),
		decoder: model.NewDecoder(),
		pages:   make(map[int]*page),
		rows:    make(map[uint64]*model.Snapshot),
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
	p.addTo(c.rows)
}

// addTo adds the items of a page to the snapshots by hash.
func (p *page) addTo(rows map[uint64]*model.Snapshot) {
	for i, hash := range p.hashes {
		rows[hash] = p.items[i]
	}
}

// decode returns the snapshot with this JSON, and the hash of the JSON. It decodes only a
// snapshot that is not in the cache.
func (c *pageCache) decode(raw []byte) (*model.Snapshot, uint64, error) {
	hash := maphash.Bytes(c.seed, raw)
	c.mu.Lock()
	s := c.rows[hash]
	c.mu.Unlock()
	if s != nil && c.decoder.Decoded(s, raw) {
		return s, hash, nil
	}
	s, err := c.decoder.Decode(raw)
	return s, hash, err
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
		p.addTo(c.rows)
	}
}
