package cli

import (
	"context"
	"strings"
	"sync"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
)

// guard knows which snapshots need a typed name, and checks each again just before its
// request.
type guard struct {
	api      *client.Client
	now      func() time.Time
	mutation *mutation.Mutation
	protect  []string
	view     *row.ViewState
	names    []string // of the targets

	mu        sync.Mutex
	uses      map[string]model.Use
	confirmed map[string]bool // ids
}

// newGuard returns a guard for the targets. It asks which of them are in use, if that matters.
func (s *session) newGuard(ctx context.Context, m *mutation.Mutation, all *selection) *guard {
	g := &guard{api: s.api, now: s.Now, mutation: m, protect: s.config.Protect, view: all.view, confirmed: make(map[string]bool)}
	for _, target := range all.targets {
		g.names = append(g.names, target.Name)
	}
	if m.Disruptive {
		g.uses, _ = g.api.Sandboxes(ctx, g.names...) // what it does not know is unknown use
		g.view.Uses.ByName = g.uses
	}
	if m.LosesPools || m.Workflow() {
		pools, err := g.api.WarmPools(ctx)
		g.view.Uses.Pools = model.WarmPools{Known: err == nil, At: s.Now(), Pools: pools}
	}
	return g
}

// typed returns what must be typed for the snapshots. They count as confirmed from then on,
// because nothing is sent unless the question is answered.
func (g *guard) typed(able []*model.Snapshot) []typedWord {
	var words []typedWord
	for _, s := range able {
		reason := g.reason(s, g.uses[s.Name])
		if reason == "" {
			continue
		}
		g.confirmed[s.ID] = true
		words = append(words, typedWord{snapshot: s, word: mutation.Word(s), reason: reason})
	}
	return words
}

// reason returns why a snapshot needs a typed name, "" if y is enough.
func (g *guard) reason(s *model.Snapshot, use model.Use) string {
	if !g.mutation.Disruptive {
		return ""
	}
	var reasons []string
	if g.mutation.OnlyUnused && use.State() != model.NotInUse {
		reasons = append(reasons, use.Text())
	}
	if model.MatchName(g.protect, s.Name) {
		reasons = append(reasons, "protected")
	}
	if mutation.UsedRecently(s, g.view.Now) {
		reasons = append(reasons, "used in the last day")
	}
	return strings.Join(reasons, ", ")
}

// check refuses a snapshot that changed since the question: see [operate.Options].
func (g *guard) check(ctx context.Context, fresh *model.Snapshot) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.view.Now = g.now().Add(g.view.Skew)
	if !g.mutation.Workflow() {
		if reason := g.mutation.Refuse(g.view, fresh); reason != "" {
			return reason, nil
		}
	}
	if !g.mutation.Disruptive || g.confirmed[fresh.ID] {
		return "", nil
	}
	if g.mutation.OnlyUnused && !g.uses[fresh.Name].Fresh(g.now()) {
		uses, err := g.api.Sandboxes(ctx, g.names...)
		if model.CodeOf(err) == model.RateLimited {
			return "", err // the caller waits and checks again
		}
		g.uses = uses
	}
	if reason := g.reason(fresh, g.uses[fresh.Name]); reason != "" {
		return "since the question: " + reason, nil
	}
	return "", nil
}
