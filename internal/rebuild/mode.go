package rebuild

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// stampForm is the comment that makes a Dockerfile unique, and what a later
// rebuild takes away again.
var commentPattern = regexp.MustCompile(`(?m)\n?^# snapdeck rebuild \S+ [0-9a-f]{8}\r?\n?\z`)

// nonce makes an operation on a snapshot unique.
func nonce(id string, now time.Time) string {
	sum := sha256.Sum256([]byte(id + "\x00" + now.UTC().Format(time.RFC3339Nano)))
	return hex.EncodeToString(sum[:])[:8]
}

// stamped is a Dockerfile with a comment at its end that no other one has, in
// place of the comment of an earlier rebuild. At the end, since the first lines
// may direct the parser.
func withComment(dockerfile, nonce string, now time.Time) string {
	return withoutComment(dockerfile) + fmt.Sprintf("# snapdeck rebuild %s %s\n", now.UTC().Format(time.RFC3339), nonce)
}

// candidateOf is the recipe of a candidate: another name, all else the same.
func candidateOf(recipe model.Recipe, nonce string) model.Recipe {
	base, _, _ := strings.Cut(recipe.Name, "@") // nothing may follow a digest
	recipe.Name = base + "-candidate-" + nonce
	return recipe
}
