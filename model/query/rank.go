package query

import "daytona/snapdeck/model"

// cost is how well a row matches a word; lower is better. The kinds of matches are
// 16 apart, and up to 15 orders the matches of one kind.
//
//	node                 node                         the whole name, id or ref
//	node                 node-20                      prefix of the name
//	agents               node-agents                  prefix of a word of the name
//	noag                 node-agents                  prefixes of several words of the name
//	gent                 node-agents                  substring of the name
//	3fa2                 …daytona-3fa2…e91c:daytona   prefix of a word of image, ref or id
//	nage                 node-agents                  subsequence of the name
//	a2e9                 …daytona-3fa2…e91c:daytona   substring or subsequence of image, ref or id
//	day                  …daytona-3fa2…e91c:daytona   only in what most refs have in common
//
// fzf adds points for every letter, so a subsequence with lucky bonuses can beat a
// whole word. Here the kind always decides first.
type cost uint16

const (
	costExact       cost = 0
	costPrefix      cost = 1 << 4 // +1 if the word continues
	costWordStart   cost = 2 << 4 // +8 if the word continues, +4 if no separator precedes it, + distance from the start
	costWordStarts  cost = 3 << 4 // + number of chunks
	costSubstring   cost = 4 << 4 // + distance from the start
	costOtherField  cost = 5 << 4
	costSubsequence cost = 6 << 4 // + bytes between the letters
	costOtherInside cost = 7 << 4 // +1 for a subsequence
	costAffix       cost = 8 << 4
	miss            cost = 1<<16 - 1
)

// rank combines the summed costs of all words with the length of the name: of equal
// costs the shorter name wins, as in fzf.
func rank(sum, name int) cost {
	const lengths = 64
	return cost(min(sum*lengths+min(name, lengths-1), int(miss)-1))
}

// byRank returns the matching rows by rank, equal ranks in index order. It is a
// counting sort.
func (p *preparedQuery) byRank() []*model.Snapshot {
	worst, found := cost(0), 0
	for _, r := range p.ranks {
		if r != miss {
			worst = max(worst, r)
			found++
		}
	}
	if found == 0 {
		return nil
	}
	begins := make([]uint32, int(worst)+2)
	for _, r := range p.ranks {
		if r != miss {
			begins[r+1]++
		}
	}
	for r := range worst {
		begins[r+1] += begins[r]
	}
	sorted := make([]*model.Snapshot, found)
	for row, r := range p.ranks {
		if r != miss {
			sorted[begins[r]] = p.ix.rows[row]
			begins[r]++
		}
	}
	return sorted
}
