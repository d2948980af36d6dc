package client

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
)

// secret is a credential that cannot be printed by accident. It consists of
// functions because fmt prints unexported strings of a struct, but only the address
// of a function.
type secret struct {
	reveal func() string
	// redact removes the secret from text, in every encoding in which a server
	// could echo it. Redact foreign text before it becomes a part of a sentence: the
	// words of the sentence may contain a short secret by chance.
	redact func(text string) string
}

// redactSetting removes the secret from text of the user's configuration. It leaves
// short secrets in, because they would match by chance.
func (s secret) redactSetting(text string) string {
	if len(s.reveal()) < minRedacted {
		return text
	}
	return s.redact(text)
}

// minRedacted is the length of the shortest credential that does not occur in
// other text by chance.
const minRedacted = 8

func newSecret(s string) secret {
	if s == "" {
		return secret{reveal: func() string { return "" }, redact: func(text string) string { return text }}
	}
	escaped, _ := json.Marshal(s) // a string always marshals
	forms := []string{
		s,
		url.QueryEscape(s),
		url.PathEscape(s),
		strings.Trim(string(escaped), `"`),
		base64.StdEncoding.EncodeToString([]byte(s)),
	}
	// A replacer uses the first match, so the longest form comes first.
	slices.SortFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, redacted)
	}
	return secret{reveal: func() string { return s }, redact: strings.NewReplacer(pairs...).Replace}
}

// jwtExpiry returns when a JWT expires, or the zero time if it has no expiry. It
// does not check the signature: the time is only used in messages.
func jwtExpiry(token string) time.Time {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return time.Time{}
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return time.Time{}
	}
	var claims struct {
		Expiry float64 `json:"exp"` // seconds since 1970, RFC 7519 section 4.1.4
	}
	if json.Unmarshal(payload, &claims) != nil || claims.Expiry <= 0 || claims.Expiry > maxUnix {
		return time.Time{}
	}
	return time.Unix(int64(claims.Expiry), 0).UTC()
}

// maxUnix is the end of the year 9999, the last that RFC 3339 can represent.
const maxUnix = 253402300799
