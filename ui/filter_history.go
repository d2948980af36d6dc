package ui

import "slices"

// recallKept bounds how many filters are remembered.
const recallKept = 100

// recall remembers the filters of this session, and what tab offered last.
type filterHistory struct {
	past      []string // the newest last
	at        int      // where the recalling stands in past
	offers    []string // further completions
	completed string   // the filter that the last completion made
}

// remember adds a filter; one that was used before moves to the end.
func (r *filterHistory) remember(filter string) {
	if filter == "" {
		return
	}
	r.past = slices.DeleteFunc(r.past, func(past string) bool { return past == filter })
	r.past = append(r.past, filter)
	r.past = r.past[max(0, len(r.past)-recallKept):]
	r.at = len(r.past)
}

// recalling reports whether the filter is empty or was recalled itself.
func (r *filterHistory) recalling(filter string) bool {
	return filter == "" || r.at < len(r.past) && r.past[r.at] == filter
}

// earlier returns the filter before the one that was recalled last.
func (r *filterHistory) earlier() (string, bool) {
	if r.at == 0 {
		return "", false
	}
	r.at--
	return r.past[r.at], true
}
