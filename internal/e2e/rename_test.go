//go:build unix

package e2e

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestModuleWithAnotherPath renames a copy of the module with the command of
// CONTRIBUTING.md, to a path that sorts after Bubble Tea, installs it from a local proxy
// and runs it. It works offline: the dependencies come from the cache of modules.
func TestModuleWithAnotherPath(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles all packages of the module")
	}
	t.Parallel()
	const path, version = "github.com/zzz/snapdeck", "v0.1.0"
	source := copyModule(t)
	contributing, err := os.ReadFile(filepath.Join(source, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile(`(?m)^old=\$\(go list -m\).*$`).FindString(string(contributing))
	if !strings.Contains(command, "github.com/OWNER/snapdeck") {
		t.Fatalf("CONTRIBUTING.md renames the module by %q", command)
	}
	run(t, source, nil, "sh", "-c", strings.ReplaceAll(command, "github.com/OWNER/snapdeck", path))

	proxy, bin := t.TempDir(), t.TempDir()
	writeModule(t, source, filepath.Join(proxy, path, "@v"), path+"@"+version)
	modules := strings.TrimSpace(run(t, source, nil, "go", "env", "GOMODCACHE"))
	// -trimpath, so that the next run finds the packages in the build cache.
	run(t, bin, []string{
		"GOPROXY=file://" + proxy + ",file://" + modules + "/cache/download", "GOSUMDB=off",
		"GOMODCACHE=" + t.TempDir(), "GOFLAGS=-modcacherw", // so that the test can remove it
		"GOTOOLCHAIN=local", "GOBIN=" + bin,
	}, "go", "install", "-trimpath", path+"@"+version)

	binary := filepath.Join(bin, "snapdeck")
	if out := run(t, bin, nil, binary, "version"); !strings.HasPrefix(out, "snapdeck "+version) {
		t.Errorf("the version is %q", out)
	}
	checkSilentTerminal(t, binary)
}

// run returns the output of a command that has to succeed.
func run(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		t.Fatalf("%s: %v\n%s", name, err, exit.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// copyModule copies the source tree without what git ignores.
func copyModule(t *testing.T) string {
	t.Helper()
	dir, root := t.TempDir(), filepath.Join("..", "..")
	ignored := []string{".git", ".cache", "dist", "snapdeck"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		from, to := filepath.Join(root, entry.Name()), filepath.Join(dir, entry.Name())
		switch {
		case slices.Contains(ignored, entry.Name()):
		case entry.IsDir():
			err = os.CopyFS(to, os.DirFS(from))
		default:
			var content []byte
			if content, err = os.ReadFile(from); err == nil {
				err = os.WriteFile(to, content, 0o600)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// writeModule writes the files of a module for a proxy. The name is path@version.
func writeModule(t *testing.T, source, dir, name string) {
	t.Helper()
	_, version, _ := strings.Cut(name, "@")
	goMod, err := os.ReadFile(filepath.Join(source, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string]string{
		"list":            version + "\n",
		version + ".info": fmt.Sprintf(`{"Version":%q,"Time":"2026-01-01T00:00:00Z"}`, version),
		version + ".mod":  string(goMod),
		version + ".zip":  zipped(t, source, name),
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// zipped returns the files of dir as a zip file, all in one folder.
func zipped(t *testing.T, dir, folder string) string {
	t.Helper()
	var zipFile strings.Builder
	w := zip.NewWriter(&zipFile)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		file, err := w.Create(folder + "/" + name)
		if err != nil {
			return err
		}
		_, err = file.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return zipFile.String()
}
