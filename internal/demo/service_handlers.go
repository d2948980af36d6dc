package demo

import (
	"net/http"
	"time"
)

// What the service says of itself, and the few answers that the vendor's CLI wants besides.

func (s *Server) getHealth(x *exchange) error {
	s.mu.Lock()
	pass := s.anonymous.allow(x.w.Header(), clientAddress(x.r), x.now)
	s.mu.Unlock()
	if !pass {
		return tooManyRequests()
	}
	x.json(http.StatusOK, []byte(`{"status":"ok"}`))
	return nil
}

func (s *Server) getReady(x *exchange) error {
	set(x.w.Header(), "Cache-Control", "no-cache, no-store, must-revalidate")
	x.json(http.StatusOK, []byte(`{"status":"ok"}`))
	return nil
}

// origin is the scheme and the host under which the client reached the server.
func (x *exchange) origin() string {
	if x.r.TLS != nil {
		return "https://" + x.r.Host
	}
	return "http://" + x.r.Host
}

func (s *Server) getConfig(x *exchange) error {
	b := appendField(nil, '{', "version", apiVersion)
	b = append(b, `,"oidc":{"issuer":"https://auth.demo.invalid/","clientId":"daytona","audience":"daytona"}`...)
	b = append(b, `,"linkedAccountsEnabled":false,"announcements":{}`...)
	b = appendField(b, ',', "proxyTemplateUrl", "http://{{PORT}}-{{sandboxId}}.proxy.demo.invalid")
	b = appendField(b, ',', "proxyToolboxUrl", x.origin()+"/proxy/toolbox")
	b = appendField(b, ',', "defaultSnapshot", "daytonaio/sandbox:0.6.0")
	b = appendField(b, ',', "dashboardUrl", x.origin()+"/dashboard")
	b = appendInt(b, "maxAutoArchiveInterval", 43200)
	b = append(b, `,"maintananceMode":false,"environment":"demo"`...)
	b = appendField(b, ',', "sshGatewayCommand", "ssh -p 2222 {{TOKEN}}@localhost")
	b = appendField(b, ',', "sshGatewayPublicKey", "eA==")
	b = append(b, `,"rateLimit":{"authenticated":`...)
	if l := s.options.RateLimit; l.enabled() {
		b = append(b, `{"ttl":`...)
		b = append(b, seconds(millis(l.Window/time.Millisecond))...)
		b = append(appendInt(b, "limit", l.Requests), '}')
	} else {
		b = append(b, "{}"...)
	}
	x.json(http.StatusOK, append(b, `,"sandboxCreate":{},"sandboxLifecycle":{}}}`...))
	return nil
}

func (s *Server) listRegistries(x *exchange) error {
	x.json(http.StatusOK, []byte("[]"))
	return nil
}

func (s *Server) listSandboxes(x *exchange) error {
	x.json(http.StatusOK, []byte(`{"items":[],"nextCursor":null}`))
	return nil
}

// getPushAccess says where images can be pushed; the demo has no registry behind that name.
func (s *Server) getPushAccess(x *exchange) error {
	b := appendField(nil, '{', "registryId", "a71fe872-7e69-4ea1-84fd-6f80519d6f98")
	b = appendField(b, ',', "registryUrl", "registry.daytona.io")
	b = appendField(b, ',', "project", "daytona")
	x.json(http.StatusOK, append(appendTime(b, "expiresAt", x.now+hour), '}'))
	return nil
}

// getStorageAccess would say where the files of a build context go; the demo has nowhere, as a self-hosted
// server without object storage.
func (s *Server) getStorageAccess(*exchange) error {
	return badRequest("Failed to setup AWS client: Failed to assume role: Cannot read properties of undefined " +
		"(reading 'Credentials')\n  Deserialization error: to see the raw response, inspect the hidden field " +
		"{error}.$response on this object.")
}
