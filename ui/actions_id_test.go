package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestActionIDsExist checks the ids of actions that are literals in the code: the compiler
// does not, and a lookup of an unknown id panics.
func TestActionIDsExist(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, act := range actionTable() {
		ids = append(ids, act.ID)
	}
	checked := map[string]int{}
	check := func(use string, fset *token.FileSet, lit ast.Expr) {
		basic, ok := lit.(*ast.BasicLit)
		if !ok {
			return
		}
		id, err := strconv.Unquote(basic.Value)
		if err != nil {
			t.Fatal(err)
		}
		checked[use]++
		if !slices.Contains(ids, id) {
			t.Errorf("%s: no action has the id %q", fset.Position(basic.Pos()), id)
		}
	}
	for _, pattern := range []string{"*.go", "keys/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			if filepath.Dir(path) == "keys" && strings.HasSuffix(path, "_test.go") {
				continue // has actions of its own
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if name := selectorName(n.Fun); (name == "keyFor" || name == "byID") && len(n.Args) == 1 {
						check(name, fset, n.Args[0])
					}
				case *ast.BinaryExpr:
					if filepath.Dir(path) == "keys" && n.Op == token.EQL && selectorName(n.X) == "ID" {
						check("ID ==", fset, n.Y)
					}
				}
				return true
			})
		}
	}
	for _, use := range []string{"keyFor", "byID", "ID =="} {
		if checked[use] < 2 {
			t.Errorf("%d literals found for %s: is it called differently now?", checked[use], use)
		}
	}
}

func selectorName(e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}
