package cli

import (
	"errors"
	"testing"

	"daytona/snapdeck/model"
)

func TestFindOne(t *testing.T) {
	t.Parallel()
	const uuid = "11111111-0000-4000-8000-000000000001"
	all := []*model.Snapshot{
		{ID: uuid, Name: "one"},
		{ID: "11111111-0000-4000-8000-000000000002", Name: "two"},
		{ID: "22222222-0000-4000-8000-000000000003", Name: "general", General: true},
		{ID: "33333333-0000-4000-8000-000000000004", Name: "general"},
		{ID: "44444444-0000-4000-8000-000000000005", Name: uuid},
		{ID: "55555555-0000-4000-8000-000000000006", Name: "22222222"},
	}
	for arg, want := range map[string]string{
		"one": "one", "general": "general", "44444444": uuid,
		"11111111-0000-4000-8000-000000000002": "two", "11111111-0000-4000-8000-000000000002 ": "",
		"22222222": "22222222", // the name wins over the start of an id
		uuid:       "ambiguous", "11111111": "ambiguous", "1111111": "", "One": "", "": "",
	} {
		found, err := findOne(all, arg)
		got := ""
		switch {
		case errors.Is(err, errAmbiguous):
			got = "ambiguous"
		case err == nil:
			got = found.Name
		}
		if got != want || got == "general" && found.General {
			t.Errorf("%q: %q, want %q (%v)", arg, got, want, err)
		}
	}
}
