package row

import (
	"testing"

	"daytona/snapdeck/model"
)

// A number fits into its column: one that is cut could be read as a smaller one.
func TestNumbersAreNotCut(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64][2]string{ // as a size, as a number
		0:         {"0.00", "0"},
		0.0012:    {"0.0012", "0.0012"},
		1.825:     {"1.82", "1.825"},
		512.5:     {"512.50", "512.5"},
		999.996:   {"1000", "999.996"},
		12345.6:   {"12346", "12346"},
		99999.7:   {"100000", "1e5"},
		100_000:   {"100000", "1e5"},
		999_999.7: {"1e6", "1e6"},
		1e300:     {"1e300", "1e300"},
		-1e9:      {"-1e9", "-1e9"},
	} {
		if got := SizeText(model.Some(v)).String(); got != want[0] {
			t.Errorf("size %v is %q, want %q", v, got, want[0])
		}
		if got := NumberText(model.Some(v)).String(); got != want[1] {
			t.Errorf("number %v is %q, want %q", v, got, want[1])
		}
	}
}
