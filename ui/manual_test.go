package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"daytona/snapdeck/ui/keys"
)

// keyTable is the manual's table of keys, made from the action table.
func keyTable() string {
	var b strings.Builder
	b.WriteString("| key | what it does | where |\n|---|---|---|\n")
	for _, group := range keys.Groups() {
		seen := map[string]bool{}
		for _, act := range actionTable() {
			help := act.Keys.Help()
			row := fmt.Sprintf("| `%s` | %s | %s |\n", help.Key, help.Desc, act.Scope.Names())
			if act.Group == group && act.Scope.Names() != "" && !seen[row] {
				seen[row] = true
				b.WriteString(row)
			}
		}
	}
	return b.String()
}

func TestManualKeys(t *testing.T) { manual(t, "keys", "TestManualKeys", keyTable()) }

// TestManualActions: what the configuration calls actions has to stand somewhere.
func TestManualActions(t *testing.T) {
	var b strings.Builder
	b.WriteString("| action | keys | what it does |\n|---|---|---|\n")
	for _, act := range actionTable() {
		if act.Fixed() {
			continue
		}
		var shown []string
		for _, key := range act.DisplayNames() {
			shown = append(shown, "`"+key+"`")
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", act.ID, strings.Join(shown, " "), act.Keys.Help().Desc)
	}
	manual(t, "actions", "TestManualActions", b.String())
}

// manual proves that docs/keys.md holds a text between two marks, or writes it there.
func manual(t *testing.T, mark, test, want string) {
	t.Helper()
	const path = "../docs/keys.md"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	opening := fmt.Sprintf("<!-- %s: written by `go test ./ui -run %s -update` -->\n", mark, test)
	closing := fmt.Sprintf("<!-- /%s -->", mark)
	head, rest, opened := strings.Cut(string(raw), opening)
	_, tail, closed := strings.Cut(rest, closing)
	if !opened || !closed {
		t.Fatalf("docs/keys.md has lost the marks around its %s", mark)
	}
	whole := head + opening + want + closing + tail
	if *update {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(raw) != whole {
		t.Errorf("the %s in docs/keys.md are out of date: run go test ./ui -run %s -update", mark, test)
	}
}

// TestActionTable holds what every row of the table must have.
func TestActionTable(t *testing.T) {
	seen := map[string]bool{}
	for _, act := range actionTable() {
		switch {
		case seen[act.ID]:
			t.Errorf("%s stands twice in the table", act.ID)
		case act.run == nil || act.Scope == 0 || act.Group == "" || act.Keys.Help().Desc == "":
			t.Errorf("%s is incomplete", act.ID)
		}
		seen[act.ID] = true
		for _, key := range act.Keys.Keys() {
			upper := len(key) == 1 && key[0] >= 'A' && key[0] <= 'Z'
			if act.Danger != (upper && key != "G" && key != "N") && act.Scope&(keys.OnConfirm|keys.OnTyped) == 0 {
				t.Errorf("%s: the key %s breaks the rule that lower case looks and upper case acts", act.ID, key)
			}
		}
	}
	for _, scope := range []keys.Scope{keys.OnTable, keys.OnFilter, keys.OnDetail, keys.OnRegions, keys.OnHelp, keys.OnMenu, keys.OnConfirm, keys.OnTyped, keys.OnBulk, keys.OnActivity, keys.OnLogs, keys.OnSearch, keys.OnPalette, keys.OnFailures, keys.OnCompare} {
		taken := map[string]string{}
		for _, act := range actionTable() {
			if act.Scope&scope == 0 {
				continue
			}
			for _, key := range act.Keys.Keys() {
				if other := taken[key]; other != "" {
					t.Errorf("in one place %s runs both %s and %s", key, other, act.ID)
				}
				taken[key] = act.ID
			}
		}
	}
}
