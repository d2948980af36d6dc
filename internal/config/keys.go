package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"daytona/snapdeck/ui"
)

// keymap reads the keys of actions. Whether they fit is the dashboard's to say;
// where they stand is known here.
func (in *reader) keymap(value ast.Node, c *Config) error {
	c.Keys = ui.Keymap{}
	type entry struct{ action, key string }
	places := map[entry]*token.Token{}
	err := in.each(value, func(action string, at *token.Token, value ast.Node) error {
		places[entry{action, ""}] = at
		keys := []ast.Node{value}
		if list, ok := value.(*ast.SequenceNode); ok {
			keys = list.Values
		}
		c.Keys[action] = []string{}
		for _, node := range keys {
			key, ok := scalar(node)
			switch {
			case !ok, key == "" && node != value:
				return in.problem(place(node), fmt.Sprintf("%s: want a key in quotes, like \"ctrl+r\", a list of keys, or [] for none", action))
			case key == "" && node == value:
				continue // "" is none
			}
			places[entry{action, key}] = place(node)
			c.Keys[action] = append(c.Keys[action], key)
		}
		return nil
	})
	if err != nil {
		return err
	}
	problems := c.Keys.Problems()
	if len(problems) == 0 {
		return nil
	}
	// The first one in the file, since only one is told.
	first := slices.MinFunc(problems, func(a, b ui.KeyProblem) int {
		return before(places[entry{a.Action, a.Key}], places[entry{b.Action, b.Key}])
	})
	return in.problem(places[entry{first.Action, first.Key}], "keys: "+first.Reason+advice(first))
}

// advice helps to find the name that was meant.
func advice(p ui.KeyProblem) string {
	switch {
	case p.Names == nil:
		return ""
	case p.Key == "":
		return fmt.Sprintf(", is %q meant?", closest(p.Action, p.Names))
	}
	if sent := sentAs(p.Key); sent != "" {
		return ": a terminal sends " + sent + " for it"
	}
	if near, ok := keyNear(p.Key, p.Names); ok {
		return fmt.Sprintf(", is %q meant?", near)
	}
	return ": want one like d, D, ctrl+r, alt+x, enter, space or f5"
}

// sentAs is the key that a terminal sends for one that it cannot tell apart from
// it, or "".
func sentAs(key string) string {
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

// keyNear returns the key that was probably meant. A name of few letters is soon
// near to any other, so how many letters may differ depends on their number.
func keyNear(key string, names []string) (near string, ok bool) {
	name := strings.ToLower(key)
	if letter, shifted := strings.CutPrefix(name, "shift+"); shifted && utf8.RuneCountInString(letter) == 1 {
		return strings.ToUpper(letter), true
	}
	switch name { // what other programs call it
	case "return":
		return "enter", true
	case "escape":
		return "esc", true
	case "del":
		return "delete", true
	case "pageup":
		return "pgup", true
	}
	near = closest(key, names)
	letters := utf8.RuneCountInString(key)
	return near, letters > 2 && distance(key, near) <= max(1, letters/4)
}

// before orders tokens as they stand in the file.
func before(a, b *token.Token) int { return a.Position.Offset - b.Position.Offset }
