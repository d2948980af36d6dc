package rebuild

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// commentPattern matches the comment that makes a Dockerfile unique. A later rebuild
// removes it.
var commentPattern = lazyRegexp(`(?m)\n?^# snapdeck rebuild \S+ [0-9a-f]{8}\r?\n?\z`)

// nonce tells the rebuilds of a snapshot apart.
func nonce(id string, now time.Time) string {
	sum := sha256.Sum256([]byte(id + "\x00" + now.UTC().Format(time.RFC3339Nano)))
	return hex.EncodeToString(sum[:])[:8]
}

// withComment adds a unique comment to a Dockerfile, in place of that of an earlier
// rebuild. It is the last line, since the first lines can be parser directives.
func withComment(dockerfile, nonce string, now time.Time) string {
	return withoutComment(dockerfile) + fmt.Sprintf("# snapdeck rebuild %s %s\n", now.UTC().Format(time.RFC3339), nonce)
}

// withoutComment removes the comment of a rebuild and ends the last line.
func withoutComment(dockerfile string) string {
	content := commentPattern().ReplaceAllString(dockerfile, "\n")
	if content != "" && !strings.HasSuffix(content, "\n") {
		content += "\n"
	}
	return content
}

// WithoutComment removes the comment that a verified rebuild has added, and reports whether
// there was one. The last line then ends with a line feed.
func WithoutComment(dockerfile string) (content string, removed bool) {
	if !commentPattern().MatchString(dockerfile) {
		return dockerfile, false
	}
	return withoutComment(dockerfile), true
}

// candidateOf returns the recipe of a candidate, which differs in the name only.
func candidateOf(recipe model.Recipe, nonce string) model.Recipe {
	base, _, _ := strings.Cut(recipe.Name, "@") // nothing may follow a digest
	recipe.Name = base + "-candidate-" + nonce
	return recipe
}
