package header

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/text"
)

// slowPace is the longest time between two polls that counts as live. Without focus polls
// are that far apart.
const slowPace = 30 * time.Second

// freshness returns how fresh the data is. The short form omits the poll interval.
func (v Values) freshness(short bool) text.Line {
	p := v.Poll
	updated := text.Sprintf("%s ago", format.Age(v.Now.Sub(p.Updated)))
	switch {
	case p.Err != nil:
		return dot(theme.Offline, errorText(p.Err.Code), text.Sprintf(" · %s", retryText(p, v.Now)))
	case p.Updated.IsZero() && p.Total > 0:
		return dot(theme.Stale, text.Lit("loading"), v.progress(short))
	case p.Updated.IsZero():
		return dot(theme.Stale, text.Lit("loading"), text.Safe{})
	case p.Paused:
		return dot(theme.Stale, text.Lit("paused"), text.Sprintf(" · updated %s", updated))
	}
	every := format.Wait(p.Every)
	switch slow := p.Every > slowPace; {
	case slow && short:
		return dot(theme.Stale, text.Lit("slow"), text.Sprintf(" · every %s", every))
	case slow:
		return dot(theme.Stale, text.Lit("slow"), text.Sprintf(" · every %s · updated %s", every, updated))
	case short:
		return dot(theme.Live, text.Lit("live"), text.Sprintf(" · %s", updated))
	default:
		return dot(theme.Live, text.Lit("live"), text.Sprintf(" · every %s · updated %s", every, updated))
	}
}

// progress is how much of the first list has arrived, and how long the rate limit
// delays the rest.
func (v Values) progress(short bool) text.Safe {
	p := v.Poll
	line := text.Sprintf(" · %s of %s", format.Thousands(p.Loaded), format.Thousands(p.Total))
	left := p.Complete.Sub(v.Now)
	switch {
	case left <= 0:
		return line
	case short:
		return text.Sprintf("%s · %s left", line, format.Wait(left))
	default:
		return text.Sprintf("%s · rate limit: %s left", line, format.Wait(left))
	}
}

// dot returns a coloured dot and word, followed by details.
func dot(role theme.Role, word, details text.Safe) text.Line {
	line := text.Line{{Text: text.Lit("● "), Role: role}, {Text: word, Role: role}}
	if details.IsEmpty() {
		return line
	}
	return append(line, text.Span{Text: details, Role: theme.Dim})
}

// errorText returns an error code in two words at most.
func errorText(code model.ErrorCode) text.Safe {
	switch code {
	case model.Unauthorized:
		return text.Lit("key refused")
	case model.Forbidden:
		return text.Lit("access denied")
	case model.RateLimited:
		return text.Lit("rate limited")
	case model.ServerError:
		return text.Lit("server error")
	case model.NotTheAPI, model.NotFound:
		return text.Lit("not the API")
	case model.Network:
		return text.Lit("offline")
	default:
		return text.Lit("error")
	}
}

// retryLine returns when the next poll is due after an error, and the key that polls now.
func retryLine(p poller.Status, now time.Time, retryKey string) text.Safe {
	return text.Sprintf("%s%s", retryText(p, now), retryHint(retryKey))
}

func retryText(p poller.Status, now time.Time) text.Safe {
	switch {
	case p.InFlight:
		return text.Lit("retrying")
	case p.Paused:
		return text.Lit("paused")
	default:
		return text.Sprintf("retry in %s", format.Wait(p.Next.Sub(now)))
	}
}

// StaleNote returns the error of the latest poll and the time of the data on the screen.
// retryKey is the key that polls now, or "" if none can.
func StaleNote(p poller.Status, retryKey string) text.Line {
	note := text.Sprintf(" ✗ %s", p.Err)
	if !p.Updated.IsZero() {
		note = text.Sprintf("%s · showing data from %s", note, p.Updated.UTC().Format("15:04:05Z"))
	}
	return text.Sprintf("%s%s", note, retryHint(retryKey)).As(theme.Failed)
}

func retryHint(key string) text.Safe {
	if key == "" {
		return text.Safe{}
	}
	return text.Sprintf(" · %s retry", key)
}
