package header

import (
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

func TestQueryAt(t *testing.T) {
	t.Parallel()
	v := live(model.StateActive, model.StateError, model.StateBuildFailed, model.StateBuilding, "odd", "very odd")
	for width, want := range map[int]map[string]string{
		120: {"6": "", "failed": "state:failed", "2": "state:failed", "building": "state:building", "active": "state:active", "1 odd": "state:odd", "very odd": `state:"very odd"`},
		40:  {"6": "", "2 failed": "state:failed", "1 building": "state:building", "✓ 1": "state:active", "? 2": `state:odd,"very odd"`},
		33:  {"6": "", "2 failed": "state:failed", "? 2": `state:odd,"very odd"`},
	} {
		_, second := v.shown(t, width)
		for what, query := range want {
			before, _, found := strings.Cut(second, what)
			if got, ok := v.QueryAt(len([]rune(before)), width); !found || !ok || got != query {
				t.Errorf("in %d cells %q is at %d of %q and finds %q (%t), want %q", width, what, len([]rune(before)), second, got, ok, query)
			}
		}
		if got, ok := v.QueryAt(width-1, width); ok {
			t.Errorf("in %d cells the end finds %q", width, got)
		}
	}
	v.Store = nil
	if _, ok := v.QueryAt(1, 120); ok {
		t.Error("before anything was read there is a query")
	}
}
