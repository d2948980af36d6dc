package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

const (
	// orgInfoInterval is how often regions, organization and permissions are read: they
	// rarely change.
	orgInfoInterval = 10 * time.Minute
	// orgInfoRequests is how many of these requests count toward the rate limit.
	orgInfoRequests = 3
)

// orgInfoReadMsg: the data about the organization was read. What could not be read is
// nil, which means unknown.
type orgInfoReadMsg struct {
	regions       []model.Region
	organizations []model.Organization
	access        model.Access
	server        model.Server
}

// readOrgInfo reads all but the snapshots. Its errors only leave gaps in the answer: the
// polls decide whether we are connected.
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

// readOrgInfoIfDue waits for the first good poll: a credential that is refused there
// would be refused here, too.
func (a *App) readOrgInfoIfDue() tea.Cmd {
	if status := a.poller.Status(); status.Updated.IsZero() || status.Err != nil || a.now.Before(a.orgInfoDue) {
		return nil
	}
	if b := a.options.API.Budget(); b.Requests-b.Used(a.now) < min(orgInfoRequests, b.Requests) {
		return nil
	}
	a.orgInfoDue = a.now.Add(orgInfoInterval)
	api := a.options.OrganizationAPI
	return a.options.work(callDeadline, func(ctx context.Context) tea.Msg { return readOrgInfo(ctx, api) })
}

// apply keeps what was known where nothing could be read. The rows depend on it, too: a
// filter may name a region or a time of deactivation.
func (msg orgInfoReadMsg) apply(a *App) tea.Cmd {
	s := &a.state
	if msg.regions != nil {
		s.Regions = msg.regions
	}
	for _, organization := range msg.organizations {
		if organization.ID == s.OrganizationID() {
			s.Organization = organization
		}
	}
	if msg.access.Known {
		s.access = msg.access
	}
	if msg.server.Version != "" {
		s.server = msg.server
	}
	if budget := a.options.API.Budget(); a.poller.LimitChanged(budget) {
		a.poller.Schedule(a.now, s.busy(), budget)
	}
	s.orgInfoReads++
	return a.derive()
}
