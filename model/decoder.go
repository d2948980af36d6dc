package model

import (
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/s2"
)

const (
	// maxPlain is how many snapshots are decoded before the dictionary is begun: a page. That
	// takes little memory anyway, and compressing it would delay a command that reads no more.
	maxPlain = 200
	// maxSample is how much of one snapshot the dictionary gets, so that it contains many.
	maxSample = 2 << 10
	// maxShared is how many different texts are shared. Only texts of which a server has
	// few are, so a server that has more gains nothing.
	maxShared = 1000
	// maxSharedSize is how long they are at most: they stay in memory without a snapshot.
	maxSharedSize = 1 << 10
)

// Decoder decodes the snapshots of a list, which take less memory than those of [Decode]:
// their JSON is compressed with a dictionary of earlier ones, and equal texts share memory. The
// first page stays as it is. Goroutines may use it at the same time.
type Decoder struct {
	scratch sync.Pool // of *scratch
	mu      sync.Mutex
	decoded int // how many, counted until there is a dictionary
	sample  []byte
	dict    *s2.Dict // nil until the sample is large enough
	strings map[string]string
	lists   map[string][]string // by their elements, joined
}

// NewDecoder returns a decoder without a dictionary.
func NewDecoder() *Decoder {
	return &Decoder{
		scratch: sync.Pool{New: func() any { return new(scratch) }},
		strings: make(map[string]string),
		lists:   make(map[string][]string),
	}
}

// Decode is [Decode] with less memory for the result.
func (d *Decoder) Decode(raw []byte) (*Snapshot, error) {
	buf := d.scratch.Get().(*scratch)
	defer d.scratch.Put(buf)
	s, err := buf.snapshot(raw)
	if err != nil {
		return nil, err
	}
	if dict := d.dictionary(raw); dict != nil {
		s.Raw = buf.compress(raw, dict)
		d.copyStrings(s)
	}
	return s, nil
}

// Decoded reports whether the snapshot was decoded from this JSON. It allocates nothing.
func (d *Decoder) Decoded(s *Snapshot, raw []byte) bool {
	if s.Raw.dict == nil {
		return s.Raw.text == string(raw)
	}
	buf := d.scratch.Get().(*scratch)
	defer d.scratch.Put(buf)
	return string(buf.decompress(s.Raw)) == string(raw)
}

// scratch is memory that one snapshot after the other uses.
type scratch struct {
	decoder
	plain, compressed []byte
}

func (b *scratch) compress(plain []byte, dict *s2.Dict) RawJSON {
	if n := s2.MaxEncodedLen(len(plain)); n > cap(b.compressed) {
		b.compressed = make([]byte, n)
	}
	return RawJSON{text: string(dict.Encode(b.compressed, plain)), dict: dict}
}

func (b *scratch) decompress(r RawJSON) []byte {
	b.compressed = append(b.compressed[:0], r.text...)
	b.plain, _ = r.dict.Decode(b.plain[:cap(b.plain)], b.compressed) // cannot fail
	return b.plain
}

// dictionary returns the dictionary, nil while there are too few snapshots for one.
func (d *Decoder) dictionary(raw []byte) *s2.Dict {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dict != nil {
		return d.dict
	}
	if d.decoded++; d.decoded <= maxPlain {
		return nil
	}
	d.sample = append(d.sample, raw[:min(len(raw), maxSample)]...)
	if len(d.sample) >= s2.MaxDictSize {
		d.dict, d.sample = s2.MakeDict(d.sample, nil), nil
	}
	return nil
}

// copyStrings replaces the strings of a snapshot, which share the memory of its plain JSON.
func (d *Decoder) copyStrings(s *Snapshot) {
	own := []*string{&s.ID, &s.Name, &s.ImageName.Value, &s.ErrorReason.Value, &s.Ref.Value, &s.SourceSandboxID.Value}
	if build := s.BuildInfo.Value; build != nil {
		build.DockerfileContent.Value.json = s.Raw
		own = append(own, &build.SnapshotRef.Value)
		for i := range build.ContextHashes.Value {
			own = append(own, &build.ContextHashes.Value[i])
		}
	}
	joinMemory(own)

	d.mu.Lock()
	defer d.mu.Unlock()
	for _, text := range []*string{&s.OrganizationID.Value, (*string)(&s.State), &s.InitialRunnerID.Value, &s.GPUType.Value, &s.SandboxClass.Value} {
		*text = d.shared(*text)
	}
	for _, list := range []*[]string{&s.RegionIDs.Value, &s.Entrypoint.Value} {
		*list = d.sharedList(*list)
	}
}

// joinMemory copies strings to one piece of memory, which takes less than one for each.
func joinMemory(own []*string) {
	size := 0
	for _, text := range own {
		size += len(*text)
	}
	var b strings.Builder
	b.Grow(size)
	for _, text := range own {
		b.WriteString(*text)
	}
	all := b.String()
	for _, text := range own {
		*text, all = all[:len(*text)], all[len(*text):]
	}
}

// shared returns a copy of a text that is the same for equal texts.
func (d *Decoder) shared(text string) string {
	if known, ok := d.strings[text]; ok {
		return known
	}
	text = strings.Clone(text)
	if len(d.strings) < maxShared && len(text) <= maxSharedSize {
		d.strings[text] = text
	}
	return text
}

// sharedList returns a copy of a list that is the same for equal lists.
func (d *Decoder) sharedList(list []string) []string {
	if len(list) == 0 {
		return list
	}
	key := strings.Join(list, ",")
	if known := d.lists[key]; slices.Equal(known, list) {
		return known
	}
	list = slices.Clone(list)
	for i, text := range list {
		list[i] = strings.Clone(text)
	}
	if len(d.lists) < maxShared && len(key) <= maxSharedSize {
		d.lists[key] = list
	}
	return list
}
