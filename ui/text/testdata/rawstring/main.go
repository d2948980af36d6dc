// Command rawstring tries to use raw strings as safe text. No assignment compiles.
package main

import (
	"os"

	"daytona/snapdeck/ui/text"
)

func main() {
	raw := os.Args[0]
	_ = text.Lit(raw)
	_ = text.Sprintf(raw)
	_ = text.Span{Text: raw}
	_ = text.Safe(raw)
	_ = text.Lit(text.literal(raw))
	_ = text.Safe{s: raw}
}
