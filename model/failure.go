package model

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// FailureGroup is the failed snapshots with one [Snapshot.ReasonPattern].
type FailureGroup struct {
	Pattern   string      // "" if the server gave no reason
	Snapshots []*Snapshot // the newest failure first
	Newest    time.Time   // when the newest one failed, zero if that is unknown
}

// GroupFailures groups the failed snapshots among some by the pattern of their reason.
// The group with the newest failure comes first. since returns when a snapshot entered
// its state.
func GroupFailures(snapshots []*Snapshot, since func(*Snapshot) (time.Time, bool)) []FailureGroup {
	at := make(map[string]int)
	var groups []FailureGroup
	failed := make(map[*Snapshot]time.Time)
	for _, s := range snapshots {
		if !s.State.Failed() {
			continue
		}
		failed[s], _ = since(s)
		pattern := s.ReasonPattern()
		i, known := at[pattern]
		if !known {
			i = len(groups)
			at[pattern] = i
			groups = append(groups, FailureGroup{Pattern: pattern})
		}
		groups[i].Snapshots = append(groups[i].Snapshots, s)
	}
	for i := range groups {
		slices.SortStableFunc(groups[i].Snapshots, func(x, y *Snapshot) int { return failed[y].Compare(failed[x]) })
		groups[i].Newest = failed[groups[i].Snapshots[0]]
	}
	slices.SortStableFunc(groups, func(x, y FailureGroup) int { return y.Newest.Compare(x.Newest) })
	return groups
}

// The longest pattern of a reason, in runes. A longer one keeps its start and its end,
// where builders name the error.
const (
	patternHead = 200
	patternTail = 100
)

// blank stands for what a pattern leaves out.
const blank = "…"

// ReasonPattern returns why a snapshot failed, in one line without what differs between
// snapshots that failed for the same reason: names, ids, digests and numbers are
// replaced with "…". It returns "" if the server gave no reason.
func (s *Snapshot) ReasonPattern() string {
	reason := strings.Join(strings.Fields(withoutControls(s.ErrorReason.Value)), " ")
	reason = strings.ReplaceAll(reason, `"`, "'") // a query has no escape for it
	for _, own := range []string{s.Ref.Value, s.ImageName.Value, s.Build().SnapshotRef.Value, s.Name, s.ID} {
		reason = withoutWord(reason, own)
	}
	runes := []rune(strings.ReplaceAll(withoutNumbers(reason), "#"+blank+" ", "")) // a builder numbers its lines
	if len(runes) <= patternHead+patternTail {
		return string(runes)
	}
	return string(runes[:patternHead]) + blank + string(runes[len(runes)-patternTail:])
}

// withoutControls removes the escape sequences of a terminal and invisible characters,
// and makes a space of each control character.
func withoutControls(reason string) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(reason, 0x1b)
		if at < 0 {
			break
		}
		b.WriteString(reason[:at])
		reason = reason[at+escapeLen(reason[at:]):]
	}
	b.WriteString(reason)
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case !unicode.IsPrint(r) && !unicode.IsSpace(r):
			return -1 // it has no width, or reverses the text
		}
		return r
	}, b.String())
}

// escapeLen returns the length of the escape sequence at the start of s.
func escapeLen(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		if end := strings.IndexFunc(s[2:], func(r rune) bool { return r >= '@' && r <= '~' }); end >= 0 {
			return 2 + end + 1
		}
	case strings.HasPrefix(s, "\x1b]"):
		if end := strings.IndexAny(s[2:], "\a\x1b"); end >= 0 {
			return 2 + end + 1
		}
	}
	return 1
}

// withoutWord replaces a word where it does not continue on either side.
func withoutWord(s, word string) string {
	if word == "" {
		return s
	}
	var b strings.Builder
	for from := 0; ; {
		at := strings.Index(s[from:], word)
		if at < 0 {
			b.WriteString(s[from:])
			return b.String()
		}
		at += from
		end := at + len(word)
		b.WriteString(s[from:at])
		if continues(s[:at], true) || continues(s[end:], false) {
			b.WriteString(word)
		} else {
			b.WriteString(blank)
		}
		from = end
	}
}

// continues reports whether a word goes on in the text next to it, which is before or
// after it. A full stop goes on only where a letter or a digit follows.
func continues(next string, before bool) bool {
	switch {
	case next == "":
		return false
	case before:
		last := next[len(next)-1]
		return isWordByte(last) || last == '-' || last == '.'
	case next[0] == '.':
		return len(next) > 1 && isWordByte(next[1])
	default:
		return isWordByte(next[0]) || next[0] == '-'
	}
}

func isWordByte(c byte) bool {
	return c == '_' || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
