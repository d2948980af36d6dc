package mutation

import (
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/ui/format"
)

// MaxDockerfile is the maximum size of an edited Dockerfile in bytes.
const MaxDockerfile = 1 << 20

// RefuseDockerfile returns why the edited text is not a Dockerfile.
func RefuseDockerfile(content string) string {
	switch {
	case len(content) > MaxDockerfile:
		return "it has " + format.Thousands(len(content)) + " bytes, over 1 MiB"
	case !utf8.ValidString(content) || strings.ContainsRune(content, 0):
		return "it is not UTF-8 text"
	default:
		return ""
	}
}
