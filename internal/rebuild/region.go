package rebuild

import (
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// NotInRegionError is the error of a resume with a region that the old snapshot was not in.
type NotInRegionError struct {
	RegionID string
	Was      []string // the ids of its regions, sorted
}

// Error implements error.
func (e *NotInRegionError) Error() string {
	return fmt.Sprintf("it was not in region %s, but in: %s", e.RegionID, strings.Join(e.Was, ", "))
}

// regions returns the ids of the old snapshot's regions, sorted.
func (e Entry) regions() []string {
	old, err := model.Decode(e.Old.JSON)
	if err != nil {
		return nil
	}
	return model.SortRegions(old.RegionIDs.Value, nil)
}

// chooseRegion makes a resumed rebuild create the snapshot in [Options.RegionID], which
// must be a region of the old one.
func (r *run) chooseRegion() error {
	e, id := &r.locked.entry, r.o.RegionID
	if id == "" || id == e.Recipe.RegionID || newSeen(*e).holds {
		return nil
	}
	if was := e.regions(); !slices.Contains(was, id) {
		return &NotInRegionError{RegionID: id, Was: was}
	}
	e.Recipe.RegionID = id
	if e.Edited != nil {
		e.Edited.RegionID = id
	}
	return r.locked.save()
}

// otherRegionHint returns how to create the snapshot in another of its regions, "" unless the
// server refused a create because of its region.
func (r *run) otherRegionHint(err error) string {
	e := r.locked.entry
	others := slices.DeleteFunc(slices.Clone(e.regions()), func(id string) bool { return id == e.Recipe.RegionID })
	if !isDefinite(err) || len(others) == 0 || !strings.Contains(strings.ToLower(err.Error()), "region") {
		return ""
	}
	return " · snapdeck recover --resume --region ID creates it in another of its regions: " + strings.Join(others, ", ")
}
