package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rules that a reader could break without knowing them. TestArchitecture
// holds them for the tree, TestEveryRuleCanFail shows that each of them bites.
//
// A new package has to be entered in imports: there it is decided, in one place,
// what it may depend on.

const module = "daytona/snapdeck"

// imports says which packages of ours a package may import. Dependencies point
// one way: main -> cli -> ui -> model, ui -> theme, cli -> client -> model.
var imports = map[string][]string{
	".":                            {"internal/cli"},
	"client":                       {"model"},
	"client/demo":                  {},
	"client/rebuild":               {"model", "internal/durable"},
	"internal/background":          {},
	"internal/cli":                 {"client", "client/demo", "client/rebuild", "internal/config", "internal/durable", "internal/terminal", "model", "model/query", "theme", "ui", "ui/text"},
	"internal/config":              {"client", "model/query", "theme", "ui"},
	"internal/durable":             {},
	"internal/durable/durabletest": {"internal/durable"},
	"internal/ptytest":             {},
	"internal/terminal":            {"internal/background"},
	"model":                        {},
	"model/query":                  {"model"},
	"theme":                        {},
	"ui":                           {"model", "model/query", "theme", "ui/grid", "ui/layout", "ui/pager", "ui/text"},
	"ui/grid":                      {"theme", "ui/text"},
	"ui/layout":                    {},
	"ui/pager":                     {"theme", "ui/text"},
	"ui/text":                      {"theme"},
}

// maxLines is where a file has more than one idea, as a rule.
const maxLines = 320

// sourceFile is a file of the tree that is not a test.
type sourceFile struct {
	dir  string // "." or like "ui/text"
	name string
	ast  *ast.File
	fset *token.FileSet
}

// rule returns what is wrong with the files of one package.
type rule func(dir string, files []sourceFile) []string

var rules = map[string]rule{
	"imports":         importsPointOneWay,
	"variables":       variablesAreTables,
	"init":            onlyBackgroundHasInit,
	"clock":           timeIsAParameter,
	"styles":          stylesComeFromTheTheme,
	"length":          filesHaveOneIdea,
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

// tree parses all files of the module that are not tests, by package.
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

func importsPointOneWay(dir string, files []sourceFile) (wrong []string) {
	allowed, known := imports[dir]
	if !known {
		return []string{fmt.Sprintf("%s: say in arch_test.go what the new package may import", dir)}
	}
	for _, f := range files {
		for _, spec := range f.ast.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			ours, found := strings.CutPrefix(imported, module+"/")
			if err == nil && found && !slices.Contains(allowed, ours) {
				wrong = append(wrong, f.wrong(spec, "%s must not import %s", dir, ours))
			}
		}
	}
	return wrong
}

// variablesAreTables allows package-level variables that are constants in all
// but name: they are complete where they are declared and nothing writes to them.
func variablesAreTables(_ string, files []sourceFile) (wrong []string) {
	declared := map[string]bool{}
	for _, f := range files {
		for _, decl := range f.ast.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok || general.Tok != token.VAR {
				continue
			}
			for _, spec := range general.Specs {
				value, ok := spec.(*ast.ValueSpec)
				if !ok || value.Names[0].Name == "_" {
					continue
				}
				embedded := general.Doc != nil && slices.ContainsFunc(general.Doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
				if !embedded && !complete(value) {
					wrong = append(wrong, f.wrong(value, "the package-level variable %s is no error and no table", value.Names[0]))
				}
				for _, name := range value.Names {
					declared[name.Name] = true
				}
			}
		}
	}
	for _, f := range files {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			for _, target := range written(n) {
				if name := root(target); name != nil && declared[name.Name] && !local(name) {
					wrong = append(wrong, f.wrong(n, "the package-level variable %s is written to", name))
				}
			}
			return true
		})
	}
	return wrong
}

// complete reports whether a variable has its whole value where it is declared.
func complete(spec *ast.ValueSpec) bool {
	if len(spec.Values) != len(spec.Names) {
		return false
	}
	return !slices.ContainsFunc(spec.Values, func(value ast.Expr) bool {
		switch value := value.(type) {
		case *ast.CompositeLit:
			return len(value.Elts) == 0 // an empty table waits to be filled
		case *ast.CallExpr:
			return !slices.Contains([]string{"errors.New", "fmt.Errorf", "regexp.MustCompile"}, called(value))
		case *ast.UnaryExpr:
			_, literal := value.X.(*ast.CompositeLit)
			return !literal
		case *ast.SelectorExpr: // another package's error
			return !strings.HasPrefix(strings.ToLower(spec.Names[0].Name), "err")
		}
		return true
	})
}

// written returns what a statement writes to.
func written(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.CallExpr:
		if name := called(n); name == "delete" || name == "clear" {
			return n.Args[:1]
		}
	}
	return nil
}

// root is the variable at the start of an expression like v.f[i].
func root(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	case *ast.ParenExpr:
		return root(e.X)
	}
	return nil
}

// local reports whether a name was declared inside a function of its file.
func local(name *ast.Ident) bool {
	if name.Obj == nil {
		return false
	}
	_, packageLevel := name.Obj.Decl.(*ast.ValueSpec)
	return !packageLevel
}

