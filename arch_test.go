package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// The tests in this package check rules for the whole source tree that are easy to break
// by accident. TestArchitecture applies them, and TestEveryRuleCanFail tests the rules.
//
// A new package has to be added to imports, which defines what it may depend on.

const module = "daytona/snapdeck"

// imports lists the packages of the module that each package may import. Dependencies
// point one way: main -> cli -> ui -> model, ui -> theme, cli -> client -> model.
var imports = map[string][]string{
	".":                            {"internal/background", "internal/cli"},
	"client":                       {"model"},
	"internal/background":          {},
	"internal/bench":               {},
	"internal/cli":                 {"client", "internal/config", "internal/demo", "internal/doctor", "internal/durable", "internal/man", "internal/operate", "internal/rebuild", "internal/terminal", "internal/watch", "model", "model/family", "model/prune", "model/query", "theme", "ui", "ui/activity", "ui/buildlog", "ui/bulk", "ui/canvas", "ui/format", "ui/inspect", "ui/mutation", "ui/row", "ui/text"},
	"internal/config":              {"client", "model/family", "model/prune", "model/query", "theme", "ui", "ui/keys", "ui/row"},
	"internal/demo":                {},
	"internal/demo/demotest":       {"client", "internal/demo", "model"},
	"internal/doctor":              {"internal/config", "internal/rebuild", "internal/terminal", "model", "ui/format", "ui/text"},
	"internal/durable":             {},
	"internal/durable/durabletest": {"internal/durable"},
	"internal/man":                 {},
	"internal/operate":             {"model", "ui/activity", "ui/bulk", "ui/format", "ui/mutation", "ui/poller"},
	"internal/ptytest":             {},
	"internal/recording":           {},
	"internal/rebuild":             {"internal/durable", "model"},
	"internal/terminal":            {"ui/text"},
	"internal/watch":               {"model", "model/query", "theme", "ui/format", "ui/poller", "ui/row", "ui/text"},
	"model":                        {},
	"model/family":                 {"model"},
	"model/prune":                  {"model", "model/family"},
	"model/query":                  {"model", "model/family"},
	"theme":                        {},
	"ui":                           {"model", "model/family", "model/prune", "model/query", "theme", "ui/activity", "ui/buildlog", "ui/bulk", "ui/canvas", "ui/cleanup", "ui/deleted", "ui/dialog", "ui/failures", "ui/families", "ui/form", "ui/format", "ui/grid", "ui/header", "ui/inspect", "ui/keys", "ui/layout", "ui/listing", "ui/mutation", "ui/pager", "ui/poller", "ui/restore", "ui/row", "ui/running", "ui/summary", "ui/text", "ui/use"},
	"ui/activity":                  {"model", "theme", "ui/format", "ui/grid", "ui/listview", "ui/row", "ui/text"},
	"ui/buildlog":                  {"theme", "ui/canvas", "ui/format", "ui/pager", "ui/text"},
	"ui/bulk":                      {"theme", "ui/canvas", "ui/format", "ui/text"},
	"ui/canvas":                    {"theme", "ui/text"},
	"ui/cleanup":                   {"model", "model/family", "model/prune", "theme", "ui/format", "ui/grid", "ui/listview", "ui/row", "ui/text"},
	"ui/deleted":                   {"model", "theme", "ui/activity", "ui/format", "ui/grid", "ui/inspect", "ui/listview", "ui/row", "ui/text"},
	"ui/dialog":                    {"theme", "ui/canvas", "ui/dialog", "ui/format", "ui/keys", "ui/layout", "ui/pager", "ui/text"},
	"ui/failures":                  {"model", "theme", "ui/format", "ui/grid", "ui/listview", "ui/row", "ui/text"},
	"ui/form":                      {"model", "theme", "ui/canvas", "ui/dialog", "ui/format", "ui/keys", "ui/layout", "ui/mutation", "ui/row", "ui/text"},
	"ui/families":                  {"model", "model/family", "theme", "ui/format", "ui/grid", "ui/listview", "ui/row", "ui/text"},
	"ui/format":                    {},
	"ui/grid":                      {"theme", "ui/text"},
	"ui/header":                    {"model", "theme", "ui/format", "ui/poller", "ui/row", "ui/text"},
	"ui/inspect":                   {"model", "theme", "ui/canvas", "ui/format", "ui/pager", "ui/row", "ui/text"},
	"ui/keys":                      {"theme", "ui/text"},
	"ui/layout":                    {},
	"ui/listing":                   {"model", "ui/row"},
	"ui/listview":                  {"theme", "ui/canvas", "ui/grid", "ui/text"},
	"ui/mutation":                  {"model", "theme", "ui/dialog", "ui/format", "ui/row", "ui/text"},
	"ui/pager":                     {"theme", "ui/text"},
	"ui/poller":                    {"model"},
	"ui/restore":                   {"model", "theme", "ui/deleted", "ui/dialog", "ui/mutation", "ui/row", "ui/text"},
	"ui/row":                       {"model", "model/family", "model/query", "theme", "ui/canvas", "ui/format", "ui/grid", "ui/text"},
	"ui/running":                   {"model", "theme", "ui/activity", "ui/format", "ui/mutation", "ui/row", "ui/text"},
	"ui/summary":                   {"model/query", "theme", "ui/dialog", "ui/format", "ui/row", "ui/text"},
	"ui/text":                      {"theme"},
	"ui/use":                       {"model", "ui/dialog", "ui/row"},
	"ui/uitest":                    {"model", "ui/canvas", "ui/row", "ui/text"},
}

// Limits for files and packages without tests.
const (
	maxFileLines    = 300 // a longer file has more than one idea
	maxUILines      = 5000
	maxUILeafLines  = 2500
	maxAppFunctions = 180 // functions of ui that depend on the whole App
	maxMethods      = 8   // of an interface
)

