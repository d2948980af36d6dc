package config

import (
	"slices"
	"strings"
)

// closest returns the one of names that needs the fewest changes to become
// name. Of several it is the first.
func closest(name string, names []string) string {
	return slices.MinFunc(names, func(a, b string) int { return distance(name, a) - distance(name, b) })
}

// distance is the number of letters to insert, delete or replace to make b of a
// (Levenshtein 1965), without regard to case, and - and _ are one.
func distance(a, b string) int {
	fold := strings.NewReplacer("-", "_").Replace
	from, to := []rune(fold(strings.ToLower(a))), []rune(fold(strings.ToLower(b)))
	row := make([]int, len(to)+1) // from what was read of a to each prefix of b
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			replaced := diagonal
			if r != s {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
