package use

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

var opened = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// server answers what the test puts into it, and records what it was asked.
type server struct {
	states   map[string]string // of the only sandbox, by name of the snapshot
	err      error
	pools    []model.WarmPool
	poolsErr error
	asked    [][]string
	poolAsks int
}

func (s *server) Sandboxes(_ context.Context, names ...string) (map[string]model.Use, error) {
	s.asked = append(s.asked, names)
	uses := make(map[string]model.Use)
	for _, name := range names {
		use := model.Use{Known: s.err == nil}
		if state := s.states[name]; state != "" {
			use.Sandboxes = []model.Sandbox{{State: state}}
		}
		uses[name] = use
	}
	return uses, s.err
}

func (s *server) WarmPools(context.Context) ([]model.WarmPool, error) {
	s.poolAsks++
	return s.pools, s.poolsErr
}

// bench holds the commands of an Asker until the test runs them.
type bench struct {
	*Asker
	server *server
	now    time.Time
	timers map[time.Duration]tea.Msg
}

func newBench() *bench {
	uses := row.NewUses()
	b := &bench{server: &server{states: map[string]string{}}, now: opened, timers: map[time.Duration]tea.Msg{}}
	b.Asker = &Asker{
		API: b.server, Uses: &uses,
		Work: func(_ time.Duration, do func(context.Context) tea.Msg) tea.Cmd {
			return func() tea.Msg { return do(context.Background()) }
		},
		After: func(d time.Duration, msg tea.Msg) tea.Cmd { b.timers[d] = msg; return nil },
	}
	return b
}

// answers runs a command and returns the messages, in the order of the commands.
func answers(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		var all []tea.Msg
		for _, one := range msg {
			all = append(all, answers(one)...)
		}
		return all
	default:
		return []tea.Msg{msg}
	}
}

func (b *bench) receive(msgs ...tea.Msg) {
	for _, msg := range msgs {
		for _, next := range answers(b.Receive(msg.(Msg), b.now)) {
			b.receive(next)
		}
	}
}

// ask opens a question that says in which state the snapshots are.
func (b *bench) ask(names ...string) (*dialog.Confirm, tea.Cmd) {
	var targets []*model.Snapshot
	for _, name := range names {
		targets = append(targets, &model.Snapshot{ID: "id of " + name, Name: name})
	}
	return b.Ask(targets, func() dialog.Question {
		q := dialog.Question{Verb: "delete", Word: "word"}
		for _, name := range names {
			_, answered := b.Uses.ByName[name]
			state := b.Uses.ByName[name].State()
			q.Lines = append(q.Lines, text.Cell(fmt.Sprint(name, " ", answered, " ", state, " ", len(b.Uses.Pools.Pools))).As(theme.Text))
		}
		return q
	}, b.now)
}

func line(c *dialog.Confirm) string { return c.Lines[0].String() }

// later is when a dialog is armed if nothing else happens from now on.
func (b *bench) later() time.Time { return b.now.Add(dialog.ArmAfter) }

func TestAQuestionWaitsForTheAnswers(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.server.states["a"] = "started"
	c, cmd := b.ask("a")
	if line(c) != "a false 0 0" || c.Armed(opened.Add(time.Second)) {
		t.Errorf("before the answer: %q, armed %t", line(c), c.Armed(opened.Add(time.Second)))
	}
	msgs := answers(cmd)
	if len(msgs) != 2 {
		t.Fatalf("%d answers", len(msgs))
	}
	b.now = b.now.Add(time.Second)
	b.receive(msgs[0])
	if line(c) != "a true 2 0" || c.Armed(b.later()) {
		t.Errorf("with one answer: %q, armed %t", line(c), c.Armed(b.later()))
	}
	b.receive(msgs[1])
	if c.Armed(b.now) || !c.Armed(b.later()) {
		t.Error("it does not arm once the answers are there")
	}
	b.receive(b.timers[answerTimeout])
	if line(c) != "a true 2 0" || !c.Armed(b.now) {
		t.Errorf("after the timeout: %q", line(c))
	}
}

