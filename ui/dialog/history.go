package dialog

import "slices"

// maxHistory limits how many texts are kept.
const maxHistory = 100

// History holds the texts entered into a field in this session, and the state of tab
// completion.
type History struct {
	past       []string // oldest first
	at         int      // index into past
	candidates []string // further completions
	completed  string   // the last completion
}

// Remember adds a text, or moves it to the end.
func (h *History) Remember(typed string) {
	if typed == "" {
		return
	}
	h.past = slices.DeleteFunc(h.past, func(past string) bool { return past == typed })
	h.past = append(h.past, typed)
	h.past = h.past[max(0, len(h.past)-maxHistory):]
	h.Restart()
}

// Restart makes Earlier start at the newest text.
func (h *History) Restart() { h.at = len(h.past) }

// Recalled reports whether the field is empty or holds the text that Earlier returned.
func (h *History) Recalled(typed string) bool {
	return typed == "" || h.at < len(h.past) && h.past[h.at] == typed
}

// Earlier returns the text before the last one it returned.
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
