package row

import "testing"

func TestRegionsTitle(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		room  int
		named bool
		want  string
	}{
		{72, false, " Regions  where each snapshot can be used · ● in the colour of its state"},
		{71, false, " Regions  where each snapshot can be used"},
		{200, true, " Regions  where each snapshot can be used"},
		{41, false, " Regions  where each snapshot can be used"},
		{40, false, " Regions"},
		{3, true, " Regions"},
	} {
		if got := RegionsTitle(tc.room, tc.named).String(); got != tc.want {
			t.Errorf("in %d cells: %q, want %q", tc.room, got, tc.want)
		}
	}
}