func TestAQuestionDoesNotWaitLonger(t *testing.T) {
	t.Parallel()
	b := newBench()
	c, cmd := b.ask("a")
	msgs := answers(cmd)
	b.now = opened.Add(answerTimeout)
	b.receive(b.timers[answerTimeout])
	if use := b.Uses.ByName["a"]; use.Known || use.Reason == "" || b.Uses.Pools.Known {
		t.Errorf("after the timeout: %+v", use)
	}
	if line(c) != "a true 0 0" || c.Armed(b.now) || !c.Armed(b.later()) {
		t.Errorf("after the timeout: %q", line(c))
	}

	c.Input().SetValue("wor")
	b.receive(msgs...)
	if line(c) != "a true 1 0" || !c.Armed(b.now) || c.Input().Value() != "wor" || c.Word != "word" {
		t.Errorf("a late answer that is harmless: %q, typed %q, armed %t", line(c), c.Input().Value(), c.Armed(b.now))
	}
}

// TestALateAnswerConfirmsNothing: what turns out to be worse is read before it is confirmed.
func TestALateAnswerConfirmsNothing(t *testing.T) {
	t.Parallel()
	for name, worsen := range map[string]func(*server){
		"in use":      func(s *server) { s.states["a"] = "started" },
		"a warm pool": func(s *server) { s.pools = []model.WarmPool{{Snapshot: "a"}} },
	} {
		b := newBench()
		worsen(b.server)
		c, cmd := b.ask("a")
		msgs := answers(cmd)
		b.now = opened.Add(answerTimeout)
		b.receive(b.timers[answerTimeout])
		b.now = b.now.Add(5 * time.Second)
		if !c.Armed(b.now) {
			t.Fatalf("%s: not armed", name)
		}
		c.Input().SetValue("word")
		b.receive(msgs...)
		if c.Armed(b.now) || c.Input().Value() != "" || !c.Armed(b.later()) {
			t.Errorf("%s: typed %q, armed %t", name, c.Input().Value(), c.Armed(b.now))
		}
	}
}

// TestALateAnswerAboutMany: whatever it says, it changes which of them are left out.
func TestALateAnswerAboutMany(t *testing.T) {
	t.Parallel()
	b := newBench()
	c, cmd := b.ask("a", "b")
	msgs := answers(cmd)
	b.now = opened.Add(answerTimeout)
	b.receive(b.timers[answerTimeout])
	b.now = b.now.Add(5 * time.Second)
	if !c.Armed(b.now) {
		t.Fatal("not armed")
	}
	b.receive(msgs...)
	if c.Armed(b.now) {
		t.Error("the dialog stays armed")
	}
}

// TestAskingAgainBehindAQuestion: an open question keeps what it says until there is another
// answer.
func TestAskingAgainBehindAQuestion(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.server.states["a"] = "started"
	c, cmd := b.ask("a", "b")
	b.receive(answers(cmd)...)
	b.now = opened.Add(time.Minute)
	answers(b.Select("a", b.now))
	again := answers(b.Receive(b.timers[settleTime].(Msg), b.now))
	if len(again) != 2 {
		t.Fatalf("%d answers", len(again))
	}
	b.receive(again[1])
	if line(c) != "a true 2 0" || !c.Armed(b.now) {
		t.Errorf("before the answer: %q, armed %t", line(c), c.Armed(b.now))
	}
	delete(b.server.states, "a")
	b.receive(sandboxesMsg{names: []string{"a"}, uses: map[string]model.Use{"a": {Known: true}}})
	if line(c) != "a true 1 0" || c.Armed(b.now) {
		t.Errorf("after the answer: %q, armed %t", line(c), c.Armed(b.now))
	}
}

func TestAnAnswerForAClosedQuestion(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.server.states["a"] = "started"
	c, cmd := b.ask("a")
	c.Closed()
	b.receive(answers(cmd)...)
	b.receive(b.timers[answerTimeout])
	if line(c) != "a false 0 0" {
		t.Errorf("the closed question says %q", line(c))
	}
	if b.Uses.ByName["a"].State() != model.InUse {
		t.Error("the answer is lost")
	}
}

