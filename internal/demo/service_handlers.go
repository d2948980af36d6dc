package demo

import (
	"net/http"
	"time"
)

// Endpoints about the service, and the other ones that the Daytona CLI needs.

func (s *Server) getHealth(x *exchange) error {
	s.mu.Lock()
	pass := s.anonymous.allow(x.w.Header(), clientAddress(x.r), x.now)
	s.mu.Unlock()
	if !pass {
		return tooManyRequests()
	}
	x.writeJSON(http.StatusOK, []byte(`{"status":"ok"}`))
	return nil
}

func (s *Server) getReady(x *exchange) error {
	setHeader(x.w.Header(), "Cache-Control", "no-cache, no-store, must-revalidate")
	x.writeJSON(http.StatusOK, []byte(`{"status":"ok"}`))
	return nil
}

// origin returns the scheme and host of the request.
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
	x.writeJSON(http.StatusOK, append(b, `,"sandboxCreate":{},"sandboxLifecycle":{}}}`...))
	return nil
}

func (s *Server) listRegistries(x *exchange) error {
	x.writeJSON(http.StatusOK, []byte("[]"))
	return nil
}

// getPushAccess returns a registry for images. In the demo it does not exist.
func (s *Server) getPushAccess(x *exchange) error {
	b := appendField(nil, '{', "registryId", "a71fe872-7e69-4ea1-84fd-6f80519d6f98")
	b = appendField(b, ',', "registryUrl", "registry.daytona.io")
	b = appendField(b, ',', "project", "daytona")
	x.writeJSON(http.StatusOK, append(appendTime(b, "expiresAt", x.now+hour), '}'))
	return nil
}

// getStorageAccess fails like a self-hosted server without object storage for build contexts.
func (s *Server) getStorageAccess(*exchange) error {
	return badRequest("Failed to setup AWS client: Failed to assume role: Cannot read properties of undefined " +
		"(reading 'Credentials')\n  Deserialization error: to see the raw response, inspect the hidden field " +
		"{error}.$response on this object.")
}
