package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// plannedSnapshot is one snapshot of a plan, as -o json prints it.
type plannedSnapshot struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Family     string       `json:"family"`
	Rank       int          `json:"rank"` // 1 is the newest of the family
	State      model.State  `json:"state"`
	SizeGB     *float64     `json:"sizeGB"`
	CreatedAt  *time.Time   `json:"createdAt"`
	LastUsedAt *time.Time   `json:"lastUsedAt"`
	Reason     prune.Reason `json:"reason"`
	Text       string       `json:"text"` // the reason in words
}

// json returns the plan, and the results if it was carried out.
func (r *pruneRun) json(plan prune.Plan, results []outcome) string {
	document := struct {
		Keep       int               `json:"keep"`
		Unused     string            `json:"unused"`
		Failed     bool              `json:"failed"`
		Family     string            `json:"family"`
		Max        int               `json:"max"`
		Query      string            `json:"query"`
		Go         []plannedSnapshot `json:"go"`
		Stay       []plannedSnapshot `json:"stay"`
		FreedGB    float64           `json:"freedGB"`
		FreedQuota int               `json:"freedQuota"`
		Results    []outcome         `json:"results,omitzero"` // nil for a plan only
	}{
		Keep: r.options.Keep, Unused: r.unused, Failed: r.options.Failed, Family: r.options.Family, Max: r.options.Max, Query: r.query.String(),
		Go: []plannedSnapshot{}, Stay: []plannedSnapshot{}, FreedGB: plan.FreedGB(), FreedQuota: plan.FreedQuota(), Results: results,
	}
	for _, d := range plan.Decisions {
		s := plannedSnapshot{
			ID: d.Snapshot.ID, Name: d.Snapshot.Name, Family: d.Family.Name, Rank: d.Rank, State: d.Snapshot.State,
			SizeGB: pointer(d.Snapshot.Size), CreatedAt: pointer(d.Snapshot.CreatedAt.Optional()), LastUsedAt: pointer(d.Snapshot.LastUsedAt.Optional()),
			Reason: d.Reason, Text: d.Text,
		}
		if d.Delete {
			document.Go = append(document.Go, s)
		} else {
			document.Stay = append(document.Stay, s)
		}
	}
	raw, err := json.MarshalIndent(document, "", "  ")
	must(err)
	return string(raw)
}

// pointer returns nil for a value that the server did not send.
func pointer[T any](o model.Optional[T]) *T {
	if value, ok := o.Get(); ok {
		return &value
	}
	return nil
}

// printPlan prints the plan for people.
func (p *program) printPlan(plan prune.Plan, output string) error {
	rows, unversioned := planRows(plan)
	var b strings.Builder
	if output == "markdown" {
		fmt.Fprintf(&b, "%s\n\n", planTotal(plan))
		for i, cells := range rows {
			b.WriteString("|")
			for _, cell := range cells {
				fmt.Fprintf(&b, " %s |", markdown(cell))
			}
			b.WriteString("\n")
			if i == 0 {
				b.WriteString("|" + strings.Repeat("---|", len(cells)) + "\n")
			}
		}
	} else {
		if len(rows) > 1 {
			if err := writeColumns(&b, rows); err != nil {
				return err
			}
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s\n", planTotal(plan))
	}
	if unversioned > 0 {
		if output == "markdown" {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s not listed: without a version, or general\n", format.Plural(unversioned, "snapshot"))
	}
	_, err := io.WriteString(p.Out, b.String())
	return err
}

// planRows returns a heading and a row for each snapshot: first those to delete, then those to
// keep. General ones and those without a version are never deleted, so it only counts them.
func planRows(plan prune.Plan) (rows [][]text.Safe, never int) {
	rows = [][]text.Safe{{
		text.Lit("PLAN"), text.Lit("NAME"), text.Lit("FAMILY"), text.Lit("#"), text.Lit("STATE"), text.Lit("GB"), text.Lit("UNUSED"), text.Lit("REASON"),
	}}
	for _, deletes := range []bool{true, false} {
		for _, d := range plan.Decisions {
			switch {
			case d.Delete != deletes:
			case d.Reason == prune.NoVersion || d.Reason == prune.General:
				never++
			default:
				rows = append(rows, planRow(plan, d))
			}
		}
	}
	return rows, never
}

func planRow(plan prune.Plan, d prune.Decision) []text.Safe {
	verdict := text.Lit("keep")
	if d.Delete {
		verdict = text.Lit("delete")
	}
	unused := text.Lit(notSet)
	if last, ok := prune.LastActivity(d.Snapshot); ok {
		unused = text.Cell(format.Elapsed(last, plan.Options.Now))
	}
	return []text.Safe{
		verdict, text.Cell(d.Snapshot.Name), text.Cell(d.Family.Name), text.Cell(strconv.Itoa(d.Rank)),
		text.Cell(d.Snapshot.State.Label()), row.SizeText(d.Snapshot.Size), unused, text.Cell(d.Text),
	}
}

// planTotal summarizes a plan in one line.
func planTotal(plan prune.Plan) text.Safe {
	deletes := len(plan.Deletes())
	keep := format.Thousands(len(plan.Decisions) - deletes)
	if deletes == 0 {
		return text.Sprintf("nothing to delete · keep %s", keep)
	}
	return text.Sprintf("delete %s · keep %s · frees %s GB and %s of the quota",
		format.Thousands(deletes), keep, row.SizeText(model.Some(plan.FreedGB())), format.Plural(plan.FreedQuota(), "place"))
}

// markdown escapes a cell for a Markdown table.
func markdown(cell text.Safe) string {
	return strings.NewReplacer(
		"\\", "\\\\", "|", "\\|", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "&lt;", ">", "&gt;", "&", "&amp;", "#", "\\#", "~", "\\~",
	).Replace(cell.String())
}
