package row

import "daytona/snapdeck/model"

// MarkedSize is the size of the marked snapshots. Adding up 100,000 takes longer than a
// frame, so it is kept until the marks or the snapshots change.
type MarkedSize struct {
	store    *model.Store
	revision int
	gb       float64
}

// Update adds up the sizes of the marked snapshots in the store. revision is another number
// after each change of the marks.
func (m *MarkedSize) Update(store *model.Store, revision int, marked func() []string) {
	if m.store == store && m.revision == revision {
		return
	}
	*m = MarkedSize{store: store, revision: revision}
	for _, id := range marked() {
		if s, ok := store.Get(id); ok {
			m.gb += s.Size.Value
		}
	}
}

// GB returns the size in GB.
func (m *MarkedSize) GB() float64 { return m.gb }
