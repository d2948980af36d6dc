package query

import "daytona/snapdeck/model"

// cost says how well a row satisfies a word: the less, the better. The steps of
// 16 are kinds of matches; within a kind up to 15 tell the better from the worse.
//
//	node                 node                         the whole name, id or ref
//	node                 node-20                      the name starts with it
//	agents               node-agents                  a word of the name starts with it
//	noag                 node-agents                  all of it at starts of words
//	gent                 node-agents                  inside the name
//	3fa2                 …daytona-3fa2…e91c:daytona   a word of image, ref or id starts with it
//	nage                 node-agents                  scattered over the name
//	a2e9                 …daytona-3fa2…e91c:daytona   inside image, ref or id, or scattered there
//	day                  …daytona-3fa2…e91c:daytona   only in what most refs have in common
//
// fzf adds points for every letter; that lets a scattered match in a lucky place
// win over a word. Here the kind always decides first.
type cost uint16

const (
	costWhole     cost = 0
	costPrefix    cost = 1 << 4 // +1 where a longer word starts with it
	costWordStart cost = 2 << 4 // +8 where a longer word starts with it, +4 where no separator is before it, + how far from the start
	costStarts    cost = 3 << 4 // + how many chunks
	costInside    cost = 4 << 4 // + how far from the start
	costElsewhere cost = 5 << 4
	costScattered cost = 6 << 4 // + how far the letters are from each other
	costDeep      cost = 7 << 4 // +1 where scattered
	costCommon    cost = 8 << 4
	miss          cost = 1<<16 - 1
)

// rank makes one number of the costs of all words and the length of the name, of
// which a shorter one is the better match, as in fzf.
func rank(sum, name int) cost {
	const lengths = 64
	return cost(min(sum*lengths+min(name, lengths-1), int(miss)-1))
}

// bestFirst returns the rows that have a rank in the order of their ranks; equal
// ones stay as they are. It counts how many there are of each rank, so it knows
// where each begins.
func (p *plan) bestFirst() []*model.Snapshot {
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
