package demo

// fixture is a snapshot that exists at the start. Fixtures are sorted by importance: a small world
// contains the first ones. Times are in hours before the start.
type fixture struct {
	name      string
	template  string // of the Dockerfile, "name version", or empty for an image
	image     string
	regions   string // names separated by spaces
	state     state
	cpu       int
	mem, disk int
	age, used float64 // used 0 means never
	size      float64 // GB, 0 means synthetic, noSize means null

	sameRefAs              string // fixture with the same Dockerfile
	gpu, class             string
	fromSandbox            bool   // created from a sandbox
	generalOf              string // organization of a general snapshot
	runningHours           float64
	hoursUntilDeactivation float64 // until auto-deactivation
	removalStuck           bool
	entrypoint             []string
}

// fixtures are the snapshots at the start. Tests and screenshots refer to their names.
var fixtures = []fixture{
	{name: "node-20-agents", template: "node-agents 20", regions: "us eu", state: active, cpu: 2, mem: 4, disk: 8, age: 74, used: .03, size: 1.82},
	{name: "payments-node-22", template: "node-service 22", regions: "us", state: building, cpu: 2, mem: 4, disk: 10, age: .05, runningHours: .045},
	{name: "etl-airflow-3", template: "airflow 3", regions: "eu", state: building, cpu: 4, mem: 8, disk: 20, age: .025, runningHours: .02},
	{name: "cuda-12-train", image: "registry.acme.dev/ml/cuda:12.6-train", regions: "us", state: pulling, cpu: 8, mem: 16, disk: 40, age: .035, size: 18.4, gpu: "H100", runningHours: .0175},
	{name: "go-1-26-ci", template: "go-ci 26", regions: "eu", state: pending, cpu: 4, mem: 8, disk: 10, age: .15, size: noSize},
	{name: "tmp-bench-4", image: "docker.io/library/ubuntu:24.04", regions: "us", state: removing, cpu: 1, mem: 1, disk: 3, age: 30, used: 25, size: .079},
	{name: "infra-base-2025", template: "infra 5", regions: "us", state: active, cpu: 1, mem: 2, disk: 5, age: 3100, used: 1, size: 1.31},
	{name: "python-agents-prod", image: "registry.acme.dev/ml/python-agents:2026.10", regions: "us", state: failed, cpu: 2, mem: 4, disk: 8, age: 73, used: 2, size: noSize},
	{name: "node-playwright", template: "node-playwright 20", regions: "eu", state: failed, cpu: 2, mem: 4, disk: 8, age: 1.1, size: noSize},
	{name: "node-22-nightly", template: "node-service 22", regions: "us", state: building, cpu: 2, mem: 4, disk: 8, age: .2, size: noSize, runningHours: .07},
	{name: "node-20-agents-canary", regions: "us", state: active, cpu: 2, mem: 4, disk: 8, age: 73, used: 5, size: 1.82, sameRefAs: "node-20-agents"},
	{name: "daytona-small", image: "daytonaio/sandbox:0.6.0", regions: "us eu ap", state: active, cpu: 1, mem: 1, disk: 3, age: 5040, used: .02, size: .75, generalOf: otherOrganization},
	{name: "node-24-agents", image: "docker.io/library/node:24.3-slim", regions: "us eu ap", state: active, cpu: 2, mem: 4, disk: 8, age: 220, used: .18, size: .94},
	{name: "python-3-13-base", image: "docker.io/library/python:3.13.9", regions: "us eu ap", state: active, cpu: 2, mem: 4, disk: 8, age: 505, used: .57, size: 1.02},
	{name: "search-ranker", template: "rust-service 8", regions: "eu", state: active, cpu: 4, mem: 8, disk: 10, age: 1230, used: 1, size: .64, hoursUntilDeactivation: 19.2},
	{name: "infra-base", template: "infra 6", regions: "us eu", state: active, cpu: 1, mem: 2, disk: 5, age: 2110, used: 1, size: 1.38, hoursUntilDeactivation: 44},
	{name: "jupyter-old", template: "jupyter 1", regions: "us", state: inactive, cpu: 2, mem: 8, disk: 20, age: 2165, used: 890, size: 4.7},
	{name: "debug-session-8812", regions: "us", state: snapshotting, cpu: 2, mem: 4, disk: 8, age: .01, size: noSize, fromSandbox: true},
	{name: "docs-site-builder", template: "node-service 20", regions: "eu", state: buildFailed, cpu: 1, mem: 2, disk: 5, age: 7.5, size: noSize},
	{name: "browser-pool-130", image: "ghcr.io/acme/browser-pool:130.0.6723.116", regions: "ap", state: pulling, cpu: 2, mem: 4, disk: 8, age: .02, size: 2.21, runningHours: .012},
	{name: "payments-node-20", template: "node-service 20", regions: "us", state: active, cpu: 2, mem: 4, disk: 8, age: 970, used: 72, size: 1.12},
	{name: "payments-node-20-staging", regions: "us", state: active, cpu: 2, mem: 4, disk: 8, age: 968, used: 600, size: 1.12, sameRefAs: "payments-node-20"},
	{name: "log-parser-fuzz", template: "trojan-source 1", regions: "us", state: failed, cpu: 1, mem: 1, disk: 3, age: 26, size: noSize},
	{name: "llm-eval-harness", template: "python-base 12", regions: "us", state: failed, cpu: 4, mem: 8, disk: 20, age: 19, size: noSize},
	{name: "tmp-bench-2", image: "docker.io/library/ubuntu:24.04", regions: "us", state: removing, cpu: 1, mem: 1, disk: 3, age: 55, used: 40, size: .079, removalStuck: true},
	{name: "ml-base-cu128", template: "cuda-train 5", regions: "us", state: building, cpu: 8, mem: 16, disk: 40, age: .8, size: noSize, gpu: "H100", runningHours: .79},
	{name: "jax-nightly", template: "cuda-train 4", regions: "acme-dc1", state: pending, cpu: 8, mem: 16, disk: 40, age: 3.4, size: noSize, gpu: "RTX-PRO-6000"},
	{name: "private-browser", image: "ghcr.io/acme/private-browser:1.9", regions: "us", state: failed, cpu: 2, mem: 4, disk: 8, age: 4.2, size: noSize},
	{name: "datalake-mirror", image: "registry.acme.dev/data/lake-mirror:2026-11-20", regions: "eu", state: failed, cpu: 8, mem: 16, disk: 40, age: 98, size: 120.5},
	{name: "terraform-runner", template: "infra 7", regions: "us", state: failed, cpu: 1, mem: 1, disk: 3, age: 51, size: noSize},
	{name: "mystery-box", template: "go-service 25", regions: "us", state: buildFailed, cpu: 1, mem: 1, disk: 3, age: 9.8, size: noSize},
	{name: "android-emulator-34", template: "android-ci 34", regions: "us", state: failed, cpu: 4, mem: 8, disk: 20, age: 143, size: noSize},
	{name: "legacy-etl", template: "airflow 2", regions: "eu", state: failed, cpu: 4, mem: 8, disk: 20, age: 700, used: 340, size: noSize},
	{name: "chatbot-demo", image: "ghcr.io/acme/chatbot-demo:0.9.3", regions: "us", state: active, cpu: 1, mem: 2, disk: 4, age: 700, used: 1, size: 1.45, hoursUntilDeactivation: 3.1},
	{name: "team/agents:1.2.3", image: "registry.acme.dev/team/agents:1.2.3", regions: "us", state: active, cpu: 1, mem: 1, disk: 3, age: 1010, used: 12, size: .333333333333333},
	{name: "registry.acme.dev/base/node:20.18.1", image: "registry.acme.dev/base/node:20.18.1", regions: "us acme-dc1", state: active, cpu: 1, mem: 2, disk: 5, age: 640, used: 30, size: 1.091},
	{name: "whisper-large-v3", image: "registry.acme.dev/ml/whisper:3.1.0", regions: "us", state: active, cpu: 8, mem: 16, disk: 40, age: 410, used: 6, size: 11.7, gpu: "H100"},
	{name: "trt-llm-serve", template: "cuda-train 4", regions: "acme-dc1", state: active, cpu: 8, mem: 16, disk: 40, age: 199, used: 2.5, size: 17.25, gpu: "RTX-PRO-6000"},
	{name: "golden-dev-home", regions: "us", state: active, cpu: 4, mem: 8, disk: 10, age: 320, used: 20, size: noSize, fromSandbox: true},
	{name: "debug-session-8790", regions: "eu", state: active, cpu: 2, mem: 4, disk: 8, age: 31, size: 3.91, fromSandbox: true},
	{name: "orphaned-edge", image: "docker.io/library/alpine:3.21.2", state: active, cpu: 1, mem: 1, disk: 3, age: 180, size: .0029},
	{name: "acme/golden:1.4.0", image: "registry.acme.dev/golden:1.4.0", regions: "us eu ap acme-dc1", state: active, cpu: 2, mem: 4, disk: 8, age: 1500, used: 1.5, size: 2.6, generalOf: OrganizationID},
	{name: "daytona-medium", image: "daytonaio/sandbox:0.6.0", regions: "us eu ap", state: active, cpu: 2, mem: 4, disk: 8, age: 5040, used: .4, size: .75, generalOf: otherOrganization},
	{name: "daytona-large", image: "daytonaio/sandbox:0.6.0", regions: "us eu ap", state: active, cpu: 4, mem: 8, disk: 10, age: 5040, used: 3, size: .75, generalOf: otherOrganization},
	{name: "windows-base", regions: "us", state: active, cpu: 4, mem: 8, disk: 50, age: 900, size: noSize, generalOf: noOrganization, class: "windows"},
	{name: "warehouse-etl-xl", image: "registry.acme.dev/data/warehouse-etl:8.2.0", regions: "us", state: active, cpu: 16, mem: 64, disk: 200, age: 2900, used: 8, size: 6.4},
	{name: "mobile-ci-2025", image: "docker.io/acme/mobile:7.1", regions: "eu", state: inactive, cpu: 4, mem: 8, disk: 20, age: 7200, used: 2450, size: 9.3},
	{name: "spring-petclinic", template: "java-service 21", regions: "us eu", state: active, cpu: 2, mem: 4, disk: 8, age: 260, used: 50, size: .81},
	{name: "storefront-php-8-4", template: "php-shop 4", regions: "eu ap", state: active, cpu: 1, mem: 2, disk: 5, age: 515, used: 21, size: .47},
	{name: "rails-backoffice", template: "ruby-app 3", regions: "us", state: inactive, cpu: 2, mem: 4, disk: 8, age: 1900, used: 420, size: 1.2},
	{name: "UPPER_Case.Name-1", image: "docker.io/library/alpine:3.21.2", regions: "us", state: active, cpu: 1, mem: 1, disk: 3, age: 100, used: 90, size: 0},
	{name: "vm-kernel-lab", image: "registry.acme.dev/vm/kernel-lab:6.12.1", regions: "us", state: active, cpu: 4, mem: 8, disk: 20, age: 61, used: 14, size: 5.5, class: "linux-vm"},
	{name: "customer-escalation-4711-reproduction-of-the-intermittent-timeout-in-the-checkout-service-with-the-october-data-set-and-the-old-payment-provider-do-not-delete", template: "node-service 18", regions: "us", state: active, cpu: 2, mem: 4, disk: 8, age: 150, used: 44, size: 1.9},
	{name: "sleep-infinity", image: "docker.io/library/debian:12.9-slim", regions: "ap", state: active, cpu: 1, mem: 1, disk: 3, age: 240, used: 60, size: .075, entrypoint: []string{}},
}

// Values of fixture.generalOf besides OrganizationID.
const (
	otherOrganization = "11111111-1111-4111-8111-111111111111"
	noOrganization    = "none"
)
