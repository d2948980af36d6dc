package dialog

import "slices"

// maxHistory bounds how many texts are remembered.
const maxHistory = 100

// History remembers what was typed into a field in this session, and what tab
// offered last.
type History struct {
	past       []string // the newest last
	at         int      // position in past while going back
	candidates []string // further completions
	completed  string   // what the last completion made
}

// Remember adds a text; one that was used before moves to the end.
func (h *History) Remember(typed string) {
	if typed == "" {
		return
	}
	h.past = slices.DeleteFunc(h.past, func(past string) bool { return past == typed })
	h.past = append(h.past, typed)
	h.past = h.past[max(0, len(h.past)-maxHistory):]
	h.Restart()
}

// Restart makes the newest text the next to go back to.
func (h *History) Restart() { h.at = len(h.past) }

// Recalled reports whether the field is empty or holds a text of the history.
func (h *History) Recalled(typed string) bool {
	return typed == "" || h.at < len(h.past) && h.past[h.at] == typed
}

// Earlier returns the text before the one that was returned last.
func (h *History) Earlier() (string, bool) {
	if h.at == 0 {
		return "", false
	}
	h.at--
	return h.past[h.at], true
}

// Complete returns the first of the offers for what is typed. For its own result it
// returns the next one, and begins again after the last.
func (h *History) Complete(typed string, complete func(string) []string) (string, bool) {
	if h.completed != typed || len(h.candidates) == 0 {
		h.candidates = complete(typed)
	}
	if len(h.candidates) == 0 {
		return "", false
	}
	next := h.candidates[0]
	h.candidates = append(h.candidates[1:], next)
	h.completed = next
	return next, true
}