// called is the function that is called, as it is written.
func called(call *ast.CallExpr) string {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		if x, ok := fun.X.(*ast.Ident); ok {
			return x.Name + "." + fun.Sel.Name
		}
	}
	return ""
}

func onlyBackgroundHasInit(dir string, files []sourceFile) (wrong []string) {
	for _, f := range files {
		for _, decl := range f.ast.Decls {
			if function, ok := decl.(*ast.FuncDecl); ok && function.Recv == nil && function.Name.Name == "init" && dir != "internal/background" {
				wrong = append(wrong, f.wrong(function, "an init function"))
			}
		}
	}
	return wrong
}

func timeIsAParameter(dir string, files []sourceFile) []string {
	if !within(dir, "ui") && !within(dir, "model") {
		return nil
	}
	return uses(files, "time", "Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer")
}

func stylesComeFromTheTheme(dir string, files []sourceFile) []string {
	if dir == "theme" {
		return nil
	}
	return uses(files, "github.com/charmbracelet/lipgloss", "NewStyle", "Color", "AdaptiveColor", "CompleteColor", "CompleteAdaptiveColor")
}

// uses finds the uses of names that a package exports, whatever it is called in
// the file.
func uses(files []sourceFile, imported string, names ...string) (wrong []string) {
	for _, f := range files {
		called := ""
		for _, spec := range f.ast.Imports {
			if spec.Path.Value == strconv.Quote(imported) {
				called = path.Base(imported)
				if spec.Name != nil {
					called = spec.Name.Name
				}
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok || called == "" {
				return true
			}
			if x, ok := selector.X.(*ast.Ident); ok && x.Name == called && x.Obj == nil && slices.Contains(names, selector.Sel.Name) {
				wrong = append(wrong, f.wrong(n, "%s.%s must not be used here", called, selector.Sel.Name))
			}
			return true
		})
	}
	return wrong
}

func within(dir, parent string) bool { return dir == parent || strings.HasPrefix(dir, parent+"/") }

func filesHaveOneIdea(_ string, files []sourceFile) (wrong []string) {
	for _, f := range files {
		if lines := f.fset.File(f.ast.Pos()).LineCount(); lines > maxLines {
			wrong = append(wrong, fmt.Sprintf("%s has %d lines, more than %d", f.name, lines, maxLines))
		}
	}
	return wrong
}

func packagesHaveNames(dir string, _ []sourceFile) []string {
	if slices.Contains([]string{"util", "utils", "types", "common", "helper", "helpers", "misc", "shared"}, path.Base(dir)) {
		return []string{fmt.Sprintf("%s: the name does not say what the package is for", dir)}
	}
	return nil
}

func packagesSayWhatTheyAre(dir string, files []sourceFile) []string {
	if slices.ContainsFunc(files, func(f sourceFile) bool { return f.ast.Doc != nil }) {
		return nil
	}
	return []string{fmt.Sprintf("%s: the package has no comment", dir)}
}

func exportedSymbolsAreExplained(_ string, files []sourceFile) (wrong []string) {
	for _, f := range files {
		for _, decl := range f.ast.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Name.IsExported() && decl.Doc == nil && exportedReceiver(decl) {
					wrong = append(wrong, f.wrong(decl, "%s has no comment", decl.Name))
				}
			case *ast.GenDecl:
				wrong = append(wrong, unexplained(f, decl)...)
			}
		}
	}
	return wrong
}

// exportedReceiver reports whether others can call a method; a function has no
// receiver.
func exportedReceiver(method *ast.FuncDecl) bool {
	if method.Recv == nil {
		return true
	}
	e := method.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}

// unexplained finds exported names without a comment of their own, at their line
// or for their group.
func unexplained(f sourceFile, decl *ast.GenDecl) (wrong []string) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() && decl.Doc == nil && spec.Doc == nil {
				wrong = append(wrong, f.wrong(spec, "%s has no comment", spec.Name))
			}
		case *ast.ValueSpec:
			if spec.Names[0].IsExported() && decl.Doc == nil && spec.Doc == nil && spec.Comment == nil {
				wrong = append(wrong, f.wrong(spec, "%s has no comment", spec.Names[0]))
			}
		}
	}
	return wrong
}

func TestEveryRuleCanFail(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, tc := range []struct{ rule, dir, source string }{
		{"imports", "ui", `import "daytona/snapdeck/client"`},
		{"imports", "client/demo", `import m "daytona/snapdeck/model"`},
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
		{"length", "ui", strings.Repeat("\n", maxLines)},
		{"names", "ui/util", ""},
		{"package comment", "ui", ""},
		{"comments", "ui", `type T int`},
		{"comments", "ui", `func F() {}`},
		{"comments", "ui", "// T is.\ntype T[X any] struct{}\nfunc (*T[X]) F() {}"},
		{"comments", "ui", `const C = 1`},
	} {
		tried[tc.rule] = true
		if wrong := rules[tc.rule](tc.dir, []sourceFile{parse(t, tc.dir, tc.source)}); len(wrong) == 0 {
			t.Errorf("the rule %q lets this through in %s:\n%s", tc.rule, tc.dir, tc.source)
		}
	}
	for name := range rules {
		if !tried[name] {
			t.Errorf("nothing shows that the rule %q can fail", name)
		}
	}
}

func TestRulesLetGoodCodeThrough(t *testing.T) {
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
	table["b"] = 2 // its own
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
