package main_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// importsPointOneWay checks the imports against the table.
func importsPointOneWay(dir string, files []sourceFile) (wrong []string) {
	allowed, known := imports[dir]
	if !known {
		return []string{fmt.Sprintf("%s: add the new package to the imports in arch_test.go", dir)}
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

// variablesAreTables allows only package-level variables that are used like constants:
// they are initialized in their declaration and never modified. Package background keeps
// the value of TERM between init and main.
func variablesAreTables(dir string, files []sourceFile) (wrong []string) {
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
				if !embedded && !complete(value) && dir != "internal/background" {
					wrong = append(wrong, f.wrong(value, "the package-level variable %s is not a constant table or error", value.Names[0]))
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
					wrong = append(wrong, f.wrong(n, "the package-level variable %s is modified", name))
				}
			}
			return true
		})
	}
	return wrong
}

// complete reports whether a declaration initializes the variable like a constant.
func complete(spec *ast.ValueSpec) bool {
	if len(spec.Values) != len(spec.Names) {
		return false
	}
	return !slices.ContainsFunc(spec.Values, func(value ast.Expr) bool {
		switch value := value.(type) {
		case *ast.CompositeLit:
			return len(value.Elts) == 0 // an empty table is filled later
		case *ast.CallExpr:
			return !slices.Contains([]string{"errors.New", "fmt.Errorf", "lazyRegexp"}, called(value))
		case *ast.UnaryExpr:
			_, literal := value.X.(*ast.CompositeLit)
			return !literal
		case *ast.SelectorExpr: // another package's error
			return !strings.HasPrefix(strings.ToLower(spec.Names[0].Name), "err")
		}
		return true
	})
}

// written returns the expressions that a statement modifies.
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

// root returns the variable at the start of an expression like v.f[i].
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

// called returns the name of the called function as it is written.
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

// onlyBackgroundHasInit forbids init functions.
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

// timeIsAParameter forbids the system clock in ui and model.
func timeIsAParameter(dir string, files []sourceFile) []string {
	if !within(dir, "ui") && !within(dir, "model") {
		return nil
	}
	return uses(files, "time", "Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer")
}

// stylesComeFromTheTheme forbids styles and colours outside of theme.
func stylesComeFromTheTheme(dir string, files []sourceFile) []string {
	if dir == "theme" {
		return nil
	}
	return uses(files, "github.com/charmbracelet/lipgloss", "NewStyle", "Color", "AdaptiveColor", "CompleteColor", "CompleteAdaptiveColor")
}

// uses finds the uses of names of a package, even if it is imported under another name.
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

// packagesHaveNames forbids package names without a meaning.
func packagesHaveNames(dir string, _ []sourceFile) []string {
	if slices.Contains([]string{"util", "utils", "types", "common", "helper", "helpers", "misc", "shared"}, path.Base(dir)) {
		return []string{fmt.Sprintf("%s: the name does not describe the package", dir)}
	}
	return nil
}

// packagesSayWhatTheyAre requires package comments.
func packagesSayWhatTheyAre(dir string, files []sourceFile) []string {
	if slices.ContainsFunc(files, func(f sourceFile) bool { return f.ast.Doc != nil }) {
		return nil
	}
	return []string{fmt.Sprintf("%s: the package has no comment", dir)}
}

// exportedSymbolsAreExplained requires doc comments.
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

// exportedReceiver reports whether a function, or the type of a method, is exported.
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

// unexplained finds exported names without a doc comment, a comment on their line, or a
// comment for their group.
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
