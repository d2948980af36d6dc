package ui

import (
	"daytona/snapdeck/ui/header"
	"daytona/snapdeck/ui/text"
)

// headerLines are the two lines at the top of the screen.
func (a *App) headerLines(width int) []text.Line {
	v := header.Values{
		Now: a.now,
		Place: header.Place{
			Profile:      a.options.Profile,
			Organization: a.state.OrganizationName(),
			Host:         a.options.Host,
			ReadOnly:     a.options.ReadOnly,
			Insecure:     a.options.Insecure,
		},
		Poll:         a.poller.Status(),
		Rebuilds:     a.rowlessRebuilds(),
		Deactivating: a.state.DeactivatingSoon(),
	}
	if !a.nothingRead() {
		v.Store = a.state.Data.Store
	}
	return v.Lines(width)
}

// rowlessRebuilds are the rebuilds between their delete and their create, while no row
// can show them, and the unfinished ones.
func (a *App) rowlessRebuilds() header.Rebuilds {
	found := header.Rebuilds{Unfinished: len(a.state.unfinished)}
	for _, op := range a.state.Rowless() {
		found.Running = append(found.Running, header.Rebuild{Name: op.Name, Progress: op.Progress(a.now)})
	}
	if found.Unfinished > 0 && a.refusal(a.actionOf("rebuild.resume")) == "" {
		found.ResumeKey = a.keyFor("rebuild.resume")
	}
	return found
}

// nothingRead reports whether the number of snapshots is not known yet, which is not
// the same as none.
func (a *App) nothingRead() bool {
	return a.poller.Status().Updated.IsZero() && a.state.Data.Store.Len() == 0
}
