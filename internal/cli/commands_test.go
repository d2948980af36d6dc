package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// maxCommandLines is how long the file of a command is: the work is below.
const maxCommandLines = 150

func TestCommandFilesAreShort(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("cmd_*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(source, []byte("\n")); n > maxCommandLines && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s has %d lines, more than %d", file, n, maxCommandLines)
		}
	}
}

// TestEveryCommandIsComplete checks what all commands have: an example that names them, and
// completion of the values of each flag that has some.
func TestEveryCommandIsComplete(t *testing.T) {
	t.Parallel()
	root := (&program{}).rootCommand()
	for _, cmd := range root.Commands() {
		if cmd.Runnable() && cmd.Name() != "version" && !strings.Contains(cmd.Example, "snapdeck "+cmd.Name()) {
			t.Errorf("%s has no example", cmd.Name())
		}
		cmd.Flags().VisitAll(func(flag *pflag.Flag) {
			_, completes := cmd.GetFlagCompletionFunc(flag.Name)
			switch flag.Name {
			case "output", "query", "region", "from", "confirm", "profile":
				if !completes {
					t.Errorf("%s completes no values of --%s", cmd.Name(), flag.Name)
				}
			}
		})
		if strings.Contains(cmd.Use, "NAME") && cmd.Name() != "create" && cmd.ValidArgsFunction == nil {
			t.Errorf("%s completes no names", cmd.Name())
		}
	}
}
