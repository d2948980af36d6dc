package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
)

// API is the part of the client that the checks use.
type API interface {
	Server(ctx context.Context) (model.Server, error)
	Access(ctx context.Context) (model.Access, error)
	ClockSkew() (skew time.Duration, known bool)
	Rate() model.RateLimit
}

// Answers holds what the server answered to three requests.
type Answers struct {
	URL     string    // of the API
	URLErr  error     // why it is invalid
	Source  string    // of the credentials
	Expires time.Time // when they expire, zero if unknown
	// CredentialsErr is why there is no usable credential. [Answers.Ask] then reads only the
	// public configuration of the server.
	CredentialsErr error
	Insecure       bool // the credential is sent unencrypted

	server    model.Server
	serverErr error
	listErr   error // of the request for snapshots
	access    model.Access
	accessErr error
	skew      time.Duration
	skewKnown bool
	rate      model.RateLimit
}

// Ask sends the requests. It stops after one that did not reach the server. readPage reads
// one page of the snapshots.
func (a *Answers) Ask(ctx context.Context, api API, readPage func(context.Context) error) {
	a.server, a.serverErr = api.Server(ctx)
	if a.CredentialsErr == nil && !unreachable(a.serverErr) {
		if a.listErr = readPage(ctx); a.listErr == nil {
			a.access, a.accessErr = api.Access(ctx)
		}
	}
	a.skew, a.skewKnown = api.ClockSkew()
	a.rate = api.Rate()
}

// unreachable reports whether further requests would fail in the same way.
func unreachable(err error) bool {
	code := model.CodeOf(err)
	return err != nil && (code == model.Network || code == model.Canceled)
}

// refused reports whether the server rejects the credential.
func refused(err error) bool {
	code := model.CodeOf(err)
	return err != nil && (code == model.Unauthorized || code == model.Forbidden)
}

// Checks returns the checks of the credentials and of the API.
func (a *Answers) Checks(now time.Time) []Check {
	return []Check{a.credentials(now), a.reachable(), a.clock(), a.permissions(now), a.rateLimit()}
}

// notAnswered is the detail of a check that needs snapshots.
const notAnswered = "not checked: the API did not answer with snapshots"

// unanswered reports whether the API sent no snapshots.
func (a *Answers) unanswered() bool {
	return a.listErr != nil || a.URLErr != nil || unreachable(a.serverErr)
}

func (a *Answers) credentials(now time.Time) Check {
	const name = "credentials"
	switch {
	case a.CredentialsErr != nil:
		detail, remedy, _ := strings.Cut(a.CredentialsErr.Error(), ": ")
		return Check{Name: name, Status: Failed, Detail: detail, Remedy: remedy, Err: a.CredentialsErr}
	case refused(a.listErr):
		return failed(name, a.listErr)
	case a.Insecure:
		return warning(name, a.Source+", sent unencrypted", "use https:// in the API URL")
	case !a.Expires.IsZero() && a.Expires.Before(now):
		return warning(name, fmt.Sprintf("%s, expired %s", a.Source, format.Relative(a.Expires, now)), "log in with `daytona login`")
	}
	if a.unanswered() {
		return unknown(name, a.Source+", "+notAnswered)
	}
	return passed(name, a.Source, "")
}

func (a *Answers) reachable() Check {
	const name = "API"
	err := a.listErr
	if a.CredentialsErr != nil || unreachable(a.serverErr) {
		err = a.serverErr
	}
	switch {
	case a.URLErr != nil:
		return failed(name, a.URLErr)
	case err == nil, refused(err):
		return passed(name, a.URL+a.release(), "")
	}
	return failed(name, err)
}

func (a *Answers) release() string {
	if a.serverErr != nil {
		return ", version not known"
	}
	return ", version " + a.server.Version
}

func (a *Answers) clock() Check {
	const name = "clock"
	const remedy = "set the clock of this machine; the dashboard corrects the times it shows"
	switch {
	case !a.skewKnown:
		return unknown(name, "not checked: no answer from the API")
	case a.skew > 0:
		return warning(name, format.Wait(a.skew)+" behind the server", remedy)
	case a.skew < 0:
		return warning(name, format.Wait(-a.skew)+" ahead of the server", remedy)
	}
	return passed(name, "agrees with the server", "")
}

// expirySoon is how long before the end of a key the check warns.
const expirySoon = 7 * 24 * time.Hour

func (a *Answers) permissions(now time.Time) Check {
	const name = "permissions"
	switch {
	case a.CredentialsErr != nil:
		return unknown(name, "not checked: no credentials")
	case a.unanswered():
		return unknown(name, notAnswered)
	case a.accessErr != nil:
		return warning(name, "not known: "+a.accessErr.Error(), "")
	case !a.access.Known:
		return passed(name, "those of your role: the server checks each request", "")
	}
	var missing []string
	for _, permission := range []string{model.PermissionWrite, model.PermissionDelete} {
		if !a.access.Can(permission) {
			missing = append(missing, permission)
		}
	}
	if len(missing) > 0 {
		pronoun := "it"
		if len(missing) > 1 {
			pronoun = "them"
		}
		return warning(name, model.MissingPermission(missing...), "to change snapshots, use a key that has "+pronoun+"; viewing needs none")
	}
	if expires, ok := a.access.ExpiresAt.Get(); ok && expires.Before(now.Add(expirySoon)) {
		return warning(name, "write and delete; the key expires "+format.Relative(expires, now), "create a new key")
	}
	return passed(name, "write and delete", "")
}

func (a *Answers) rateLimit() Check {
	const name = "rate limit"
	limited := a.listErr
	if limited == nil && a.CredentialsErr == nil {
		limited = a.accessErr
	}
	rate := a.rate
	switch {
	case limited != nil && model.CodeOf(limited) == model.RateLimited:
		return failed(name, limited)
	case !rate.Known && a.server.RateLimit.Known:
		return passed(name, format.Plural(a.server.RateLimit.Limit, "request")+perWindow(a.server.RateLimit.Window)+", remaining number not known", "")
	case !rate.Known && !a.skewKnown:
		return unknown(name, "not checked: no answer from the API")
	case !rate.Known:
		return passed(name, "not known: polling sends fewer than 60 requests a minute", "")
	}
	detail := fmt.Sprintf("%s of %s left%s", format.Thousands(rate.Remaining), format.Plural(rate.Limit, "request"), perWindow(a.server.RateLimit.Window))
	if rate.Remaining < rate.Limit/4 {
		return warning(name, detail, "other clients of the organization use it: polling waits until the window ends")
	}
	return passed(name, detail, "")
}

func perWindow(window time.Duration) string {
	switch window {
	case 0:
		return ""
	case time.Minute:
		return " per minute"
	}
	return " per " + format.Wait(window)
}
