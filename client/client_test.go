package client

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestNewRejectsInvalidOptions(t *testing.T) {
	for name, tc := range map[string]struct {
		address, secret, want string
	}{
		"no URL":              {"", "k", "no API URL"},
		"blank URL":           {"  ", "k", "no API URL"},
		"no scheme":           {"app.daytona.io/api", "k", "must start with https://"},
		"host and port":       {"localhost:3000/api", "k", "must start with https://"},
		"other scheme":        {"ftp://host/api", "k", "must start with https://"},
		"javascript":          {"javascript:alert(1)", "k", "must start with https://"},
		"a key":               {testKey, "k", "must start with https://"},
		"no host":             {"https:///api", "k", "has no host"},
		"opaque":              {"https:api", "k", "has no host"},
		"only a port":         {"https://:443/api", "k", "has no host"},
		"password":            {"https://user:" + testKey + "@host/api", "k", "before the @"},
		"query":               {"https://host/api?key=" + testKey, "k", "contains a ? or #"},
		"empty query":         {"https://host/api?", "k", "contains a ? or #"},
		"fragment":            {"https://host/api#" + testKey, "k", "contains a ? or #"},
		"bad port":            {"https://host:99999/api", "k", "invalid port"},
		"port 0":              {"https://host:0/api", "k", "invalid port"},
		"port not a number":   {"https://host:" + testKey + "/api", "k", "invalid API URL"},
		"control":             {"https://host/\x1b[31m" + testKey, "k", "invalid API URL"},
		"spaces":              {"https://ho st/" + testKey, "k", "invalid API URL"},
		"no key":              {"https://host/api", " ", "no API key"},
		"key with line break": {"https://host/api", testKey + "\r\nX: y", "invalid character"},
		"key with space":      {"https://host/api", "Bearer " + testKey, "invalid character"},
		"key not ASCII":       {"https://host/api", testKey + "é", "invalid character"},
		"key with escape":     {"https://host/api", testKey + "\x1b", "invalid character"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(Options{Credentials: Credentials{APIURL: tc.address, Secret: tc.secret}})
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), tc.want) || strings.ContainsAny(err.Error(), "\r\n\x1b") {
				t.Errorf("error %q, want it to contain %q", err, tc.want)
			}
			requireNoSecret(t, err.Error())
		})
	}
	_, err := New(Options{Credentials: Credentials{APIURL: "https://h/api", Secret: "k", JWT: true, OrganizationID: "a\nb"}})
	if err == nil || !strings.Contains(err.Error(), "organization id") {
		t.Errorf("got %v", err)
	}
}

func TestSleep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if err := Sleep(t.Context(), time.Minute); err != nil || time.Since(start) != time.Minute {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		stopped := errors.New("stopped")
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { stop(stopped) })
		start = time.Now()
		if err := Sleep(ctx, time.Minute); !errors.Is(err, stopped) || time.Since(start) != time.Second {
			t.Errorf("stopped after %v: %v", time.Since(start), err)
		}
	})
}
