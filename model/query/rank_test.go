package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/junegunn/fzf/src/algo"
	"github.com/junegunn/fzf/src/util"

	"daytona/snapdeck/model"
)

// TestRanking compares the order of matches with fzf's, to show where they differ.
func TestRanking(t *testing.T) {
	const same = "the same"
	for _, c := range []struct{ query, want, fzf string }{
		{
			"node", // exact, prefix that is a word, prefix, word, starts of words, substring, subsequence
			"node node-20 node-20-agents-canary nodejs-20 my-node no-old-demo n-o-d-e anode-x nxoxdxe",
			"node node-20 nodejs-20 node-20-agents-canary my-node no-old-demo n-o-d-e anode-x nxoxdxe",
		},
		{
			"prod", // a substring before a subsequence with fzf's bonuses
			"prod production node-prod node-production pro-data p-r-o-d reprod",
			"prod production pro-data node-prod node-production p-r-o-d reprod",
		},
		{
			"ag",
			"ag agents my-ag node-agents a-g nag stage",
			"ag agents a-g my-ag node-agents nag stage",
		},
		{
			"20", // a whole word of the name before the start of one
			"20 200 node-20 node20 node-2025 2-0 2x0 a120",
			"20 200 2-0 2x0 node-20 node-2025 node20 a120",
		},
		{
			// a word without a separator before it counts less than the start of a
			// longer word, whatever the lengths of the names
			"20",
			"node20-agents node-2025", "node-2025 node20-agents",
		},
		{
			"noag",
			"noagents node-agents node-20-agents n-o-a-g noxag nano-ag neo-bag no-stage",
			"noagents node-agents node-20-agents n-o-a-g noxag no-stage nano-ag neo-bag",
		},
		{
			"fb", // an upper-case letter starts a word
			"fb bar-fb fooBar foo-bar xfb fxb foobar",
			"fb bar-fb fooBar foo-bar fxb foobar xfb",
		},
		{
			"node prod",
			"node-prod prod-node node-20-prod node-production nodexprod anode-prod n-o-d-e-p-r-o-d",
			"node-prod prod-node node-20-prod node-production n-o-d-e-p-r-o-d nodexprod anode-prod",
		},
		{
			"nox", // in fewer chunks
			"nox n-o-no-x n-o-x",
			"nox n-o-x n-o-no-x",
		},
		{"oob", "oob out-of-bound zoob foobar", same},
		{"e", "e eval web-eval the node", same},
		{"3fa2", "3fa2 node-3fa2 n3fa2 3-f-a-2", same},
	} {
		names := strings.Fields(c.want)
		for _, given := range [][]string{names, slices.Sorted(slices.Values(names)), reversed(names)} {
			var rows []*model.Snapshot
			for i, name := range given {
				rows = append(rows, snapshot(t, name, fmt.Sprintf("id=#%d", i)))
			}
			if got := namesOf(search(t, NewIndex(storeOf(rows)), c.query, Context{}).Snapshots); got != c.want {
				t.Errorf("%q listed as %v:\n got %s\nwant %s", c.query, given, got, c.want)
			}
		}
		if c.fzf == same {
			c.fzf = c.want
		}
		if got := strings.Join(fzfOrder(c.query, names), " "); got != c.fzf {
			t.Errorf("%q: fzf's order is\n     %s\nnot  %s", c.query, got, c.fzf)
		}
	}
}