// TestAnswersAreKeptFor30Seconds: a known one for longer than an unknown one.
func TestAnswersAreKeptFor30Seconds(t *testing.T) {
	t.Parallel()
	b := newBench()
	open := func(names ...string) *dialog.Confirm {
		c, cmd := b.ask(names...)
		b.receive(answers(cmd)...)
		return c
	}
	open("a")
	b.now = opened.Add(29 * time.Second)
	if c := open("a", "b"); !c.Armed(b.later()) {
		t.Error("a question with one known answer does not arm")
	}
	if want := [][]string{{"a"}, {"b"}}; !slices.EqualFunc(b.server.asked, want, slices.Equal) || b.server.poolAsks != 1 {
		t.Errorf("asked for %q, %d times for pools", b.server.asked, b.server.poolAsks)
	}
	c, cmd := b.ask("a")
	if cmd != nil || !c.Armed(b.later()) {
		t.Error("what is known is asked for")
	}
	b.now = opened.Add(30 * time.Second)
	open("a")
	if len(b.server.asked) != 3 || b.server.poolAsks != 2 {
		t.Errorf("asked for %q, %d times for pools", b.server.asked, b.server.poolAsks)
	}
	b.server.err = errors.New("busy")
	open("c")
	open("c")
	if len(b.server.asked) != 5 {
		t.Errorf("an unknown answer is kept: %q", b.server.asked)
	}
}

// TestASecondQuestionWaitsForTheFirstRequest: the same names are not asked for twice at a
// time.
func TestASecondQuestionWaitsForTheFirstRequest(t *testing.T) {
	t.Parallel()
	b := newBench()
	first, cmd := b.ask("a")
	msgs := answers(cmd)
	first.Closed()
	second, cmd := b.ask("a")
	if answers(cmd) != nil || second.Armed(b.later()) {
		t.Error("the second question asks again, or does not wait")
	}
	b.receive(msgs...)
	if len(b.server.asked) != 1 || line(second) != "a true 1 0" || !second.Armed(b.later()) {
		t.Errorf("asked %d times: %q", len(b.server.asked), line(second))
	}
}

func TestLooking(t *testing.T) {
	t.Parallel()
	b := newBench()
	look := func(name string) { answers(b.Select(name, b.now)) }
	settle := func(after time.Duration) {
		t.Helper()
		msg, ok := b.timers[after]
		if !ok {
			t.Fatalf("no timer of %v among %v", after, b.timers)
		}
		clear(b.timers)
		b.now = b.now.Add(after)
		b.receive(msg)
	}
	look("")
	look("a")
	moved := b.timers[settleTime]
	look("b")
	b.receive(moved)
	settle(settleTime)
	look("b")
	if want := [][]string{{"b"}}; !slices.EqualFunc(b.server.asked, want, slices.Equal) || len(b.timers) != 0 {
		t.Fatalf("asked for %q, timers %v", b.server.asked, b.timers)
	}
	b.now = b.now.Add(500 * time.Millisecond)
	look("c")
	settle(selectInterval - 500*time.Millisecond)
	look("")
	if len(b.server.asked) != 2 {
		t.Fatalf("asked for %q", b.server.asked)
	}

	b.now = b.now.Add(time.Hour)
	look("c")
	settle(settleTime)
	b.now = b.now.Add(time.Hour)
	look("c")
	if len(b.server.asked) != 3 || len(b.timers) != 0 {
		t.Errorf("asked for %q: looking on asks again", b.server.asked)
	}
	b.Refresh()
	look("c")
	settle(settleTime)
	look("d")
	look("")
	settle(selectInterval)
	if len(b.server.asked) != 4 {
		t.Errorf("asked for %q", b.server.asked)
	}
}

func TestOldAnswersAreDropped(t *testing.T) {
	t.Parallel()
	b := newBench()
	var names []string
	for i := range maxKept + 1 {
		names = append(names, fmt.Sprint(i))
	}
	_, cmd := b.ask(names...)
	b.receive(answers(cmd)...)
	b.now = b.now.Add(time.Hour)
	_, cmd = b.ask("new")
	b.receive(answers(cmd)...)
	if len(b.Uses.ByName) != 1 {
		t.Errorf("%d answers are kept", len(b.Uses.ByName))
	}
}
