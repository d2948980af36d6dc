package header

import (
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/text"
)

// Rebuilds are the rebuilds without a row in the table.
type Rebuilds struct {
	Running    []Rebuild // between their delete and their create
	Unfinished int       // interrupted rebuilds in the journal
	Action     string    // what the interrupted ones do: rebuild, restore, create or action
	ResumeKey  string    // the key that resumes them, "" if none can
}

// Rebuild is one running rebuild.
type Rebuild struct {
	Name     string
	Action   string // rebuild, restore or create
	Progress text.Safe
}

// maxName is the maximum width of a name in a notice.
const maxName = 30

// notice returns the most urgent of: rebuilds without a row, stale data, an incomplete list, items
// that the table cannot show, snapshots that Daytona deactivates soon.
func (v Values) notice(short bool) text.Line {
	if line := v.Rebuilds.line(short); line != nil {
		return line
	}
	p, skipped := v.Poll, len(v.Poll.Skipped)
	switch {
	case p.Updated.IsZero():
		return nil
	case p.Err != nil:
		return text.Sprintf("stale: %s old", format.Age(v.Now.Sub(p.Updated))).As(theme.Stale)
	case p.Incomplete != nil && short:
		return text.Sprintf("! %s sent", format.Thousands(p.Incomplete.Sent)).As(theme.Warning)
	case p.Incomplete != nil:
		return text.Sprintf("! %s", p.Incomplete).As(theme.Warning)
	case skipped > 0 && short:
		return text.Sprintf("! %s not shown", format.Thousands(skipped)).As(theme.Warning)
	case skipped > 0:
		return text.Sprintf("! %s not shown: %s", format.Plural(skipped, "item"), p.Skipped[0]).As(theme.Warning)
	case v.Deactivating == 0:
		return nil
	default:
		return v.deactivating(short).As(theme.Warning)
	}
}

// withQuota returns a notice after the use of the quota, if there is little room left.
// The short form has no unit.
func (v Values) withQuota(notice text.Line, short bool) text.Line {
	if !v.Quota.Near() {
		return notice
	}
	quota := text.Sprintf("%s", v.Quota)
	if short {
		quota = text.Cell(v.Quota.Short())
	}
	if len(notice) == 0 {
		return quota.As(theme.Warning)
	}
	return text.Join(quota.As(theme.Warning), text.Lit(" · ").As(theme.Dim), notice)
}

// deactivating returns how many snapshots Daytona deactivates soon, with a ~ if that is
// computed with the default timeout.
func (v Values) deactivating(short bool) text.Safe {
	n, about := text.Cell(format.Thousands(v.Deactivating)), text.Safe{}
	if v.DefaultTimeout {
		about = text.Lit("~")
	}
	switch {
	case short:
		return text.Sprintf("☾ %s%s", about, n)
	case v.Deactivating == 1:
		return text.Sprintf("☾ %s%s deactivates within 2d", about, n)
	default:
		return text.Sprintf("☾ %s%s deactivate within 2d", about, n)
	}
}

// runningAction returns what the running actions have in common, "action" if they differ.
func (r Rebuilds) runningAction() string {
	for _, other := range r.Running[1:] {
		if other.Action != r.Running[0].Action {
			return "action"
		}
	}
	return r.Running[0].Action
}

func (r Rebuilds) line(short bool) text.Line {
	switch running := len(r.Running); {
	case running == 1:
		only, name := r.Running[0], text.Line{}
		if !short {
			name = text.Join(text.Styled(only.Name, theme.Building, nil).Cut(maxName, text.CutMiddle), text.Lit(" ").As(theme.Building))
		}
		return text.Join(text.Lit("◐ ").As(theme.Building), name, only.Progress.As(theme.Building))
	case running > 1:
		return text.Sprintf("◐ %s running", format.Plural(running, r.runningAction())).As(theme.Building)
	case r.Unfinished > 0 && r.ResumeKey != "":
		return text.Sprintf("! %s unfinished · %s resume", format.Plural(r.Unfinished, r.Action), r.ResumeKey).As(theme.Failed)
	case r.Unfinished > 0:
		return text.Sprintf("! %s unfinished", format.Plural(r.Unfinished, r.Action)).As(theme.Failed)
	default:
		return nil
	}
}

// NoSnapshots explains why there are no snapshots, and names the key that polls again.
func NoSnapshots(poll poller.Status, host string, now time.Time, retryKey string) []text.Line {
	switch {
	case poll.Incomplete != nil:
		return []text.Line{text.Lit("No snapshots received.").As(theme.Text), text.Sprintf("%s", poll.Incomplete).As(theme.Dim)}
	case len(poll.Skipped) > 0:
		return []text.Line{text.Lit("No snapshots that can be shown.").As(theme.Text), text.Sprintf("%s", poll.Skipped[0]).As(theme.Dim)}
	case !poll.Updated.IsZero():
		return []text.Line{
			text.Lit("No snapshots in this organization yet.").As(theme.Text),
			text.Lit("New ones appear automatically.").As(theme.Dim),
		}
	case poll.Err != nil:
		return []text.Line{
			text.Sprintf("✗ %s", poll.Err).As(theme.Failed),
			retryLine(poll, now, retryKey).As(theme.Dim),
		}
	default:
		return []text.Line{text.Sprintf("loading snapshots from %s …", host).As(theme.Dim)}
	}
}
