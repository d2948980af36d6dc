package mutation

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/uitest"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

// view knows the snapshots, and a running action on the first one where there is one.
func view(running *row.Pending, snapshots ...*model.Snapshot) *row.ViewState {
	v := uitest.View(now(), snapshots...)
	v.Organization.ID = "acme"
	v.Regions = []model.Region{{ID: "us", Name: "us"}, {ID: "eu-1", Name: "eu"}}
	if running != nil {
		v.Pending[snapshots[0].ID] = running
	}
	return v
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	deleting := &row.Pending{Shows: model.StateRemoving, Sent: now()}
	sending := &row.Pending{Shows: model.StateRemoving}
	rebuilding := &row.Pending{Shows: model.StateRemoving, Sent: now(), Workflow: true}
	unknown := &row.Pending{Shows: model.StateRemoving, Unknown: "no answer"}
	changed := model.SomeTime(now().Add(-4 * time.Minute))
	general := func(organization string) model.Snapshot {
		return model.Snapshot{State: model.StateInactive, General: true, OrganizationID: model.Some(organization)}
	}
	for name, tc := range map[string]struct {
		mutation *Mutation
		snapshot model.Snapshot
		running  *row.Pending
		want     string
	}{
		"delete":                       {Delete(), model.Snapshot{State: model.StateActive}, nil, ""},
		"delete a failed one":          {Delete(), model.Snapshot{State: model.StateError}, nil, ""},
		"delete a general one":         {Delete(), general("acme"), nil, "a general snapshot belongs to Daytona and cannot be deleted"},
		"delete twice":                 {Delete(), model.Snapshot{State: model.StateActive}, deleting, StillRunning},
		"delete again":                 {Delete(), model.Snapshot{State: model.StateActive}, unknown, ""},
		"delete what is being removed": {Delete(), model.Snapshot{State: model.StateRemoving}, nil, "it is being removed already"},

		"activate":               {Activate(), model.Snapshot{State: model.StateInactive}, nil, ""},
		"activate our general":   {Activate(), general("acme"), nil, ""},
		"activate their general": {Activate(), general("daytona"), nil, "a general snapshot belongs to Daytona and cannot be activated"},
		"activate an active one": {Activate(), model.Snapshot{State: model.StateActive}, nil, "only an inactive snapshot can be activated; it is active"},
		"activate too soon":      {Activate(), model.Snapshot{State: model.StateInactive, UpdatedAt: changed}, nil, "the server refuses it for 10 minutes after a change: 6m00s left"},
		"activate in time":       {Activate(), model.Snapshot{State: model.StateInactive, UpdatedAt: model.SomeTime(now().Add(-10 * time.Minute))}, nil, ""},
		"activate during action": {Activate(), model.Snapshot{State: model.StateInactive}, deleting, StillRunning},

		"deactivate":                 {Deactivate(), model.Snapshot{State: model.StateActive}, nil, ""},
		"deactivate their general":   {Deactivate(), general(""), nil, "a general snapshot belongs to Daytona and cannot be deactivated"},
		"deactivate a failed one":    {Deactivate(), model.Snapshot{State: model.StateError}, nil, "only an active snapshot can be deactivated; it is error"},
		"deactivate during delete":   {Deactivate(), model.Snapshot{State: model.StateError}, deleting, ""},
		"deactivate what is removed": {Deactivate(), model.Snapshot{State: model.StateRemoving}, nil, ""},
		"deactivate while sending":   {Deactivate(), model.Snapshot{State: model.StateActive}, sending, StillRunning},
		"deactivate while unknown":   {Deactivate(), model.Snapshot{State: model.StateActive}, unknown, ""},
		"deactivate during rebuild":  {Deactivate(), model.Snapshot{State: model.StateActive}, rebuilding, StillRunning},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := tc.snapshot
			s.ID = "1"
			if got := tc.mutation.Refuse(view(tc.running, &s), &s); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// called records the request that a mutation sends.
type called struct{ request string }

var errRefused = errors.New("refused")

func (c *called) Delete(_ context.Context, s *model.Snapshot) error {
	c.request = "delete " + s.ID
	return errRefused
}

func (c *called) DeleteUnsaved(_ context.Context, s *model.Snapshot) error {
	c.request = "delete unsaved " + s.ID
	return errRefused
}

func (c *called) Activate(_ context.Context, id string) (*model.Snapshot, error) {
	c.request = "activate " + id
	return &model.Snapshot{ID: id}, errRefused
}

func (c *called) Deactivate(_ context.Context, id string) error {
	c.request = "deactivate " + id
	return errRefused
}

func TestRequestsAndTheirEnds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		mutation       *Mutation
		path           string
		ends, reverted map[model.State]bool // "" is a deleted snapshot
	}{
		"delete": {
			Delete(), "/snapshots/1",
			map[model.State]bool{"": true, model.StateRemoving: false, model.StateActive: false},
			map[model.State]bool{"": false, model.StateRemoving: false, model.StateActive: true},
		},
		"delete unsaved": {
			DeleteUnsaved(), "/snapshots/1",
			map[model.State]bool{"": true, model.StateActive: false},
			map[model.State]bool{"": false, model.StateActive: true},
		},
		"activate": {
			Activate(), "/snapshots/1/activate",
			map[model.State]bool{"": false, model.StateInactive: false, model.StatePending: true, model.StateActive: true},
			map[model.State]bool{"": false, model.StateInactive: false},
		},
		"deactivate": {
			Deactivate(), "/snapshots/1/deactivate",
			map[model.State]bool{"": false, model.StateInactive: true, model.StateActive: false},
			map[model.State]bool{"": false, model.StateActive: false},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, api := tc.mutation, &called{}
			if _, err := m.Call(t.Context(), api, &model.Snapshot{ID: "1"}); !errors.Is(err, errRefused) || api.request != name+" 1" {
				t.Errorf("called %q, error %v", api.request, err)
			}
			if m.Path("1") != tc.path || m.Workflow() || !strings.HasPrefix(name, m.Name) {
				t.Errorf("%s of %q, workflow %t", m.Path("1"), m.Name, m.Workflow())
			}
			as := func(state model.State) *model.Snapshot {
				if state == "" {
					return nil
				}
				return &model.Snapshot{State: state}
			}
			for state, want := range tc.ends {
				if m.Ends(as(state)) != want {
					t.Errorf("with the state %q it ends: %t", state, !want)
				}
			}
			for state, want := range tc.reverted {
				if m.Reverted(as(state)) != want {
					t.Errorf("with the state %q it is reverted: %t", state, !want)
				}
			}
		})
	}
	if !Rebuild().Workflow() {
		t.Error("a rebuild is one request")
	}
}
