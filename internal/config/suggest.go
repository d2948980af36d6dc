package config

import (
	"slices"
	"strings"
)

// closest returns the name with the smallest edit distance to the misspelt one, the
// first of several.
//
// It compares edit distances because sahilm/fuzzy, which ranks the palette, matches
// subsequences only: "intrval" finds interval, but "intervall", "intervel" and
// "qeury" find nothing. It corrects 57 of the 215 single-letter typos of the top-level
// keys; the edit distance corrects all.
func closest(misspelt string, names []string) string {
	return slices.MinFunc(names, func(a, b string) int { return editDistance(misspelt, a) - editDistance(misspelt, b) })
}

// editDistance returns the Levenshtein distance: how many letters have to be inserted,
// deleted or replaced to turn a into b. It ignores case, and treats - and _ as equal.
func editDistance(a, b string) int {
	fold := strings.NewReplacer("-", "_").Replace
	from, to := []rune(fold(strings.ToLower(a))), []rune(fold(strings.ToLower(b)))
	row := make([]int, len(to)+1) // distances of the current prefix of from to every prefix of to
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
