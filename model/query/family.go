package query

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
)

// familyCache holds the families of an index. They take longer than a search, and most
// queries do not need them, so they are found on first use.
type familyCache struct {
	mu   sync.Mutex
	set  *family.Set
	rows []familyRow // of each row of the index
}

// familyRow is the place of a row in its family.
type familyRow struct {
	family *family.Family
	rank   int64
}

// Families returns the families of the snapshots by these rules. The first call for an index
// takes about 1 µs for each snapshot.
func (ix *Index) Families(rules *family.Rules) *family.Set {
	set, _ := ix.familyRows(rules)
	return set
}

func (ix *Index) familyRows(rules *family.Rules) (*family.Set, []familyRow) {
	c := ix.families
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.set.BuiltFrom(ix.store, rules) {
		c.set = family.NewSet(ix.store, rules)
		c.rows = make([]familyRow, len(ix.rows))
		for i, s := range ix.rows {
			c.rows[i] = familyRow{c.set.Of(s), int64(c.set.Rank(s))}
		}
	}
	return c.set, c.rows
}

// HasFamilies reports whether [Index.Families] has the families by these rules already.
func (ix *Index) HasFamilies(rules *family.Rules) bool {
	if !ix.families.mu.TryLock() {
		return false // they are being found
	}
	defer ix.families.mu.Unlock()
	return ix.families.set.BuiltFrom(ix.store, rules)
}

// UsesFamilies reports whether the query needs [Index.Families].
func (q Query) UsesFamilies() bool {
	return slices.ContainsFunc(q.terms, func(t term) bool {
		return slices.ContainsFunc(t.values, func(v fieldValue) bool { return v.bindFamilies != nil })
	})
}

// parseFamily parses a part of the name of a family, or the whole name after "=".
func parseFamily(value string) (fieldValue, bool) {
	rest, whole := strings.CutPrefix(value, "=")
	w := newWord(rest, true)
	return fieldValue{bindFamilies: func(rows []familyRow) rowPredicate {
		return func(row int) bool {
			if whole {
				return w.equals(rows[row].family.Name)
			}
			return w.isIn(rows[row].family.Name)
		}
	}}, w.text != ""
}

// parseNewest parses a place in a family: 1 is the newest snapshot.
func parseNewest(value string) (fieldValue, bool) {
	op, rest := cutOperator(value)
	want, err := strconv.ParseUint(rest, 10, 32)
	return fieldValue{bindFamilies: func(rows []familyRow) rowPredicate {
		return func(row int) bool { return compare(rows[row].rank, op, int64(want)) }
	}}, err == nil
}

// hasVersion reports whether the name has a version.
func hasVersion(e env) (predicate, string) {
	rules := e.Context.Families
	return func(s *model.Snapshot) bool {
		_, v := rules.Split(s.Name)
		return v.Text != ""
	}, ""
}
