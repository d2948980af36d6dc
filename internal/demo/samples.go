package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Names of sample snapshots: a product or purpose, a runtime, and a suffix.

var products = []string{
	"payments", "search", "checkout", "ledger", "notifications", "identity", "billing", "catalog", "inventory",
	"pricing", "fraud", "support-bot", "docs", "design-system", "mobile-api", "partner-api", "reporting",
	"ingest", "crawler", "embeddings", "eval", "sandbox", "staging", "onboarding", "recommender", "geo",
	"media", "webhooks", "gateway", "scheduler", "feature-flags", "observability", "data-quality", "ads",
	"chat", "code-review", "triage", "release", "security-scan", "backoffice",
}

var suffixes = []string{
	"", "", "", "", "-canary", "-ci", "-dev", "-nightly", "-slim", "-debug", "-next", "-legacy", "-eu", "-v2",
	"-bench", "-tools", "-pr",
}

// sample is a generated name with either a Dockerfile template or an image.
type sample struct {
	name, template, version, image string
}

// newSample generates a sample whose name is not taken.
func newSample(r *rand.Rand, taken func(string) bool) sample {
	runtime := runtimes[r.IntN(len(runtimes))]
	version := runtime.versions[r.IntN(len(runtime.versions))]
	base := products[r.IntN(len(products))] + "-" + runtime.word
	if len(runtime.versions) > 1 {
		base += "-" + version
	}
	base += suffixes[r.IntN(len(suffixes))]
	name := base
	for n := 1; taken(name); n++ {
		name = base + "-" + strconv.Itoa(2+r.IntN(8*n))
	}
	if r.IntN(10) < 5 {
		return sample{name: name, template: runtime.template, version: version}
	}
	image := runtime.images[r.IntN(len(runtime.images))]
	if strings.Contains(image, "%") {
		image = fmt.Sprintf(image, 1+r.IntN(20))
	}
	return sample{name: name, image: image}
}
