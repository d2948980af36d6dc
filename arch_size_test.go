package main_test

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
)

// The rules for the sizes of files, packages and interfaces, and for the imports of
// groups of packages.

// publicPackagesImportNothingInternal repeats in general what the table of imports says
// for each package.
func publicPackagesImportNothingInternal(dir string, files []sourceFile) []string {
	if !slices.ContainsFunc([]string{"client", "model", "theme", "ui"}, func(public string) bool { return within(dir, public) }) {
		return nil
	}
	return importsOf(files, func(imported string) bool { return within(imported, "internal") })
}

// leavesDoNotImportUI keeps the packages below ui independent of it.
func leavesDoNotImportUI(dir string, files []sourceFile) []string {
	if dir == "ui" || !within(dir, "ui") {
		return nil
	}
	return importsOf(files, func(imported string) bool { return imported == "ui" })
}

// importsOf finds forbidden imports of packages of the module.
func importsOf(files []sourceFile, forbidden func(dir string) bool) (wrong []string) {
	for _, f := range files {
		for _, spec := range f.ast.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err == nil && within(imported, module) && forbidden(imported[min(len(module)+1, len(imported)):]) {
				wrong = append(wrong, f.wrong(spec, "%s must not import %s", f.dir, imported))
			}
		}
	}
	return wrong
}

func filesAreShort(_ string, files []sourceFile) (wrong []string) {
	for _, f := range files {
		if lines := f.lines(); lines > maxFileLines {
			wrong = append(wrong, fmt.Sprintf("%s has %d lines, more than %d", f.name, lines, maxFileLines))
		}
	}
	return wrong
}

func packagesOfUIAreSmall(dir string, files []sourceFile) []string {
	limit := maxUILeafLines
	switch {
	case dir == "ui":
		limit = maxUILines
	case !within(dir, "ui"):
		return nil
	}
	lines := 0
	for _, f := range files {
		lines += f.lines()
	}
	if lines <= limit {
		return nil
	}
	return []string{fmt.Sprintf("%s has %d lines, more than %d", dir, lines, limit)}
}

// fewFunctionsNeedApp counts the functions of ui with an App as receiver or parameter.
func fewFunctionsNeedApp(dir string, files []sourceFile) []string {
	if dir != "ui" {
		return nil
	}
	count := 0
	for _, f := range files {
		for _, decl := range f.ast.Decls {
			if function, ok := decl.(*ast.FuncDecl); ok && needsApp(function) {
				count++
			}
		}
	}
	if count <= maxAppFunctions {
		return nil
	}
	return []string{fmt.Sprintf("%s has %d functions that need App, more than %d", dir, count, maxAppFunctions)}
}

func needsApp(function *ast.FuncDecl) bool {
	fields := slices.Clone(function.Type.Params.List)
	if function.Recv != nil {
		fields = append(fields, function.Recv.List...)
	}
	return slices.ContainsFunc(fields, func(field *ast.Field) bool {
		star, ok := field.Type.(*ast.StarExpr)
		if !ok {
			return false
		}
		name, ok := star.X.(*ast.Ident)
		return ok && name.Name == "App"
	})
}

func interfacesAreSmall(_ string, files []sourceFile) (wrong []string) {
	interfaces := map[string]*ast.InterfaceType{}
	for _, f := range files {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if declared, ok := spec.Type.(*ast.InterfaceType); ok {
					interfaces[spec.Name.Name] = declared
				}
			}
			return true
		})
	}
	for _, f := range files {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if declared, ok := n.(*ast.InterfaceType); ok {
				if methods := countMethods(declared, interfaces); methods > maxMethods {
					wrong = append(wrong, f.wrong(n, "the interface has %d methods, more than %d", methods, maxMethods))
				}
			}
			return true
		})
	}
	return wrong
}

// countMethods counts the methods of an interface, including those of embedded interfaces
// of the same package.
func countMethods(counted *ast.InterfaceType, interfaces map[string]*ast.InterfaceType) int {
	count := 0
	for _, field := range counted.Methods.List {
		count += len(field.Names)
		if name, ok := field.Type.(*ast.Ident); ok && interfaces[name.Name] != nil {
			count += countMethods(interfaces[name.Name], interfaces)
		}
	}
	return count
}

// lines returns the number of lines of a file.
func (f sourceFile) lines() int { return f.fset.File(f.ast.Pos()).LineCount() }
