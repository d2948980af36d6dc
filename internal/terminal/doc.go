// Package terminal is everything between the program and the real terminal.
//
// A terminal is borrowed: the program switches it to raw mode, the alternate
// screen, bracketed paste and focus reports, and owes all of it back however
// it ends. Bubble Tea gives it back when its own loop ends by itself, and not
// when the terminal is closed, when a signal meets a blocked Update or a
// terminal that does not read, or when a goroutine panics. So the loan has an
// owner of its own, the Session:
//
//	s, err := terminal.Open(terminal.Options{In: os.Stdin, Out: os.Stdout})
//	...                        // the state of the terminal is saved, signals are ours
//	dark := s.Dark()           // the one question, at most 200 ms
//	err = s.Run(app)           // alternate screen, the program, and back
//
// Whatever wants the program to end, be it a key, a signal, a lost terminal or
// a panic, becomes the cause (the first one counts) and closes one channel.
// One goroutine watches it:
//
//	key q, ctrl+c ──┐
//	INT TERM HUP ───┤                       ┌─ program ends ──────> Run returns the cause
//	EOF of input ───┼─> end(cause) ─> quit ─┤
//	panic ──────────┘                       └─ 2 s or 2nd signal ─> abandon: restore, exit
//
// Abandon needs nobody's help: it sets the saved state, throws away output that
// the terminal does not take, writes the sequences that switch everything off,
// and exits.
package terminal
