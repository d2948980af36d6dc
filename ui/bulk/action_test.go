package bulk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/ui/text"
	"daytona/snapdeck/ui/uitest"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

// deletion is an action on n items, "0" to "n-1".
func deletion(n int) *Action[int] {
	items := make([]Item[int], n)
	for i := range items {
		items[i] = Item[int]{ID: fmt.Sprint(i), Name: fmt.Sprint("item ", i), Start: i}
	}
	a := New(text.Lit("Delete items"), "deleted", items, now())
	return &a
}

// start starts what may start, and returns how many items run.
func start(a *Action[int], at time.Time) int {
	for {
		item, ok := a.Next(at, a.Counts().Running)
		if !ok {
			a.Settle(at)
			return a.Counts().Running
		}
		a.Started(item.ID)
	}
}

func TestZeroValueIsNoAction(t *testing.T) {
	t.Parallel()
	var a Action[int]
	a.Settle(now())
	if _, ok := a.Next(now(), 0); ok || a.Active() || a.Stopping() || a.Owns("0") {
		t.Fatalf("it is active: %+v", a)
	}
}

func TestFewItemsRunAtATimeInTheirOrder(t *testing.T) {
	t.Parallel()
	a := deletion(10)
	if n := start(a, now()); n != Concurrency {
		t.Fatalf("%d items run", n)
	}
	if !a.Owns("0") || !a.Owns("3") || a.Owns("4") {
		t.Fatal("the items do not start in their order")
	}
	a.Done("1")
	a.Failed("2", "item 2", "refused")
	if start(a, now()) != Concurrency || a.Owns("1") || a.Owns("2") || !a.Owns("5") {
		t.Fatal("the next items do not follow")
	}
	if got, want := a.Counts(), (Counts{Done: 1, Failed: 1, Running: 4, NotTried: 4}); got != want {
		t.Fatalf("counts are %+v, want %+v", got, want)
	}
}

