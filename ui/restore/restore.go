// Package restore asks whether to restore a deleted snapshot.
package restore

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/deleted"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Asker asks the questions before a restore.
type Asker struct {
	Plan       func(model.RebuildRequest) model.Plan // nil if nothing can be restored
	Request    model.RebuildRequest                  // what is known, without the snapshot
	View       *row.ViewState
	Connection string // names the organization and the server

	Ask    func(dialog.Question) tea.Cmd
	Refuse func(reason string)
	// Run carries out a confirmed plan. The snapshot has the name of the new one.
	Run func(s *model.Snapshot, plan model.Plan) tea.Cmd
}

// request returns the request for the restore of a snapshot under a name.
func (a Asker) request(d model.DeletedSnapshot, name string) model.RebuildRequest {
	q := a.Request
	q.Snapshot, q.Mode, q.Entry, q.Name = d.Snapshot, model.Restore, d.Entry, name
	return q
}

// Unrestorable returns why a snapshot could not be restored after a delete, apart from its
// name; "" if it could.
func (a Asker) Unrestorable(s *model.Snapshot) string {
	if a.Plan == nil {
		return "" // not known
	}
	q := a.request(model.DeletedSnapshot{Snapshot: s}, "")
	q.Store = nil // looking for the name takes a scan of all snapshots
	if plan := a.Plan(q); plan.Refused() {
		return plan.Refusals[0].Text
	}
	return ""
}

// RefuseNow returns why a deleted snapshot cannot be restored now, or "".
func (a Asker) RefuseNow(d model.DeletedSnapshot) string {
	switch {
	case a.Plan == nil:
		return "the recipe cannot be saved"
	case a.View.Pending[d.Snapshot.ID] != nil:
		return mutation.StillRunning
	}
	if reason := a.Unrestorable(d.Snapshot); reason != "" {
		return d.Snapshot.Name + " cannot be restored: " + reason
	}
	return ""
}

// Restore asks whether to restore a snapshot under a name, "" for its own, in the region that
// tab chooses. If the name is taken or invalid, it asks for another one first.
func (a Asker) Restore(d model.DeletedSnapshot, name string) tea.Cmd {
	s := d.Snapshot
	name = cmp.Or(name, s.Name)
	q := a.request(d, name)
	if plan := a.Plan(q); plan.Refused() {
		refusal := plan.Refusals[0]
		if refusal.Reason == model.ReasonNameTaken || refusal.Reason == model.ReasonName {
			return a.otherName(d, name, refusal.Text)
		}
		a.Refuse(name + " cannot be restored: " + refusal.Text)
		return nil
	}
	title := text.Join(text.Lit("Restore ").As(theme.Title), text.Styled(s.Name, theme.Title, nil))
	if name != s.Name {
		title = text.Join(title, text.Lit(" as ").As(theme.Title), text.Styled(name, theme.Title, nil))
	}
	question := dialog.Question{
		Title: text.Join(title, text.Sprintf("  %s  in %s", s.ShortID(), a.Connection).As(theme.Dim)),
		Verb:  "restore",
	}
	shown := *s
	shown.Name = name
	plans, notes := mutation.RebuildPlans(a.Plan, q)
	for _, plan := range plans {
		question.Modes = append(question.Modes, dialog.Mode{
			Name:  mutation.PlanName(a.View, plan, plans),
			Lines: append(mutation.PlanLines(a.View, s, plan, false), notes...),
			Do: func() tea.Cmd {
				if reason := a.RefuseNow(d); reason != "" {
					a.Refuse(s.Name + " was not restored: " + reason)
					return nil
				}
				return a.Run(&shown, plan)
			},
		})
	}
	return a.Ask(question)
}

// Ended forgets a snapshot that was restored under a name. If the name is taken, it asks for
// another one.
func (a Asker) Ended(recipes *deleted.Recipes, id, name string, result model.RebuildResult) tea.Cmd {
	d, known := recipes.Find(id)
	switch {
	case result.Accepted():
		recipes.Remove(id)
	case known && result.NameTaken && result.Entry == "":
		return a.otherName(d, name, "another snapshot has the name "+name)
	}
	return nil
}

// otherName asks for another name.
func (a Asker) otherName(d model.DeletedSnapshot, taken, reason string) tea.Cmd {
	return a.Ask(dialog.Question{
		Title: text.Join(
			text.Lit("Another name for ").As(theme.Title), text.Styled(d.Snapshot.Name, theme.Title, nil),
			text.Sprintf("  %s", d.Snapshot.ShortID()).As(theme.Dim)),
		Lines: []text.Line{
			mutation.Warning(text.Cell(reason)),
			text.Lit("· letters, digits and . _ - : / are allowed; nothing is sent yet").As(theme.Dim), nil,
		},
		Verb: "continue", Typed: taken + "-restored",
		Answer: func(name string) tea.Cmd { return a.Restore(d, name) },
	})
}
