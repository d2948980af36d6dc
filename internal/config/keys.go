package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"daytona/snapdeck/ui"
	"daytona/snapdeck/ui/keys"
)

// decodeKeymap decodes the keys of actions. The dashboard validates them, and this
// package adds the position in the file.
func (d *decoder) decodeKeymap(value ast.Node, c *Config) error {
	c.Keys = keys.Map{}
	type entry struct{ action, key string }
	positions := map[entry]*token.Token{}
	err := d.eachPair(value, func(action string, at *token.Token, value ast.Node) error {
		positions[entry{action, ""}] = at
		keys := []ast.Node{value}
		if list, ok := value.(*ast.SequenceNode); ok {
			keys = list.Values
		}
		c.Keys[action] = []string{}
		for _, node := range keys {
			key, ok := scalarText(node)
			switch {
			case !ok, key == "" && node != value:
				return d.problem(firstToken(node), fmt.Sprintf("%s: expected a key in quotes like \"ctrl+r\", a list of keys, or [] for none", action))
			case key == "" && node == value:
				continue // "" unbinds the action
			}
			positions[entry{action, key}] = firstToken(node)
			c.Keys[action] = append(c.Keys[action], key)
		}
		return nil
	})
	if err != nil {
		return err
	}
	problems := ui.KeyProblems(c.Keys)
	if len(problems) == 0 {
		return nil
	}
	// Report the first one in the file.
	first := slices.MinFunc(problems, func(a, b keys.Problem) int {
		return compareTokens(positions[entry{a.Action, a.Key}], positions[entry{b.Action, b.Key}])
	})
	return d.problem(positions[entry{first.Action, first.Key}], "keys: "+first.Reason+suggestion(first))
}

// suggestion returns the end of the message for p: the valid name that was probably
// meant, or examples.
func suggestion(p keys.Problem) string {
	switch {
	case p.Names == nil:
		return ""
	case p.Key == "":
		return fmt.Sprintf(", did you mean %q?", closest(p.Action, p.Names))
	}
	if alias := terminalAlias(p.Key); alias != "" {
		return ": terminals send " + alias + " for it"
	}
	if nearest, ok := nearestKey(p.Key, p.Names); ok {
		return fmt.Sprintf(", did you mean %q?", nearest)
	}
	return ": expected one like d, D, ctrl+r, alt+x, enter, space or f5"
}

// terminalAlias returns the key that terminals send instead of the given one, or "".
func terminalAlias(key string) string {
	switch strings.ToLower(strings.ReplaceAll(key, "-", "+")) {
	case "ctrl+i":
		return "tab"
	case "ctrl+m":
		return "enter"
	case "ctrl+[":
		return "esc"
	}
	return ""
}

// nearestKey returns the key that was probably meant. How many letters may differ
// depends on the length: short names are all similar to each other.
func nearestKey(key string, names []string) (nearest string, ok bool) {
	name := strings.ToLower(key)
	if letter, shifted := strings.CutPrefix(name, "shift+"); shifted && utf8.RuneCountInString(letter) == 1 {
		return strings.ToUpper(letter), true
	}
	switch name { // names that other programs use
	case "return":
		return "enter", true
	case "escape":
		return "esc", true
	case "del":
		return "delete", true
	case "pageup":
		return "pgup", true
	}
	nearest = closest(key, names)
	letters := utf8.RuneCountInString(key)
	return nearest, letters > 2 && editDistance(key, nearest) <= max(1, letters/4)
}

// compareTokens orders tokens by their position in the file.
func compareTokens(a, b *token.Token) int { return a.Position.Offset - b.Position.Offset }