func TestRankingOfFields(t *testing.T) {
	rows := []*model.Snapshot{
		snapshot(t, "common", "id=#1", "ref=node.example.com/daytona/daytona-"+digest+":daytona"),
		snapshot(t, "inside-image", "id=#2", "imageName=alpine-xnode:1"),
		snapshot(t, "n-xx-o-xx-d-xx-e", "id=#3"),
		snapshot(t, "nxxxoxxxdxxxe", "id=#4"),
		snapshot(t, "image", "id=#5", "imageName=docker.io/library/node:20"),
		snapshot(t, "xnode", "id=#6"),
		snapshot(t, "web-node", "id=#7"),
		snapshot(t, "node-web", "id=#8"),
		snapshot(t, "whole-id", "id=node"),
		snapshot(t, "other", "id=#9", "imageName=debian:12"),
	}
	want := "whole-id node-web web-node n-xx-o-xx-d-xx-e xnode image nxxxoxxxdxxxe inside-image common"
	if got := namesOf(search(t, NewIndex(storeOf(rows)), "node", Context{}).Snapshots); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWordOfImageBeforeSubsequenceOfName(t *testing.T) {
	rows := []*model.Snapshot{snapshot(t, "xnxoxdxe", "id=#1"), snapshot(t, "xnxoxdxe-long", "id=#2", "imageName=node:20")}
	if got, want := namesOf(search(t, NewIndex(storeOf(rows)), "node", Context{}).Snapshots), "xnxoxdxe-long xnxoxdxe"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Many snapshots share an image, so a whole image is no exact match.
func TestWholeImageAfterNames(t *testing.T) {
	rows := []*model.Snapshot{
		snapshot(t, "a", "imageName=node:20"), snapshot(t, "node:20-slim"), snapshot(t, "c", "ref=node:20"), snapshot(t, "d", "id=node:20"), snapshot(t, "node:20"),
	}
	if got, want := namesOf(search(t, NewIndex(storeOf(rows)), "node:20", Context{}).Snapshots), "c d node:20 node:20-slim a"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// fzfOrder returns the names in the order of fzf: by score, then length, then input
// order.
func fzfOrder(query string, names []string) []string {
	algo.Init("default")
	score := func(name string) int {
		total := 0
		for word := range strings.FieldsSeq(query) {
			chars := util.ToChars([]byte(name))
			r, _ := algo.FuzzyMatchV2(false, true, true, &chars, []rune(word), false, nil)
			total += r.Score
		}
		return total
	}
	return slices.SortedStableFunc(slices.Values(names), func(a, b string) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(len(a), len(b)))
	})
}

func TestWordStarts(t *testing.T) {
	for _, want := range []string{
		"", "^node", "^node-^agents", "^node^20", "^node-^20-^agents_^x.^y/^z:^w", "^20agents", "^1a^2b^3c", "^foo^Bar", "^FOO", "^FOO-^bar",
		"-^x", "--", "^é-^日本", "^Ké",
		"^" + strings.Repeat("a", 63) + "-b", // only the first 64
	} {
		name, starts, at := strings.ReplaceAll(want, "^", ""), uint64(0), 0
		for _, r := range want {
			if r == '^' {
				starts |= 1 << at
				continue
			}
			at += len(fold(string(r)))
		}
		if got := wordStarts(name); got != starts {
			t.Errorf("%s: %b, want %b", want, got, starts)
		}
	}
}

func TestIsWordByte(t *testing.T) {
	for c, want := range map[byte]bool{
		'a': true, 'z': true, '0': true, '9': true, 0x80: true, 0xf4: true,
		'a' - 1: false, 'z' + 1: false, '0' - 1: false, '9' + 1: false, 0x7f: false, separator: false,
	} {
		if isWordByte(c) != want {
			t.Errorf("isWordByte(%#x) = %t", c, !want)
		}
	}
}

func TestSplitRef(t *testing.T) {
	for ref, want := range map[string]refParts{
		"": {},
		"registry.example.com/daytona/daytona-" + digest + ":daytona": {"registry.example.com/daytona/daytona-", digest, ":daytona"},
		"daytona-" + digest + ":daytona":                              {"daytona-", digest, ":daytona"},
		"127.0.0.1:55000/d/daytona-x":                                 {"127.0.0.1:55000/d/daytona-", "x", ""},
		"docker.io/library/node:22":                                   {"docker.io/", "library/node:22", ""},
		"localhost/node":                                              {"localhost/", "node", ""},
		"acme/node:daytona":                                           {"", "acme/node", ":daytona"},
		"daytonaio/sandbox:0.6.0":                                     {"", "daytonaio/sandbox:0.6.0", ""},
		"node:22":                                                     {"", "node:22", ""},
		"a/daytona-:daytona":                                          {"a/daytona-", "", ":daytona"},
		":daytona":                                                    {"", "", ":daytona"},
	} {
		if got := splitRef(ref); got != want {
			t.Errorf("%s: %+v, want %+v", ref, got, want)
		}
	}
	for s, want := range map[string]int{"": 0, digest: 64, "x" + digest: 64, digest[:31]: 0, "node@sha256:" + digest[:32]: 32, digest + "-": 0} {
		if got := digestLen(s); got != want {
			t.Errorf("%s ends with a digest of %d, want %d", s, got, want)
		}
	}
}

func reversed(names []string) []string {
	names = slices.Clone(names)
	slices.Reverse(names)
	return names
}

// Equal matches keep their order when other snapshots are added and when the server
// lists them in another order.
func TestEqualMatchesKeepTheirOrder(t *testing.T) {
	var rows []*model.Snapshot
	for _, name := range []string{"node-b", "node-a", "Node-a", "node-c", "node-a"} {
		rows = append(rows, snapshot(t, name, fmt.Sprintf("id=#%d", len(rows))))
	}
	ix := NewIndex(storeOf(rows))
	before := search(t, ix, "node", Context{}).Snapshots
	if got, want := namesOf(before), "Node-a node-a node-a node-b node-c"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	slices.Reverse(rows)
	fresh := snapshot(t, "node-aa", "id=#new")
	next, _ := ix.store.Apply(append(rows, fresh))
	after := search(t, ix.Update(next), "node", Context{}).Snapshots
	if after = slices.DeleteFunc(after, func(s *model.Snapshot) bool { return s == fresh }); !slices.Equal(before, after) {
		t.Errorf("%s, then %s", namesOf(before), namesOf(after))
	}
}
