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
			Organization: a.organizationName(),
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
	if found.Unfinished > 0 && a.refusal(a.actionOf("rebuild.finish")) == "" {
		found.ResumeKey = a.keyFor("rebuild.finish")
	}
	return found
}

// organizationName is the name of the organization, or the start of its id where
// an API key cannot tell the name.
func (a *App) organizationName() string {
	if a.state.Organization.Name != "" {
		return a.state.Organization.Name
	}
	id := a.organizationID()
	return id[:min(8, len(id))]
}

func (a *App) organizationID() string {
	if a.options.OrganizationID != "" {
		return a.options.OrganizationID
	}
	return a.state.Data.Store.OrganizationID()
}

// nothingRead reports whether the number of snapshots is not known yet, which is not
// the same as none.
func (a *App) nothingRead() bool {
	return a.poller.Status().Updated.IsZero() && a.state.Data.Store.Len() == 0
}
