package row

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/text"
)

// highlightFor is how long a row stays marked after a change.
const highlightFor = 6 * time.Second

// DeactivateSoon is how long before its deactivation a snapshot is highlighted.
const DeactivateSoon = 48 * time.Hour

// ViewState is what the cells depend on besides the snapshot.
type ViewState struct {
	Data         Dataset
	History      model.History
	Regions      []model.Region // nil if unknown
	Organization model.Organization
	Limit        model.SnapshotLimit
	// Deactivation is how long the server keeps an unused snapshot active, as configured by
	// the user; 0 for not configured.
	Deactivation time.Duration

	Now      time.Time      // by the server's clock, which set the times of the snapshots
	Skew     time.Duration  // by how much the server's clock is ahead of this machine's
	Location *time.Location // of the user
	Query    query.Query
	Families *family.Rules // nil for those without a configuration

	// Keyed by snapshot id.
	Pending       map[string]*Pending          // running actions; one action can have several ids
	RecentChanges map[string]time.Time         // when each row changed
	Watched       map[string]bool              // the user is notified when the snapshot is done
	Failures      map[string]string            // why the last action failed
	Recipes       map[string]model.SavedRecipe // of what the snapshot replaced

	// BuildStep returns the current step of a build, empty if it is not known. nil if
	// no steps are read.
	BuildStep func(id string) text.Safe

	Uses Uses // who uses the snapshots, as far as it was asked
	// RefuseRestore returns why a snapshot could not be restored after a delete, "" if it could.
	// nil if that is not known.
	RefuseRestore func(*model.Snapshot) string
	TrashOff      bool // no recipes of deleted snapshots are saved

	shortReasons shortReasons
}

// Unrestorable returns why a snapshot could not be restored after a delete, "" if it could, or
// if that is not known.
func (v *ViewState) Unrestorable(s *model.Snapshot) string {
	if v.RefuseRestore == nil {
		return ""
	}
	return v.RefuseRestore(s)
}

// NewViewState returns the state before the first poll.
func NewViewState(now time.Time) ViewState {
	return ViewState{
		Data:          NewDataset(),
		Now:           now,
		Location:      time.UTC,
		Pending:       make(map[string]*Pending),
		RecentChanges: make(map[string]time.Time),
		Watched:       make(map[string]bool),
		Failures:      make(map[string]string),
		Recipes:       make(map[string]model.SavedRecipe),
		Uses:          NewUses(),
	}
}

// SetData replaces the dataset and records what changed.
func (v *ViewState) SetData(next Dataset, changes []model.Change) {
	before := v.Data.Store
	v.Data = next
	if use := v.Quota(); use.Differs && use.Used == use.Counted {
		v.Limit.Settle()
	}
	if !before.Complete() {
		return // nothing to compare the first list with
	}
	if before.Partial() {
		changes = WithoutAdded(changes)
	}
	if AnyDeleted(changes) {
		maps.DeleteFunc(v.Failures, func(id, _ string) bool { return !v.Listed(id) })
	}
	v.History.Observe(changes, v.Now)
	for _, change := range changes {
		if change.Kind != model.Deleted && !change.UsageOnly() {
			v.RecentChanges[change.After.ID] = v.Now
		}
	}
}

// WithoutAdded returns the changes of snapshots that were listed before.
func WithoutAdded(changes []model.Change) []model.Change {
	var known []model.Change
	for _, change := range changes {
		if change.Kind != model.Added {
			known = append(known, change)
		}
	}
	return known
}

// LocalNow returns the time by the clock of this machine, which set the times of actions.
func (v *ViewState) LocalNow() time.Time { return v.Now.Add(-v.Skew) }

// AnyDeleted reports whether a change is a deletion.
func AnyDeleted(changes []model.Change) bool {
	return slices.ContainsFunc(changes, func(c model.Change) bool { return c.Kind == model.Deleted })
}

// ExpireHighlights removes the marks of changes that are no longer recent.
func (v *ViewState) ExpireHighlights(now time.Time) {
	for id, at := range v.RecentChanges {
		if now.Sub(at) >= highlightFor {
			delete(v.RecentChanges, id)
		}
	}
}

// Find returns the snapshot with the id, else the one that has its name now, else the
// row of its rebuild. It returns nil if there is none.
func (v *ViewState) Find(id, name string) *model.Snapshot {
	if s, ok := v.Data.Store.Get(id); ok {
		return s
	}
	if s, ok := v.Data.Store.Named(name); ok {
		return s
	}
	if op := v.Pending[id]; op != nil {
		return op.Placeholder
	}
	return nil
}

// Region returns the region with the id, and whether the organization has it. The
// name of an unknown region is its id.
func (v *ViewState) Region(id string) (model.Region, bool) {
	i := slices.IndexFunc(v.Regions, func(r model.Region) bool { return r.ID == id })
	if i < 0 {
		return model.Region{ID: id, Name: id}, false
	}
	return v.Regions[i], true
}

