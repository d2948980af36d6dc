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

// orgInfoReadMsg: the data about the organization was read, as far as it could be.
type orgInfoReadMsg struct{ model.OrganizationInfo }

// readOrgInfoIfDue reads nothing before the first good poll: a credential that is refused
// there would be refused here, too.
func (a *App) readOrgInfoIfDue() tea.Cmd {
	if status := a.poller.Status(); status.Updated.IsZero() || status.Err != nil || a.now.Before(a.orgInfoDue) {
		return nil
	}
	if b := a.options.API.Budget(); b.Requests-b.Used(a.now) < min(orgInfoRequests, b.Requests) {
		return nil
	}
	a.orgInfoDue = a.now.Add(orgInfoInterval)
	api, id := a.options.OrganizationAPI, a.state.OrganizationID()
	return a.options.work(callDeadline, func(ctx context.Context) tea.Msg {
		return orgInfoReadMsg{api.OrganizationInfo(ctx, id)}
	})
}

// apply keeps what was known if nothing could be read. The rows depend on it, too: a
// filter may name a region or a time of deactivation.
func (msg orgInfoReadMsg) apply(a *App) tea.Cmd {
	s := &a.state
	s.SetOrganization(msg.OrganizationInfo)
	if msg.Access.Known {
		s.access = msg.Access
	}
	if msg.Server.Version != "" {
		s.server = msg.Server
	}
	if budget := a.options.API.Budget(); a.poller.LimitChanged(budget) {
		a.poller.Schedule(a.now, s.busy(), budget)
	}
	s.orgInfoReads++
	return a.derive()
}

// auditReadMsg: the audit log was read, as far as it could be.
type auditReadMsg struct {
	log model.AuditLog
	err error
}

// readAudit reads what is new in the audit log of an organization.
func (o *Options) readAudit(organizationID string, known model.AuditLog) tea.Cmd {
	api := o.OrganizationAPI
	return o.work(callDeadline, func(ctx context.Context) tea.Msg {
		log, err := api.Audit(ctx, organizationID, known)
		return auditReadMsg{log: log, err: err}
	})
}

func (msg auditReadMsg) apply(a *App) tea.Cmd {
	a.detail.audit.Answer(a.state.Now, msg.log, msg.err)
	a.state.orgInfoReads++ // the open tab is drawn again
	return nil
}
