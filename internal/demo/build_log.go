package demo

import (
	"fmt"
	"strings"
)

// logLine is a line of a build log with its time after the start of the build.
type logLine struct {
	at   millis
	text string // including the line feed
}

// buildLog returns the complete log of a build in the format of Docker's classic builder. It is
// derived from the Dockerfile, so it is always the same and uses no memory until it is requested.
func buildLog(j *job, i *buildInfo) []logLine {
	steps := instructions(i.dockerfile)
	last := len(steps) - 1
	if j.failure != nil {
		last = min(j.failure.step, last)
	}
	total := 1
	for _, step := range steps[:last+1] {
		total += weight(step)
	}
	done := 1
	duration := j.end - j.start
	lines := []logLine{{0, "Building snapshot...\n"}}
	for n, step := range steps[:last+1] {
		from := duration * millis(done) / millis(total)
		done += weight(step)
		until := duration * millis(done) / millis(total)
		output := append([]string{fmt.Sprintf("Step %d/%d : %s", n+1, len(steps), step)},
			stepOutput(step, i.ref, n, j.failure != nil && n == last)...)
		if j.failure != nil && n == last {
			output = append(output, j.failure.logTail...)
		}
		for k, text := range output {
			at := from + (until-from)*millis(k)/millis(len(output))
			lines = append(lines, logLine{at, text + "\n"})
		}
	}
	return append(lines, resultLines(j, i, duration)...)
}

// resultLines returns the last lines of a log.
func resultLines(j *job, i *buildInfo, at millis) []logLine {
	if j.failure != nil {
		reason, _, _ := strings.Cut(strings.TrimPrefix(j.failure.reason, buildFailurePrefix), "\n")
		return []logLine{{at, "ERROR: " + strings.TrimPrefix(reason, "ERROR: ") + "\n"}}
	}
	id := strings.TrimPrefix(i.ref, "daytona-")
	return []logLine{
		{at, "Successfully built " + id[:12] + "\n"},
		{at, "Successfully tagged " + i.ref + "\n"},
	}
}

// command is a tool used in Dockerfiles: its relative duration and its output.
type command struct {
	name   string
	weight int
	output []string
}

