package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// surroundingsPace is how often regions, organization and permissions are read
// again: they hardly ever change.
const orgInfoInterval = 10 * time.Minute

// surroundingsReadMsg: what lies around the snapshots was read. What could not
// be read is nil: unknown, which is allowed and shown as such.
type orgInfoReadMsg struct {
	regions       []model.Region
	organizations []model.Organization
	access        model.Access
	server        model.Server
}

// readSurroundings asks for everything beside the snapshots. None of it decides
// whether we are connected, so its errors are only gaps in the answer.
func readOrgInfo(ctx context.Context, api OrganizationAPI) tea.Msg {
	var msg orgInfoReadMsg
	if regions, err := api.Regions(ctx); err == nil {
		msg.regions = append([]model.Region{}, regions...)
	}
	if organizations, err := api.Organizations(ctx); err == nil {
		msg.organizations = organizations
	}
	if access, err := api.Access(ctx); err == nil {
		msg.access = access
	}
	if server, err := api.Server(ctx); err == nil {
		msg.server = server
	}
	return msg
}

// readSurroundingsIfDue waits for the first good poll: a credential that is
// refused there would only be refused again.
func (a *App) readOrgInfoIfDue() tea.Cmd {
	if status := a.poller.Status(); status.Updated.IsZero() || status.Err != nil || a.now.Before(a.orgInfoDue) {
		return nil
	}
	a.orgInfoDue = a.now.Add(orgInfoInterval)
	api := a.options.OrganizationAPI
	return a.work(callDeadline, func(ctx context.Context) tea.Msg { return readOrgInfo(ctx, api) })
}

// apply keeps what was known where nothing new could be read. Which rows are shown
// follows from it too: a filter may name a region or a time of sleep.
func (msg orgInfoReadMsg) apply(a *App) tea.Cmd {
	k := &a.state
	if msg.regions != nil {
		k.Regions = msg.regions
	}
	for _, organization := range msg.organizations {
		if organization.ID == a.state.OrganizationID() {
			k.Organization = organization
		}
	}
	if msg.access.Known {
		k.access = msg.access
	}
	if msg.server.Version != "" {
		k.server = msg.server
		if a.poller.SetServerRate(msg.server.RateLimit) {
			a.poller.Schedule(a.now, a.state.busy())
		}
	}
	k.orgInfoReads++
	return a.derive()
}
