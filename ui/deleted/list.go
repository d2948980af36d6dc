package deleted

import (
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/listview"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// List shows [Recipes], the latest delete first.
type List struct {
	*listview.List[model.DeletedSnapshot]
	recipes *Recipes
	view    *row.ViewState
	// What the rows were made from.
	changed int
	store   *model.Store
}

// NewList returns the list of the recipes in a view.
func NewList(recipes *Recipes, view *row.ViewState) *List {
	l := &List{recipes: recipes, view: view}
	l.List = listview.New(
		func(d model.DeletedSnapshot) string { return d.Snapshot.ID }, l.details,
		text.Lit("no deleted snapshots · what is deleted here or while snapdeck runs appears in this list"),
		grid.Column[model.DeletedSnapshot]{ID: "name", Title: text.Lit("DELETED SNAPSHOT"), Min: 16, Max: 44, Cut: text.CutMiddle, Cell: func(d model.DeletedSnapshot) text.Line {
			return text.Styled(d.Snapshot.Name, theme.Title, nil)
		}},
		grid.Column[model.DeletedSnapshot]{ID: "when", Title: text.Lit("WHEN"), Min: 8, Max: 8, Right: true, Cell: func(d model.DeletedSnapshot) text.Line {
			return text.Cell(format.Relative(d.At, view.Now)).As(theme.Dim)
		}},
		grid.Column[model.DeletedSnapshot]{ID: "where", Title: text.Lit("DELETED"), Min: 9, Max: 9, DropPriority: 3, Cell: func(d model.DeletedSnapshot) text.Line {
			return where(d).As(theme.Dim)
		}},
		grid.Column[model.DeletedSnapshot]{ID: "resources", Title: text.Lit("CPU MEM DISK"), Min: 12, Max: 12, DropPriority: 2, Cell: func(d model.DeletedSnapshot) text.Line {
			return resources(d.Snapshot).As(theme.Text)
		}},
		grid.Column[model.DeletedSnapshot]{ID: "regions", Title: text.Lit("REGIONS"), Min: 7, Max: 18, DropPriority: 1, Cell: func(d model.DeletedSnapshot) text.Line {
			return text.Cell(strings.Join(view.RegionNames(d.Snapshot), " ")).As(theme.Text)
		}},
		grid.Column[model.DeletedSnapshot]{ID: "recipe", Title: text.Lit("RECIPE"), Min: 16, Max: 60, Cut: text.CutMiddle, Cell: func(d model.DeletedSnapshot) text.Line {
			if view.Unrestorable(d.Snapshot) != "" {
				return text.Join(text.Lit("! ").As(theme.Warning), source(d.Snapshot))
			}
			return source(d.Snapshot)
		}},
	)
	l.changed = -1
	l.Update()
	return l
}

// Update shows what has changed.
func (l *List) Update() {
	if store := l.view.Data.Store; l.changed != l.recipes.changed || l.store != store {
		l.changed, l.store = l.recipes.changed, store
		l.SetRows(l.recipes.deleted(store))
	}
}

// where returns where the snapshot was deleted.
func where(d model.DeletedSnapshot) text.Safe {
	if d.Elsewhere {
		return text.Lit("elsewhere")
	}
	return text.Lit("here")
}

// resources returns CPU, memory and disk, right-aligned below their headings.
func resources(s *model.Snapshot) text.Safe {
	return text.Sprintf("%3s %3s %4s", row.NumberText(s.CPU), row.NumberText(s.Mem), row.NumberText(s.Disk))
}

// source returns what the snapshot was made from.
func source(s *model.Snapshot) text.Line {
	file, built := s.Dockerfile()
	switch {
	case built:
		lines := strings.Count(strings.TrimSuffix(file, "\n"), "\n") + 1
		return text.Sprintf("Dockerfile, %s", format.Plural(lines, "line")).As(theme.Text)
	case s.ImageName.Value != "":
		return text.Sprintf("image %s", s.ImageName.Value).As(theme.Text)
	default:
		return text.Lit("none: taken from a sandbox").As(theme.Warning)
	}
}

// details says where the recipe comes from, and whether it can be restored.
func (l *List) details(d model.DeletedSnapshot) []text.Line {
	s := d.Snapshot
	lines := []text.Line{text.Join(
		text.Styled(s.Name, theme.Title, nil), text.Sprintf("  %s · deleted %s %s", s.ShortID(), where(d), format.Timestamp(d.At)).As(theme.Dim),
	)}
	lines = append(lines, source(s))
	if reason := l.view.Unrestorable(s); reason != "" {
		return append(lines, text.Join(text.Lit("! ").As(theme.Warning), text.Sprintf("cannot be restored: %s", reason).As(theme.Text)))
	}
	if d.Entry == "" {
		return append(lines, text.Lit("in memory only, until snapdeck quits or restores it").As(theme.Dim))
	}
	return append(lines, text.Sprintf("recipe kept until %s", d.At.Add(model.KeepDeleted).UTC().Format("2006-01-02")).As(theme.Dim))
}
