package demo

import (
	"embed"
	"math/rand/v2"
	"strconv"
	"strings"
)

// templateFS contains a Dockerfile template for each kind of project. Words between @
// signs are placeholders.
//
//go:embed dockerfiles
var templateFS embed.FS

// runtimes are the kinds of sample snapshots: the word in the name, the template and its versions,
// and images for snapshots without a Dockerfile. %d is a random number.
var runtimes = []struct {
	word, template   string
	versions, images []string
}{
	{"node", "node-service", []string{"18", "20", "22", "24"}, []string{
		"docker.io/library/node:24.%d-slim", "docker.io/library/node:22.%d-bookworm", "registry.acme.dev/base/node:20.18.%d"}},
	{"agents", "python-agents", []string{"11", "12", "13"}, []string{
		"ghcr.io/acme/agent-runtime:4.%d.0", "ghcr.io/acme/agent-runtime:3.%d.7"}},
	{"playwright", "node-playwright", []string{"20"}, []string{"mcr.microsoft.com/playwright:v1.%d.1-noble"}},
	{"python", "python-base", []string{"11", "12", "13"}, []string{
		"docker.io/library/python:3.13.%d", "docker.io/library/python:3.12.%d-slim", "registry.acme.dev/base/python:3.12.7-%d"}},
	{"go", "go-service", []string{"24", "25", "26"}, []string{
		"docker.io/library/golang:1.26.%d", "registry.acme.dev/base/ubuntu@sha256:4b1e9d7c2f6a803e5d9b7c1f2a6e8d0c3b5f7a9e1d2c4b6a8f0e2d4c6b8a0f1e"}},
	{"rust", "rust-service", []string{"8"}, []string{"docker.io/library/rust:1.%d.0"}},
	{"java", "java-service", []string{"17", "21"}, []string{"docker.io/library/eclipse-temurin:21.0.%d_11-jdk"}},
	{"cuda", "cuda-train", []string{"4"}, []string{"registry.acme.dev/ml/vllm:0.%d.4"}},
	{"ruby", "ruby-app", []string{"3", "4"}, []string{"docker.io/library/ruby:3.4.%d-slim"}},
	{"jupyter", "jupyter", []string{"1"}, []string{"quay.io/jupyter/datascience-notebook:2026-11-%02d"}},
	{"php", "php-shop", []string{"3", "4"}, []string{"docker.io/library/php:8.4.%d-fpm-alpine"}},
	{"elixir", "elixir-live", []string{"7", "8"}, []string{"docker.io/hexpm/elixir:1.18.%d-erlang-27.1.2-debian-bookworm-20241016-slim"}},
	{"dotnet", "dotnet-api", []string{"8", "9"}, []string{"mcr.microsoft.com/dotnet/sdk:9.0.1%02d"}},
}

// users are the account names in Dockerfiles.
var users = []string{"app", "agent", "worker", "svc", "sandbox", "runner"}

// template is a Dockerfile with placeholders.
type template struct {
	parts     []string // text and placeholder names
	copyCount int      // instructions that copy from the build context
}

// templates caches parsed templates.
type templates map[string]*template

func (t templates) get(name string) *template {
	if cached, ok := t[name]; ok {
		return cached
	}
	text, err := templateFS.ReadFile("dockerfiles/" + name)
	if err != nil {
		panic(err) // the templates are embedded
	}
	created := &template{parts: strings.Split(string(text), "@")}
	for _, line := range instructions(string(text)) {
		if strings.HasPrefix(line, "COPY ") && !strings.Contains(line, "--from=") {
			created.copyCount++
		}
	}
	t[name] = created
	return created
}

// render returns a Dockerfile for a snapshot. A part that is not a placeholder is text with an @.
func (t *template) render(r *rand.Rand, name, version string) string {
	values := map[string]string{
		"name": strings.Trim(strings.NewReplacer("/", "-", ":", "-").Replace(strings.ToLower(name)), "-"), "version": version,
		"minor": strconv.Itoa(2 + r.IntN(5)), "patch": strconv.Itoa(r.IntN(10)),
		"port": strconv.Itoa(3000 + 100*r.IntN(60) + 80*r.IntN(2)), "user": users[r.IntN(len(users))],
		"rlo": "\u202e", "pdf": "\u202c", "zwsp": "\u200b", "esc": "\x1b", "bel": "\a",
	}
	var b strings.Builder
	text := true // whether the previous part was text
	for i, part := range t.parts {
		if value, ok := values[part]; ok && text && i > 0 {
			b.WriteString(value)
			text = false
			continue
		}
		if text && i > 0 {
			b.WriteByte('@')
		}
		b.WriteString(part)
		text = true
	}
	return b.String()
}

// contextHashes returns random hashes of a build context. For a Dockerfile that copies nothing the
// list is empty, or null as from older clients.
func (t *template) contextHashes(r *rand.Rand) []string {
	if t.copyCount == 0 && r.IntN(4) > 0 {
		return nil
	}
	hashes := make([]string, t.copyCount)
	for i := range hashes {
		hashes[i] = randomDigest(r)
	}
	return hashes
}

// randomDigest returns a random SHA-256 in hexadecimal.
func randomDigest(r *rand.Rand) string {
	var b [64]byte
	for i := 0; i < len(b); i += 16 {
		n := r.Uint64()
		for k := range 16 {
			b[i+k] = hexDigits[n>>(4*k)&15]
		}
	}
	return string(b[:])
}
