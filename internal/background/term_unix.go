//go:build !windows

package background

import "os"

const termVariable = "TERM"

// realTerm is TERM as the process got it.
var realTerm, termIsSet = os.LookupEnv(termVariable)

func init() {
	_ = os.Setenv(termVariable, "dumb")
}

// RestoreTerm sets TERM to its real value. It is the first call of main.
func RestoreTerm() {
	if termIsSet {
		_ = os.Setenv(termVariable, realTerm)
	} else {
		_ = os.Unsetenv(termVariable)
	}
}
