package main_test

import (
	"fmt"
	"slices"
	"strconv"
)

// The rules for the sizes of files and packages, and for the imports of
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

// lines returns the number of lines of a file.
func (f sourceFile) lines() int { return f.fset.File(f.ast.Pos()).LineCount() }
