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

// secret is a credential that cannot be printed by accident. It is made of
// functions, because fmt prints the unexported strings of any struct that holds
// them, but of a function only the address.
type secret struct {
	reveal func() string
	// scrub removes the secret, in each form in which a server could echo it,
	// from text that somebody may see.
	redact func(text string) string
}

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
	// A replacer takes the first form that fits, so the longest goes first.
	slices.SortFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, redacted)
	}
	return secret{reveal: func() string { return s }, redact: strings.NewReplacer(pairs...).Replace}
}

// jwtExpiry reads when a JWT expires, zero where it does not say. The signature
// is not checked: the server does that, this is for a helpful message only.
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

// maxUnix is the year 9999, the last that RFC 3339 can write.
const maxUnix = 253402300799