// sourceFile is a source file that is not a test.
type sourceFile struct {
	dir  string // "." or like "ui/text"
	name string
	ast  *ast.File
	fset *token.FileSet
}

// rule returns the violations in the files of one package.
type rule func(dir string, files []sourceFile) []string

var rules = map[string]rule{
	"imports":         importsPointOneWay,
	"variables":       variablesAreTables,
	"init":            onlyBackgroundHasInit,
	"clock":           timeIsAParameter,
	"styles":          stylesComeFromTheTheme,
	"public imports":  publicPackagesImportNothingInternal,
	"leaf imports":    leavesDoNotImportUI,
	"file size":       filesAreShort,
	"package size":    packagesOfUIAreSmall,
	"app functions":   fewFunctionsNeedApp,
	"interface size":  interfacesAreSmall,
	"names":           packagesHaveNames,
	"package comment": packagesSayWhatTheyAre,
	"comments":        exportedSymbolsAreExplained,
}

func TestArchitecture(t *testing.T) {
	t.Parallel()
	for dir, files := range tree(t) {
		for _, check := range rules {
			for _, wrong := range check(dir, files) {
				t.Error(wrong)
			}
		}
	}
}

// tree parses all source files of the module that are not tests, by package.
func tree(t *testing.T) map[string][]sourceFile {
	t.Helper()
	packages := map[string][]sourceFile{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		packages[path.Dir(name)] = append(packages[path.Dir(name)], sourceFile{path.Dir(name), name, file, fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

func (f sourceFile) wrong(at ast.Node, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", f.name, f.fset.Position(at.Pos()).Line, fmt.Sprintf(format, args...))
}

func TestEveryRuleCanFail(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, tc := range []struct{ rule, dir, source string }{
		{"imports", "ui", `import "daytona/snapdeck/client"`},
		{"imports", "internal/demo", `import m "daytona/snapdeck/model"`},
		{"imports", "ui/grid", `import "daytona/snapdeck/ui"`},
		{"imports", "brand/new", ""},
		{"variables", "ui", `var count int`},
		{"variables", "ui", `var cache = map[string]int{}`},
		{"variables", "ui", `var clock = time.Now`},
		{"variables", "ui", `var client = http.NewClient()`},
		{"variables", "ui", "var table = []int{1}\nfunc f() { table[0]++ }"},
		{"variables", "ui", "var table = map[int]int{1: 1}\nfunc f() { delete(table, 1) }"},
		{"variables", "ui", "var err = errors.New(\"\")\nfunc f() { err = nil }"},
		{"init", "ui", `func init() {}`},
		{"clock", "ui/pager", "import \"time\"\nvar _ = time.Now()"},
		{"clock", "model", "import clock \"time\"\nfunc f() { clock.Sleep(1) }"},
		{"styles", "ui", "import \"github.com/charmbracelet/lipgloss\"\nfunc f() { lipgloss.NewStyle() }"},
		{"public imports", "ui/row", `import "daytona/snapdeck/internal/config"`},
		{"public imports", "client", `import _ "daytona/snapdeck/internal/durable"`},
		{"leaf imports", "ui/row", `import "daytona/snapdeck/ui"`},
		{"file size", "ui", strings.Repeat("\n", maxFileLines)},
		{"package size", "ui", strings.Repeat("\n", maxUILines)},
		{"package size", "ui/row", strings.Repeat("\n", maxUILeafLines)},
		{"app functions", "ui", strings.Repeat("func f(n int, a *App) {}\n", maxAppFunctions+1)},
		{"app functions", "ui", strings.Repeat("func (a *App) f() {}\n", maxAppFunctions+1)},
		{"interface size", "ui", "type T interface { A(); B(); C(); D(); E(); F(); G(); H(); I() }"},
		{"interface size", "ui", "type T interface { U; H(); I() }\ntype U interface { A(); B(); C(); D(); E(); F(); G() }"},
		{"names", "ui/util", ""},
		{"package comment", "ui", ""},
		{"comments", "ui", `type T int`},
		{"comments", "ui", `func F() {}`},
		{"comments", "ui", "// T is.\ntype T[X any] struct{}\nfunc (*T[X]) F() {}"},
		{"comments", "ui", `const C = 1`},
	} {
		tried[tc.rule] = true
		if wrong := rules[tc.rule](tc.dir, []sourceFile{parse(t, tc.dir, tc.source)}); len(wrong) == 0 {
			t.Errorf("the rule %q does not reject in %s:\n%s", tc.rule, tc.dir, tc.source)
		}
	}
	for name := range rules {
		if !tried[name] {
			t.Errorf("no test for the rule %q", name)
		}
	}
}

func TestRulesAcceptGoodCode(t *testing.T) {
	t.Parallel()
	const good = `
import (
	"time"

	"daytona/snapdeck/model"
)

// ErrNone is an error.
var ErrNone = errors.New("none")

var _ Thing = thing{}

var table = map[string]int{"a": 1}

// The kinds.
const (
	One = iota
	Two
)

func f(now time.Time) int {
	table := map[string]int{}
	table["b"] = 2 // a local variable
	return len(table) + int(now.Sub(time.Time{}))
}
`
	f := parse(t, "ui", good)
	f.ast.Doc = &ast.CommentGroup{}
	for name, check := range rules {
		if wrong := check("ui", []sourceFile{f}); len(wrong) > 0 {
			t.Errorf("the rule %q: %q", name, wrong)
		}
	}
}

func parse(t *testing.T, dir, source string) sourceFile {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", "package x\n"+source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return sourceFile{dir, dir + "/x.go", file, fset}
}
