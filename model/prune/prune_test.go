package prune_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
	"daytona/snapdeck/model/prune"
)

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// snapshot returns a snapshot that was created some days ago and never used. Its id is its
// name.
func snapshot(name string, state model.State, days int) *model.Snapshot {
	return &model.Snapshot{
		ID: name, Name: name, State: state, Size: model.Some(1.5),
		CreatedAt: model.SomeTime(now.AddDate(0, 0, -days)), LastUsedAt: model.OptionalTime{Presence: model.Null},
	}
}

func used(s *model.Snapshot, ago time.Duration) *model.Snapshot {
	s.LastUsedAt = model.SomeTime(now.Add(-ago))
	return s
}

func inputOf(snapshots ...*model.Snapshot) prune.Input {
	store, _ := model.NewStore().Apply(snapshots)
	return prune.Input{Store: store, Families: family.NewSet(store, nil), Use: free}
}

func free(*model.Snapshot) model.Use { return model.Use{Known: true} }

// decisions returns the plan as "name: reason" lines.
func decisions(p prune.Plan) string {
	var lines []string
	for _, d := range p.Decisions {
		lines = append(lines, fmt.Sprintf("%s %s", d.Snapshot.Name, d.Reason))
	}
	return strings.Join(lines, "\n")
}

func TestReasons(t *testing.T) {
	t.Parallel()
	const active, inactive = model.StateActive, model.StateInactive
	in := inputOf(
		snapshot("a-1.9.0", model.StateBuilding, 0),
		snapshot("a-1.8.0", model.StateError, 1),
		snapshot("a-1.7.0", inactive, 40),
		snapshot("a-1.6.0", active, 41),
		snapshot("a-1.5.0", active, 42),
		used(snapshot("a-1.4.0", inactive, 50), 23*time.Hour),
		used(snapshot("a-1.3.0", active, 51), 14*24*time.Hour),
		used(snapshot("a-1.2.9", active, 51), 14*24*time.Hour+time.Second),
		snapshot("a-1.2.0", active, 60),
		snapshot("a-1.1.0", active, 61),
		snapshot("a-1.0.9", active, 62),
		snapshot("a-1.0.8", model.StateBuildFailed, 63),
		snapshot("a-1.0.7", model.StateRemoving, 64),
		snapshot("a-1.0.6", "hovering", 64),
		snapshot("a-1.0.5", active, 65),
		snapshot("a-1.0.4", active, 66),
		snapshot("prod/a-1.0.0", active, 400),
		snapshot("prod/a-1.1.0", active, 401),
		snapshot("prod/a-1.2.0", active, 402),
		snapshot("b", active, 500),
		snapshot("b-20", active, 500),
	)
	in.Use = func(s *model.Snapshot) model.Use {
		switch s.Name {
		case "a-1.1.0":
			return model.Use{Known: true, Sandboxes: []model.Sandbox{{State: "started"}, {State: "stopped"}}}
		case "a-1.0.9":
			return model.Use{Reason: "403"}
		}
		return model.Use{Known: true}
	}
	in.Pools = []model.WarmPool{{Snapshot: "a-1.0.5"}}
	in.Busy = func(s *model.Snapshot) bool { return s.Name == "a-1.0.4" }
	o := prune.Options{Keep: 1, Unused: 14 * 24 * time.Hour, Protect: []string{"prod*"}, Now: now}
	want := `a-1.9.0 in-transition
a-1.8.0 failed-stays
a-1.7.0 kept
a-1.6.0 newest-active
a-1.5.0 superseded
a-1.4.0 used-recently
a-1.3.0 not-old-enough
a-1.2.9 superseded
a-1.2.0 superseded
a-1.1.0 in-use
a-1.0.9 use-unknown
a-1.0.8 failed-stays
a-1.0.7 in-transition
a-1.0.6 unknown-state
a-1.0.5 warm-pool
a-1.0.4 action-running
b no-version
b-20 no-version
prod/a-1.2.0 newest-active
prod/a-1.1.0 protected
prod/a-1.0.0 protected`
	plan := prune.New(o, in)
	if got := decisions(plan); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if plan.FreedGB() != 4.5 || plan.FreedQuota() != 3 {
		t.Errorf("%v GB and %d places", plan.FreedGB(), plan.FreedQuota())
	}
	texts := make(map[prune.Reason]string)
	for _, d := range plan.Decisions {
		texts[d.Reason] = d.Text
	}
	for reason, want := range map[prune.Reason]string{
		prune.Superseded: "number 9 of its family", prune.Kept: "newest of its family", prune.InUse: "in use by 1 sandbox",
		prune.UseUnknown: "use not known: 403", prune.NotOldEnough: "unused for less than 14d", prune.UnknownState: "unknown state: hovering",
	} {
		if texts[reason] != want {
			t.Errorf("%s: %q, want %q", reason, texts[reason], want)
		}
	}
	for name, tc := range map[string]struct {
		change func(*prune.Options, *prune.Input)
		want   string // those that go
	}{
		"failed":      {func(o *prune.Options, _ *prune.Input) { o.Failed = true }, "a-1.5.0 a-1.2.9 a-1.2.0 a-1.0.8"},
		"keep more":   {func(o *prune.Options, _ *prune.Input) { o.Keep = 4 }, "a-1.2.9 a-1.2.0"},
		"at most":     {func(o *prune.Options, _ *prune.Input) { o.Max = 2 }, "a-1.5.0 a-1.2.0"}, // the longest unused
		"at any age":  {func(o *prune.Options, _ *prune.Input) { o.Unused = 0 }, "a-1.5.0 a-1.3.0 a-1.2.9 a-1.2.0"},
		"unprotected": {func(o *prune.Options, _ *prune.Input) { o.Protect = nil; o.Family = "p*/a" }, "prod/a-1.1.0 prod/a-1.0.0"},
		"one family":  {func(o *prune.Options, _ *prune.Input) { o.Family = "b" }, ""},
		"no such":     {func(o *prune.Options, _ *prune.Input) { o.Family = "A" }, ""},
		"query": {func(_ *prune.Options, in *prune.Input) {
			in.Match = func(s *model.Snapshot) bool { return s.Name == "a-1.2.0" }
		}, "a-1.2.0"},
		"use unasked":  {func(_ *prune.Options, in *prune.Input) { in.Use = nil }, "a-1.5.0 a-1.2.9 a-1.2.0 a-1.1.0 a-1.0.9"},
		"pools failed": {func(_ *prune.Options, in *prune.Input) { in.PoolsErr = errors.New("500") }, ""},
	} {
		o, in := o, in
		tc.change(&o, &in)
		plan := prune.New(o, in)
		var names []string
		for _, s := range plan.Deletes() {
			names = append(names, s.Name)
		}
		if got := strings.Join(names, " "); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
	if got := len(prune.Candidates(prune.Options{Keep: 1, Unused: o.Unused, Protect: o.Protect, Now: now, Max: 1}, in)); got != 5 {
		t.Errorf("%d candidates", got)
	}
}

func TestWhatIsNotListedOrOfUnknownAgeStays(t *testing.T) {
	t.Parallel()
	all := []*model.Snapshot{snapshot("a-3fa2bc5", model.StateActive, 10), snapshot("a-4fa2bc5", model.StateActive, 20), snapshot("a-5fa2bc5", model.StateActive, 30), snapshot("a-6fa2bc5", model.StateActive, 1)}
	all[2].CreatedAt = model.OptionalTime{}
	store, _ := model.NewStore().Apply(all)
	store, _ = store.Apply(all[:3]) // the newest is missing
	in := prune.Input{Store: store, Families: family.NewSet(store, nil), Use: free}
	if got, want := decisions(prune.New(prune.Options{Keep: 1, Now: now}, in)), "a-6fa2bc5 not-listed\na-3fa2bc5 newest-active\na-4fa2bc5 superseded\na-5fa2bc5 unknown-age"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNothingGoesFromAShortList(t *testing.T) {
	t.Parallel()
	all := []*model.Snapshot{snapshot("a-1.0.0", model.StateActive, 20), snapshot("a-1.1.0", model.StateActive, 10)}
	partial, _ := model.NewStore().ApplyPartial(all)
	for name, store := range map[string]*model.Store{"partial": partial, "loading": model.NewStore().Load(all)} {
		in := prune.Input{Store: store, Families: family.NewSet(store, nil), Use: free}
		if got := decisions(prune.New(prune.Options{Keep: 1, Now: now}, in)); got != "a-1.1.0 newest-active\na-1.0.0 short-list" {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestGeneralSnapshotsStayAndDoNotCount(t *testing.T) {
	t.Parallel()
	general := snapshot("a-9.0.0", model.StateActive, 400)
	general.General = true
	in := inputOf(general, snapshot("a-1.0.0", model.StateActive, 100))
	if got := decisions(prune.New(prune.Options{Keep: 1, Now: now}, in)); got != "a-1.0.0 newest-active\na-9.0.0 general" {
		t.Errorf("got\n%s", got)
	}
}

func TestOneOfOtherVersionsKeepsTheOrder(t *testing.T) {
	t.Parallel()
	// In the order of creation b is newer; by version, c is.
	commit, b := snapshot("x-3fa2bc5", model.StateActive, 30), snapshot("x-1.0.0", model.StateActive, 1)
	c := snapshot("x-2.0.0", model.StateActive, 20)
	in := inputOf(commit, b, c)
	in.Use = func(s *model.Snapshot) model.Use {
		if s == c {
			return model.Use{Known: true, Sandboxes: []model.Sandbox{{State: "started"}}}
		}
		return model.Use{Known: true}
	}
	if got := decisions(prune.New(prune.Options{Keep: 1, Now: now}, in)); got != "x-1.0.0 newest-active\nx-2.0.0 in-use\nx-3fa2bc5 keeps-order" {
		t.Errorf("got\n%s", got)
	}
	in.Use = free
	if got := decisions(prune.New(prune.Options{Keep: 1, Now: now}, in)); got != "x-1.0.0 newest-active\nx-2.0.0 superseded\nx-3fa2bc5 superseded" {
		t.Errorf("got\n%s", got)
	}
}

func TestRecheck(t *testing.T) {
	t.Parallel()
	o := prune.Options{Keep: 1, Unused: 14 * 24 * time.Hour, Protect: []string{"prod-*"}, Now: now}
	planned := snapshot("a-1.0.0", model.StateActive, 100)
	fresh := func(change func(*model.Snapshot)) *model.Snapshot {
		s := *planned
		change(&s)
		return &s
	}
	known := model.Use{Known: true}
	for name, tc := range map[string]struct {
		fresh *model.Snapshot
		use   model.Use
		pools []model.WarmPool
		err   error
		want  string
	}{
		"unchanged":      {planned, known, nil, nil, ""},
		"another pool":   {planned, known, []model.WarmPool{{Snapshot: "b"}}, nil, ""},
		"renamed":        {fresh(func(s *model.Snapshot) { s.Name = "a-2.0.0" }), known, nil, nil, "it has another name now"},
		"state":          {fresh(func(s *model.Snapshot) { s.State = model.StateBuildFailed }), known, nil, nil, "it is build failed now"},
		"general":        {fresh(func(s *model.Snapshot) { s.General = true }), known, nil, nil, "general, belongs to Daytona"},
		"used":           {used(fresh(func(*model.Snapshot) {}), time.Minute), known, nil, nil, "used in the last day"},
		"used last week": {used(fresh(func(*model.Snapshot) {}), 7*24*time.Hour), known, nil, nil, "unused for less than 14d"},
		"in use":         {planned, model.Use{Sandboxes: []model.Sandbox{{State: "started"}, {State: "error"}}}, nil, nil, "in use by 2 sandboxes"},
		"unknown use":    {planned, model.Use{}, nil, nil, "use not known"},
		"pool":           {planned, known, []model.WarmPool{{Snapshot: "a-1.0.0"}}, nil, "has a warm pool"},
		"unknown pools":  {planned, known, nil, errors.New("500"), "its warm pools are not known"},
	} {
		if got := o.Recheck(planned, tc.fresh, tc.use, tc.pools, tc.err); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
	o.Protect = []string{"a-*"}
	if got := o.Recheck(planned, planned, known, nil, nil); got != "protected" {
		t.Errorf("protected since: %q", got)
	}
}

// fleet is generated snapshots, and what makes them stay.
type fleet struct {
	snapshots []*model.Snapshot
	inUse     map[string]bool
	unknown   map[string]bool
}

// generate returns names of forty families, each with its own kinds of versions.
func generate(random *rand.Rand, n int) fleet {
	f := fleet{inUse: map[string]bool{}, unknown: map[string]bool{}}
	taken := map[string]bool{}
	states := []model.State{
		model.StateActive, model.StateActive, model.StateActive, model.StateInactive, model.StateInactive,
		model.StateError, model.StateBuildFailed, model.StateBuilding, model.StatePending, model.StateRemoving, "hovering",
	}
	for len(f.snapshots) < n {
		group := random.IntN(40)
		name := fmt.Sprintf("team-%d/app%c%s", group%7, 'a'+rune(group%26), []string{"-", ":", "_", "/"}[group%4])
		switch kind := group % 6; {
		case kind == 0, kind == 5 && random.IntN(2) == 0:
			name += fmt.Sprintf("%d.%d.%d", random.IntN(3), random.IntN(12), random.IntN(12))
			if random.IntN(4) == 0 {
				name += fmt.Sprintf("-rc%d", random.IntN(12))
			}
		case kind == 1, kind == 5 && random.IntN(2) == 0:
			name += now.AddDate(0, 0, -random.IntN(2000)).Format("20060102")
		case kind == 2, kind == 5:
			name += fmt.Sprintf("a%06x0", random.IntN(1<<24))
		case kind == 3:
			name += fmt.Sprint(random.IntN(500)) // a bare number
		default:
			name += fmt.Sprintf("v%d.%d.%d", random.IntN(2), random.IntN(9), random.IntN(90))
		}
		if taken[name] {
			continue
		}
		taken[name] = true
		s := snapshot(name, states[random.IntN(len(states))], random.IntN(400))
		s.ID = fmt.Sprint("id-", len(f.snapshots))
		switch random.IntN(6) {
		case 0:
			s.LastUsedAt = model.SomeTime(now.Add(-time.Duration(random.IntN(100)) * time.Hour))
		case 1:
			s.LastUsedAt = model.OptionalTime{}
		}
		if random.IntN(60) == 0 {
			s.CreatedAt = model.OptionalTime{}
		}
		s.General = random.IntN(50) == 0
		f.inUse[s.ID], f.unknown[s.ID] = random.IntN(12) == 0, random.IntN(40) == 0
		f.snapshots = append(f.snapshots, s)
	}
	return f
}

func (f fleet) input() prune.Input {
	in := inputOf(f.snapshots...)
	in.Use = func(s *model.Snapshot) model.Use {
		switch {
		case f.inUse[s.ID]:
			return model.Use{Sandboxes: []model.Sandbox{{State: "started"}}}
		default:
			return model.Use{Known: !f.unknown[s.ID]}
		}
	}
	return in
}

// TestPlansOfManyNames plans and carries out, and checks the rules without the engine.
func TestPlansOfManyNames(t *testing.T) {
	t.Parallel()
	rounds := 8
	if testing.Short() {
		rounds = 3
	}
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 9))
		f := generate(random, []int{5000, 300}[seed%2])
		o := prune.Options{Keep: 1 + random.IntN(4), Failed: random.IntN(2) == 0, Unused: time.Duration(random.IntN(60)) * 24 * time.Hour, Protect: []string{"team-3*"}, Now: now}
		if random.IntN(3) == 0 {
			o.Max = 1 + random.IntN(100)
		}
		before := len(f.snapshots)
		for round := 0; ; round++ {
			plan := prune.New(o, f.input())
			going := plan.Deletes()
			checkRules(t, o, f, plan)
			if len(plan.Decisions) != len(f.snapshots) {
				t.Fatalf("%d decisions on %d snapshots", len(plan.Decisions), len(f.snapshots))
			}
			if len(going) == 0 {
				break
			}
			if round > 0 && o.Max == 0 {
				t.Fatalf("seed %d: a second plan deletes %s, %s", seed, going[0].Name, decisions(plan))
			}
			if o.Max > 0 && len(going) > o.Max {
				t.Fatalf("%d go, at most %d may", len(going), o.Max)
			}
			f.snapshots = slices.DeleteFunc(f.snapshots, func(s *model.Snapshot) bool { return slices.Contains(going, s) })
		}
		if before == len(f.snapshots) {
			t.Errorf("seed %d: nothing was deleted", seed)
		}
	}
}

// checkRules checks what must be true of every plan.
func checkRules(t *testing.T, o prune.Options, f fleet, plan prune.Plan) {
	t.Helper()
	going := make(map[string]bool)
	for _, s := range plan.Deletes() {
		going[s.ID] = true
	}
	stays := make(map[*family.Family]int) // active or inactive members that stay
	goes := make(map[*family.Family]bool)
	newest := make(map[*family.Family]*model.Snapshot) // active
	for _, d := range plan.Decisions {
		s := d.Snapshot
		if d.Delete != going[s.ID] || d.Text == "" {
			t.Errorf("%s: %+v", s.Name, d)
		}
		if s.State == model.StateActive && newest[d.Family] == nil {
			newest[d.Family] = s
		}
		if fills := s.State == model.StateActive || s.State == model.StateInactive; fills && !d.Delete {
			stays[d.Family]++
		} else if fills {
			goes[d.Family] = true
		}
		if !d.Delete {
			continue
		}
		last, _ := prune.LastActivity(s)
		switch used := s.LastUsedAt; {
		case f.inUse[s.ID], f.unknown[s.ID], strings.HasPrefix(s.Name, "team-3"), s.General, s.State.InTransition(), s.State == "hovering",
			s.State.Failed() && !o.Failed, s == newest[d.Family], !d.Family.Versioned,
			used.Presence == model.Present && now.Sub(used.Time()) < 24*time.Hour, now.Sub(last) < o.Unused, d.Rank == 1 && !s.State.Failed():
			t.Errorf("%s goes: %+v", s.Name, d)
		}
	}
	for f := range goes {
		if stays[f] < o.Keep {
			t.Errorf("%d of %s stay", stays[f], f.Name)
		}
	}
}
