package background

// RestoreTerm does nothing: Lip Gloss does not query a Windows console, and TERM may be
// that of a shell like Git Bash.
func RestoreTerm() {}