// maxNamedRegions is how many regions of a snapshot are named. No real one has more, and a
// server must not be able to slow down the screen with a long list.
const maxNamedRegions = 100

// SortedRegions returns the regions with these ids in the order of the regions screen:
// regions of the organization in the server's order, then the others by name. Of a long list
// it returns a part, and how many more there are.
func (v *ViewState) SortedRegions(ids []string) (regions []model.Region, more int) {
	named := ids[:min(len(ids), maxNamedRegions)]
	for _, id := range model.SortRegions(named, v.Regions) {
		region, _ := v.Region(id)
		regions = append(regions, region)
	}
	return regions, len(ids) - len(named)
}

// RegionNames returns the names of the snapshot's regions, in the same order.
func (v *ViewState) RegionNames(s *model.Snapshot) []string {
	regions, more := v.SortedRegions(s.RegionIDs.Value)
	names := make([]string, len(regions), len(regions)+1)
	for i, region := range regions {
		names[i] = region.Name
	}
	if more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return names
}

// Since returns when the snapshot was observed to enter its state, or else its last update. It
// may have been in its state for long when a poll first lists it.
func (v *ViewState) Since(s *model.Snapshot) (time.Time, bool) {
	updated, known := s.UpdatedAt.Get()
	at, observed := v.History.Since(s.ID)
	if seen := v.History.Transitions(s.ID); observed && known && seen[len(seen)-1].From == "" && updated.Before(at) {
		return updated, true
	}
	if observed {
		return at, true
	}
	return updated, known
}

// Timeout returns how long Daytona keeps an unused snapshot active: what the server says, else
// what the user configured, 0 if unknown.
func (v *ViewState) Timeout() time.Duration {
	return cmp.Or(v.Organization.DeactivationTimeout, v.Deactivation)
}

// ShownState returns the state to show. It changes as soon as an action is accepted. What the
// last poll did not list is in no known state.
func (v *ViewState) ShownState(s *model.Snapshot) model.State {
	pending := v.Pending[s.ID]
	if pending != nil && pending.Accepted() && pending.ID == s.ID && !isPlaceholder(s) {
		return pending.Shows
	}
	if v.Data.Store.Missing(s.ID) {
		return StateNotListed
	}
	return s.State
}

// SetOrganization applies what is known of the regions and the organization.
func (v *ViewState) SetOrganization(info model.OrganizationInfo) {
	v.SetQuota(info.SnapshotQuota)
	if info.Regions != nil {
		v.Regions = info.Regions
	}
	for _, organization := range info.Organizations {
		if organization.ID == v.OrganizationID() {
			v.Organization = organization
		}
	}
}

// OrganizationID returns the id of the organization, "" if unknown.
func (v *ViewState) OrganizationID() string {
	return cmp.Or(v.Organization.ID, v.Data.Store.OrganizationID())
}

// OrganizationName returns the name of the organization, or the start of its id, because an
// API key cannot read the name.
func (v *ViewState) OrganizationName() string {
	id := v.OrganizationID()
	return cmp.Or(v.Organization.Name, id[:min(8, len(id))])
}

// QueryContext returns what a query depends on besides the snapshots.
func (v *ViewState) QueryContext() query.Context {
	return query.Context{Now: v.Now, Timeout: v.Timeout(), Regions: v.Regions, Families: v.Families}
}

// CompletionContext returns what the completion of a query depends on. It has no names of
// families where these would take too long.
func (v *ViewState) CompletionContext() query.Context {
	c := v.QueryContext()
	if index := v.Data.Index; v.Data.Store.Len() <= maxInlineSort || index.HasFamilies(v.Families) {
		for _, f := range index.Families(v.Families).All() {
			c.FamilyNames = append(c.FamilyNames, f.Name)
		}
		c.FamilyNames = slices.Compact(c.FamilyNames)
	}
	return c
}

// Replaced records that the snapshot with the id replaced an old one. It keeps the recipe of
// the old one and its place in the family.
func (v *ViewState) Replaced(id string, old *model.Snapshot) {
	v.Recipes[id] = model.SavedRecipe{Snapshot: old, At: v.Now}
	if at, ok := v.Families.Created(old); ok {
		v.Families = v.Families.With(map[string]time.Time{id: at})
	}
}

// Filter returns the current filter with the given order. last is the previous result for
// the same snapshots, or the zero Result; order is the latest one, or the zero Order.
func (v *ViewState) Filter(by Sort, last query.Result, order Order) Filter {
	return Filter{Data: v.Data, Last: last, Query: v.Query, Context: v.QueryContext(), Sort: by, Compare: v.Comparator(by), Order: order}
}

// DeactivatingSoon counts the snapshots that are deactivated within [DeactivateSoon].
func (v *ViewState) DeactivatingSoon() int {
	return v.Data.Totals.inactiveBy(v.Now.Add(DeactivateSoon), v.Timeout())
}