func TestActionEndsWithItsLastItem(t *testing.T) {
	t.Parallel()
	a := deletion(2)
	start(a, now())
	a.Done("0")
	a.Settle(now().Add(time.Second))
	if !a.Active() || a.elapsed != 0 {
		t.Fatal("it ended while an item runs")
	}
	a.Failed("1", "item 1", "refused")
	a.Settle(now().Add(3 * time.Second))
	a.Settle(now().Add(time.Minute))
	if a.Active() || a.elapsed != 3*time.Second {
		t.Fatalf("active %t after %v", a.Active(), a.elapsed)
	}
	if instant := deletion(1); start(instant, now()) != 1 {
		t.Fatal("nothing runs")
	} else if instant.Done("0"); instant.Active() {
		if instant.Settle(now()); instant.Active() {
			t.Fatal("an action that takes no time does not end")
		}
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	a := deletion(10)
	start(a, now())
	a.Stop()
	if start(a, now()) != Concurrency || !a.Stopping() || !a.Active() {
		t.Fatal("it does not wait for what runs")
	}
	for i := range Concurrency {
		a.Done(fmt.Sprint(i))
	}
	if start(a, now()) != 0 || a.Active() || a.Stopping() {
		t.Fatal("it goes on after it was stopped")
	}
	if got, want := a.Counts(), (Counts{Done: 4, NotTried: 6}); got != want {
		t.Fatalf("counts are %+v, want %+v", got, want)
	}
}

func TestRateLimitPausesAndRequeues(t *testing.T) {
	t.Parallel()
	a := deletion(6)
	start(a, now())
	resume := now().Add(20 * time.Second)
	a.Pause(resume)
	a.Requeue(Item[int]{ID: "2", Name: "item 2", Start: 2})
	if a.Owns("2") || start(a, now()) != 3 || a.Paused(now()) != 20*time.Second {
		t.Fatal("an item starts during the rate limit")
	}
	if start(a, resume) != 4 || !a.Owns("2") || a.Paused(resume) != 0 {
		t.Fatal("the item that was put back is not the next one")
	}
}

func TestPauseOfAllKeepsTheActionAlive(t *testing.T) {
	t.Parallel()
	a := deletion(1)
	start(a, now())
	a.Pause(now().Add(time.Minute))
	a.Requeue(Item[int]{ID: "0"})
	if start(a, now()) != 0 || !a.Active() {
		t.Fatal("it ended although an item waits")
	}
}

func TestCallersItemsStayUnchanged(t *testing.T) {
	t.Parallel()
	items := []Item[int]{{ID: "0"}, {ID: "1"}}
	a := New(text.Lit("Delete items"), "deleted", items, now())
	start(&a, now())
	a.Requeue(Item[int]{ID: "1"})
	if items[0].ID != "0" || items[1].ID != "1" {
		t.Fatalf("they became %v", items)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	a := deletion(4)
	start(a, now())
	a.Done("0")
	a.Failed("1", "item 1", "in use by a sandbox")
	want := `Delete items  in acme · host

━━━━━━━━━━──────────

1 deleted · 1 failed · 0 unknown · 2 running · 0 not tried

✗ item 1  in use 
   by a sandbox`
	if got := uitest.Plain(a.Report("acme · host", 20, 20)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReportIsCutToItsRoom(t *testing.T) {
	t.Parallel()
	a := deletion(9)
	for i := range 9 {
		a.Failed(fmt.Sprint(i), fmt.Sprint("item ", i), "refused")
	}
	for room := 8; room < 20; room++ {
		lines := a.Report("here", 40, room)
		if len(lines) > room {
			t.Errorf("%d lines in a room of %d", len(lines), room)
		}
		shown := strings.Count(uitest.Plain(lines), "✗")
		if more := fmt.Sprintf("and %d more", 9-shown); shown < 9 != strings.Contains(uitest.Plain(lines), more) {
			t.Errorf("in a room of %d:\n%s", room, uitest.Plain(lines))
		}
	}
	if got := uitest.Plain(a.Report("here", 40, 8)); !strings.Contains(got, "✗ item 0") || !strings.Contains(got, "and 8 more, see the activity") {
		t.Errorf("got\n%s", got)
	}
}

// The reason of the only failure is shown whole, however little room there is.
func TestOnlyFailureIsWhole(t *testing.T) {
	t.Parallel()
	a := deletion(1)
	a.Failed("0", "item 0", strings.Repeat("reason ", 20)+"end")
	if got := uitest.Plain(a.Report("here", 20, 1)); !strings.Contains(got, "end") {
		t.Errorf("got\n%s", got)
	}
}

// An unknown outcome is neither done nor failed. The action ends without it, and what is
// learned later moves it.
func TestUnknownOutcomes(t *testing.T) {
	t.Parallel()
	a := deletion(4)
	start(a, now())
	a.Unknown("0", "item 0", "no answer")
	a.Unknown("1", "item 1", "answer 503")
	a.Unknown("2", "item 2", "no answer")
	a.Done("3")
	a.Unknown("0", "item 0", "no answer, still listed as active")
	if start(a, now().Add(time.Second)) != 0 || a.Active() || a.Owns("0") || !a.Awaits("0") || a.Awaits("3") {
		t.Fatal("the action waits for unknown outcomes")
	}
	want := `1 deleted · 3 unknown

? item 0  no answer, still listed as active
? item 1  answer 503
? item 2  no answer`
	if got := uitest.Plain(a.Report("here", 60, 20)); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s", got)
	}
	if got := a.Hint(now(), "", 3).String(); got != "esc close · unknown ones are asked again · the rest stays marked" {
		t.Errorf("the hint is %q", got)
	}
	a.Done("0")
	a.Failed("1", "item 1", "no answer, still listed as active")
	a.Release("2")
	a.Done("2") // another action on it
	if got, want := a.Counts(), (Counts{Done: 3, Failed: 1, Unknown: 1}); got != want || a.Awaits("2") {
		t.Errorf("counts are %+v, want %+v", got, want)
	}
}

func TestHint(t *testing.T) {
	t.Parallel()
	a := deletion(2)
	start(a, now())
	if got := a.Hint(now(), "", 0).String(); got != "esc stop after what is running" {
		t.Errorf("while it runs: %q", got)
	}
	a.Pause(now().Add(20 * time.Second))
	if got := a.Hint(now(), "", 0).String(); got != "esc stop · rate limited, resuming in 20s" {
		t.Errorf("while paused: %q", got)
	}
	a.Stop()
	if got := a.Hint(now(), "", 0).String(); got != "stopping: waiting for what is running" {
		t.Errorf("while it stops: %q", got)
	}
	a.Done("0")
	a.Done("1")
	a.Settle(now().Add(2 * time.Second))
	if got := a.Hint(now(), "F", 0).String(); got != "esc close · F resume unfinished actions" {
		t.Errorf("at its end: %q", got)
	}
}