// commands are matched in this order.
var commands = []command{
	{"pip install --no-cache-dir --no-build-isolation flash-attn", 30, []string{
		"Collecting flash-attn", "  Downloading flash_attn-2.7.4.tar.gz (6.0 MB)",
		"     \x1b[90m━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\x1b[0m \x1b[32m6.0/6.0 MB\x1b[0m \x1b[31m48.1 MB/s\x1b[0m eta \x1b[36m0:00:00\x1b[0m",
		"Building wheels for collected packages: flash-attn", "  Building wheel for flash-attn (setup.py): started",
		"  Building wheel for flash-attn (setup.py): still running...", "  Building wheel for flash-attn (setup.py): finished with status 'done'",
		"Successfully installed flash-attn-2.7.4"}},
	{"apt-get", 6, []string{
		"Get:1 http://deb.debian.org/debian bookworm InRelease [151 kB]",
		"Get:2 http://deb.debian.org/debian bookworm-updates InRelease [55.4 kB]",
		"Get:3 http://deb.debian.org/debian bookworm/main amd64 Packages [8792 kB]",
		"Fetched 9271 kB in 1s (6214 kB/s)", "Reading package lists...\rReading package lists... Done",
		"Building dependency tree...", "0 upgraded, 23 newly installed, 0 to remove and 4 not upgraded.",
		"Setting up ca-certificates (20230311) ...", "Processing triggers for libc-bin (2.36-9+deb12u9) ..."}},
	{"npm ci", 8, []string{
		"npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.",
		"added 412 packages, and audited 413 packages in 11s", "87 packages are looking for funding",
		"found \x1b[32m\x1b[1m0\x1b[22m\x1b[39m vulnerabilities"}},
	{"pnpm install", 8, []string{
		"Lockfile is up to date, resolution step is skipped", "Packages: +1204", "++++++++++++++++++++++++++++++++++++++++",
		"Progress: resolved 1204, reused 1190, downloaded 14, added 1204, done", "Done in 9.8s"}},
	{"uv ", 7, []string{
		"Using CPython 3.12.8 interpreter at: /usr/local/bin/python3", "Resolved 184 packages in 12ms",
		"Prepared 184 packages in 6.41s", "Installed 184 packages in 310ms", " + anyio==4.6.2", " + httpx==0.28.0", " + pydantic==2.10.2"}},
	{"pip ", 9, []string{
		"Collecting numpy==2.1.3", "  Downloading numpy-2.1.3-cp312-cp312-manylinux_2_17_x86_64.whl (16.0 MB)",
		"     \x1b[90m━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\x1b[0m \x1b[32m16.0/16.0 MB\x1b[0m \x1b[31m92.4 MB/s\x1b[0m eta \x1b[36m0:00:00\x1b[0m",
		"Installing collected packages: numpy, pandas, httpx", "Successfully installed httpx-0.28.0 numpy-2.1.3 pandas-2.2.3"}},
	{"go build", 8, []string{"go: downloading golang.org/x/sync v0.10.0", "go: downloading google.golang.org/grpc v1.68.0"}},
	{"go install", 7, []string{"go: downloading golang.org/x/tools v0.28.0", "go: downloading github.com/spf13/cobra v1.8.1"}},
	{"cargo ", 12, []string{
		"    Updating crates.io index", " Downloading crates ...", "   Compiling serde v1.0.215", "   Compiling tokio v1.41.1",
		"   Compiling axum v0.7.9", "   Compiling sqlx v0.8.2", "    Finished `release` profile [optimized] target(s) in 1m 12s"}},
	{"gradlew", 10, []string{
		"Downloading https://services.gradle.org/distributions/gradle-8.11-bin.zip", "> Task :compileJava", "> Task :processResources",
		"> Task :bootJar", "BUILD SUCCESSFUL in 31s", "5 actionable tasks: 5 executed"}},
	{"bundle ", 8, []string{"Fetching gem metadata from https://rubygems.org/.........", "Installing rails 8.0.0", "Bundle complete! 38 Gemfile dependencies, 141 gems now installed."}},
	{"composer ", 6, []string{"Installing dependencies from lock file", "Package operations: 92 installs, 0 updates, 0 removals", "Generating optimized autoload files"}},
	{"mix ", 6, []string{"* Getting phoenix (Hex package)", "==> phoenix", "Compiling 71 files (.ex)", "Generated phoenix app"}},
	{"dotnet ", 7, []string{"  Determining projects to restore...", "  Restored /source/src/Acme.Api/Acme.Api.csproj (in 4.91 sec)."}},
	{"curl ", 4, []string{"  % Total    % Received % Xferd  Average Speed\r100 27.1M  100 27.1M    0     0  61.2M"}},
	{"playwright install", 9, []string{"Downloading Chromium 131.0.6778.33 (playwright build v1148)", "|■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■| 100% of 161.3 MiB"}},
}

func commandOf(step string) *command {
	for i := range commands {
		if strings.HasPrefix(step, "RUN ") && strings.Contains(step, commands[i].name) {
			return &commands[i]
		}
	}
	return nil
}

// weight returns the relative duration of a step.
func weight(step string) int {
	if c := commandOf(step); c != nil {
		return c.weight
	}
	switch word, _, _ := strings.Cut(step, " "); word {
	case "FROM":
		return 3
	case "RUN":
		return 3
	}
	return 1
}

// stepOutput returns the output of a step after its first line. A failing step has no result.
func stepOutput(step, ref string, n int, fails bool) []string {
	layer := fmt.Sprintf("%012x", stableHash(ref, fmt.Sprint("layer", n))>>16)
	result := " ---> " + layer
	word, rest, _ := strings.Cut(step, " ")
	switch word {
	case "FROM":
		image, _, _ := strings.Cut(rest, " ")
		return []string{"Pulling " + image, "Digest: sha256:" + imageDigest(image), "Status: Downloaded newer image for " + image, result}
	case "RUN":
		container := fmt.Sprintf("%012x", stableHash(ref, fmt.Sprint("container", n))>>16)
		output := []string{" ---> Running in " + container}
		c := commandOf(step)
		switch {
		case c != nil && fails:
			output = append(output, c.output[:len(c.output)/2]...)
		case c != nil:
			output = append(output, c.output...)
		}
		if fails {
			return output
		}
		return append(output, "Removing intermediate container "+container, result)
	}
	return []string{result}
}
