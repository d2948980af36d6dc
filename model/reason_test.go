package model

import (
	"strings"
	"testing"
)

// The reasons are those of recordings, of the demo, and of Docker, BuildKit, registries
// and storage.
func TestShortReason(t *testing.T) {
	t.Parallel()
	const built = "failed to build image: "
	for in, want := range map[string]string{
		"":    "",
		" \n": "",

		// The classic builder.
		built + "The command '/bin/sh -c npm ci' returned a non-zero code: 137":                                                         "npm ci → exit 137",
		built + "The command '/bin/sh -c uv sync --frozen' returned a non-zero code: 137 (out of memory)":                               "uv sync --frozen → exit 137 (out of memory)",
		built + "The command '/bin/sh -c exit 1' returned a non-zero code: 1":                                                           "exit 1 → exit 1",
		built + "The command '/bin/sh -c apt-get update && apt-get install -y does-not-exist' returned a non-zero code: 100":            "apt-get update && apt-get install -y does-not-exist → exit 100",
		built + "The command '/bin/sh -c echo 'it' returned a non-zero code: x'; false' returned a non-zero code: 2":                    "echo 'it' returned a non-zero code: x'; false → exit 2",
		built + "The command '/bin/bash -o pipefail -c curl x | sh' returned a non-zero code: 22":                                       "curl x | sh → exit 22",
		built + "The command '/bin/bash -euxo pipefail -c make' returned a non-zero code: 2":                                            "make → exit 2",
		built + "The command '/bin/sh -c set -eux; apt-get update;   make' returned a non-zero code: 2":                                 "apt-get update; make → exit 2",
		built + "The command '/bin/sh -c set -e && make' returned a non-zero code: 2":                                                   "make → exit 2",
		built + "The command '/bin/sh -c set -e' returned a non-zero code: 2":                                                           "set -e → exit 2",
		built + "The command '/bin/sh -c npm ci \\\n    --omit=dev' returned a non-zero code: 1":                                        "npm ci \\ --omit=dev → exit 1",
		"The command 'npm ci' returned a non-zero code: 1":                                                                              "npm ci → exit 1",
		"The command '/bin/sh' returned a non-zero code: 1":                                                                             "/bin/sh → exit 1",
		built + "COPY failed: file not found in build context or excluded by .dockerignore: stat app/package.json: file does not exist": "COPY: stat app/package.json: file does not exist",
		built + "failed to register layer: write /opt/android-sdk/system.img: disk quota exceeded":                                      "disk quota exceeded: write /opt/android-sdk/system.img",
		built + "failed to register layer: open /x: a: no space left on device":                                                         "no space left on device: open /x: a",
		built + "dockerfile parse error line 3: unknown instruction: FOO":                                                               "dockerfile parse error line 3: unknown instruction: FOO",

		// BuildKit.
		"\x1b[31mERROR\x1b[0m failed to solve:\n  process \"/bin/sh -c apt-get install -y foo\" did not complete successfully:\r\n\texit code: 100\nxxxx":                                                                                          "apt-get install -y foo → exit 100",
		"\x1b[31mERROR\x1b[0m: failed to solve: process \"/bin/bash -o pipefail -c curl -fsSLo /tmp/tf.zip https://x && unzip\" did not complete successfully:\r\n\texit code: 22\n\x1b[1;33m > [stage-0 7/14] RUN curl:\x1b[0m\n0.471 curl: (22)": "curl -fsSLo /tmp/tf.zip https://x && unzip → exit 22",
		"failed to solve: process \"/bin/sh -c make\" did not complete successfully: context canceled":                                                                                                                                             "make: context canceled",
		"failed to solve: executor failed running [/bin/sh -c npm ci]: exit code: 1":                                                                                                                                                               "npm ci → exit 1",
		"failed to solve: node:99: docker.io/library/node:99: not found":                                                                                                                                                                           "node:99: docker.io/library/node:99: not found",
		"ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref k8s::x1: \"/package.json\": not found":                                                                                                           "\"/package.json\": not found",
		"failed to solve with frontend dockerfile.v0: failed to create LLB definition: pull access denied, repository does not exist":                                                                                                              "pull access denied, repository does not exist",
		"rpc error: code = Unknown desc = failed to solve: dockerfile parse error on line 3: unknown instruction: FOO":                                                                                                                             "dockerfile parse error on line 3: unknown instruction: FOO",
		"#9 npm ERR! code ELIFECYCLE\n#9 npm ERR! errno 1\nexit code: 1":                                                                                                                                                                           "npm ERR! code ELIFECYCLE",
		"#12 0.471 curl: (22) The requested URL returned error: 404":                                                                                                                                                                               "curl: (22) The requested URL returned error: 404",

		// Registries.
		"failed to pull image registry.acme.dev/ml/python-agents:2026.10: manifest unknown: manifest tagged by \"2026.10\" is not found":  "pull: manifest unknown: manifest tagged by \"2026.10\" is not found",
		"failed to pull image library/failpull:1.0: unexpected EOF":                                                                       "pull: unexpected EOF",
		"failed to pull image a@sha256:0123: Manifest unknown: manifest unknown":                                                          "pull: manifest unknown",
		"failed to pull image a:1: Error response from daemon: Get \"https://registry-1.docker.io/v2/\": net/http: TLS handshake timeout": "pull: net/http: TLS handshake timeout",
		"failed to pull image a:1: toomanyrequests: You have reached your unauthenticated pull rate limit":                                "pull: toomanyrequests: You have reached your unauthenticated pull rate limit",
		"failed to push image 127.0.0.1:55000/daytona/daytona-01:daytona: unauthorized":                                                   "push: unauthorized",
		"image not found in registry: docker.io/library/notfound:1.0":                                                                     "image not found: notfound:1.0",
		"image not found in registry: ghcr.io/acme/private:1.0: denied: requested access to the resource is denied":                       "image not found: denied: requested access to the resource is denied",
		"image not found in registry: a/b:1: manifest unknown":                                                                            "image not found: manifest unknown",

		// The server and its runners.
		"Snapshot size (120.50GB) exceeds maximum allowed size of 100GB":                   "size 120.50GB exceeds 100GB",
		"failed to download context archive: NoSuchKey: The specified key does not exist.": "build context: NoSuchKey: The specified key does not exist",
		"Timeout processing snapshot on initial runner":                                    "timeout on initial runner",
		"context deadline exceeded":                                                        "context deadline exceeded",
		"No internal registry found for snapshot":                                          "No internal registry found for snapshot",
		"Error: 500 Internal Server Error":                                                 "500 Internal Server Error",

		// Of what is not understood nothing but its first line is shown, and its bytes stay.
		"something new\nsecond line": "something new",
		"error":                      "error",
		"error: ":                    "error:",
		"parse \x1b]0;pwned\a near \u202egnp.exe\nx":  "parse \x1b]0;pwned\a near \u202egnp.exe",
		"a \x1b[2J\x1b[Hb \x1b[1;31mred\x1b[0m \x1b[": "a \x1b[2J\x1b[Hb red \x1b[",
		"The command 'x": "The command 'x",
		"3 errors":       "3 errors",
	} {
		if got := ShortReason(in); got != want {
			t.Errorf("%q\n gives %q\n want  %q", in, got, want)
		}
	}
	if got := ShortReason(strings.Repeat("x", 1<<20)); len(got) != maxReason {
		t.Errorf("a long reason gives %d bytes", len(got))
	}
}

// Whatever a server sends, the result is one line, and shortening it again changes nothing
// that it would lose.
func FuzzShortReason(f *testing.F) {
	for _, seed := range []string{"", "\x1b[", "The command '", "' returned a non-zero code: ", "failed to pull image : ", "failed to calculate checksum of ref : ", "#1 1.1 x", "write : ", "error: error: "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, reason string) {
		if short := ShortReason(reason); strings.ContainsAny(short, "\n") || len(short) > len(reason)+len(" → exit ")+len("image not found: ") {
			t.Errorf("%q gives %q", reason, short)
		}
	})
}
