package demo

// Sample failures in the words of registries, builders and package managers. Some
// reasons have several lines, and some contain escape sequences, because the API passes
// on the output of a build unchanged.

const npmElifecycle = "#9 npm ERR! code ELIFECYCLE\n#9 npm ERR! errno 1\n#9 npm ERR! @acme/e2e@3.4.0 typecheck: `tsc --noEmit`\n" +
	"#9 npm ERR! Exit status 1\n#9 npm ERR!\n#9 npm ERR! Failed at the @acme/e2e@3.4.0 typecheck script.\n" +
	"exit code: 1"

const colouredText = "\x1b[31mERROR\x1b[0m: failed to solve: process \"/bin/bash -o pipefail -c curl -fsSLo /tmp/tf.zip https://releases.hashicorp.com/terraform/${TERRAFORM}/terraform_${TERRAFORM}_linux_amd64.zip && unzip -q /tmp/tf.zip -d /usr/local/bin && rm /tmp/tf.zip\" did not complete successfully:\r\n" +
	"\texit code: 22\n" +
	"\x1b[1;33m > [stage-0 7/14] RUN curl -fsSLo /tmp/tf.zip https://releases.hashicorp.com/terraform/...:\x1b[0m\n" +
	"0.471 curl: (22) The requested URL returned error: 404"

// hostileText contains escape sequences for the window title, the clipboard, a link and a cleared
// screen, hidden and reversed text, zero-width characters and many combining marks. A client must
// never send them to the terminal.
const hostileText = "parse error near \x1b]0;pwned\a\x1b]52;c;cm0gLXJmIH4=\a\x1b[2J\x1b[Hall is well\x1b[8m not\x1b[0m\n" +
	"file \u202egnp.exe\u202c: \u200bbad\u2060 magic \u009b31m\x01\x7f" +
	"\x1b]8;;http://evil.invalid/\x1b\\click\x1b]8;;\x1b\\ z\u0323\u0323\u0323\u0323\u0323\u0323\u0323\u0323algo\r\nOK\x1b[1A\x1b[2K"

// fixtureFailures are the failures of fixtures by name.
var fixtureFailures = map[string]failure{
	"python-agents-prod": {
		reason: "failed to pull image registry.acme.dev/ml/python-agents:2026.10: manifest unknown: " +
			"manifest tagged by \"2026.10\" is not found",
	},
	"node-playwright": {
		reason: npmElifecycle, step: 9,
		logTail: []string{
			"> @acme/e2e@3.4.0 typecheck", "> tsc --noEmit", "",
			"tests/checkout.spec.ts(41,17): error TS2339: Property 'toHaveTotal' does not exist on type 'Matchers<void, Locator>'.",
			"tests/login.spec.ts(12,9): error TS2554: Expected 2 arguments, but got 1.",
			"npm ERR! code ELIFECYCLE", "npm ERR! errno 1",
		},
	},
	"llm-eval-harness": {
		reason: commandFailed("uv sync --frozen --no-install-project", "137") + " (out of memory)", step: 6,
		logTail: []string{
			"Downloading torch (845.8MiB)", "Downloading nvidia-cudnn-cu12 (634.0MiB)", "Downloading vllm (312.4MiB)",
			"Building wheel for xformers (pyproject.toml): started", "Killed",
		},
	},
	"private-browser": {
		beforePull: true,
		reason: "image not found in registry: ghcr.io/acme/private-browser:1.9: denied: " +
			"requested access to the resource is denied",
	},
	"datalake-mirror": {
		beforePull: true, size: 120.5, reason: "Snapshot size (120.50GB) exceeds maximum allowed size of 100GB",
	},
	"android-emulator-34": {
		reason: buildFailurePrefix + "failed to register layer: write /opt/android-sdk/system-images/android-34/google_apis/x86_64/system.img: disk quota exceeded",
		step:   6,
		logTail: []string{
			"[=======                                ] 18% Downloading x86_64-34_r14.zip",
			"[=============================          ] 75% Unzipping... x86_64/system.img",
		},
	},
	"docs-site-builder": {
		noRunner: true,
		reason:   "failed to download context archive: NoSuchKey: The specified key does not exist.",
	},
	"mystery-box":      {noRunner: true},
	"terraform-runner": {reason: colouredText, step: 6, logTail: []string{"\x1b[31mcurl: (22) The requested URL returned error: 404\x1b[0m"}},
	"log-parser-fuzz": {reason: hostileText, step: 3, logTail: []string{
		"Listing '/fuzz'...", "Compiling '/fuzz/parser.py'...",
		"*** Error compiling '/fuzz/parser.py'... \x1b]0;owned\a", hostileText,
	}},
	"legacy-etl": {reason: timeoutReason},
	"etl-airflow-3": {
		reason: commandFailed("airflow db migrate && python -m compileall -q /opt/airflow/dags", "1"), step: 9,
		logTail: []string{
			"Traceback (most recent call last):", "  File \"/opt/airflow/plugins/acme_ops.py\", line 7, in <module>",
			"    from airflow.utils.decorators import apply_defaults",
			"ImportError: cannot import name 'apply_defaults' from 'airflow.utils.decorators'",
		},
	},
}

// randomFailures are the failures of random builds and pulls: the end of the log and the command's
// exit code, or the reason of a pull.
var randomFailures = struct {
	builds []struct {
		code string
		tail []string
	}
	pulls []string
}{
	builds: []struct {
		code string
		tail []string
	}{
		{"1", []string{"npm ERR! code ERESOLVE", "npm ERR! ERESOLVE could not resolve", "npm ERR! Found: react@19.0.0"}},
		{"1", []string{"ERROR: Could not find a version that satisfies the requirement grpcio==1.99.0", "ERROR: No matching distribution found for grpcio==1.99.0"}},
		{"100", []string{"Err:7 http://deb.debian.org/debian bookworm/main amd64 libpq5 amd64", "  503  Service Unavailable", "E: Failed to fetch some archives"}},
		{"137", []string{"Killed"}},
		{"2", []string{"internal/ledger/entry.go:88:14: undefined: money.Round", "make: *** [Makefile:31: build] Error 2"}},
		{"101", []string{"error[E0308]: mismatched types", "error: could not compile `ranker` (bin \"ranker\") due to 1 previous error"}},
	},
	pulls: []string{
		"failed to pull image %s: unexpected EOF",
		"failed to pull image %s: toomanyrequests: You have reached your unauthenticated pull rate limit",
		"failed to pull image %s: no space left on device",
		"image not found in registry: %s: manifest unknown",
	},
}
