package terminal

import (
	"cmp"
	"os"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

const (
	// quitTimeout is how long the program may take to quit.
	quitTimeout = 2 * time.Second
	// FinalWriteTimeout bounds each of the last writes, because the terminal may not
	// read: the restore sequences, and the line that says why the program ends.
	FinalWriteTimeout = 200 * time.Millisecond
	// continueDelay is how long a process that continues in the background waits for
	// another signal: "kill %1" sends TERM and CONT.
	continueDelay = 100 * time.Millisecond
)

// restoreSequences resets every mode that the program may have set. The string
// terminator at the start ends an incomplete sequence.
const restoreSequences = "\x1b\\" + ansi.ResetStyle +
	ansi.ResetModeMouseNormal + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste +
	ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable

// Signalled is the error of a program that a signal ended. A lost terminal counts as
// SIGHUP.
type Signalled struct{ Signal syscall.Signal }

// errTerminalLost is the cause when the input ends.
var errTerminalLost = Signalled{syscall.SIGHUP}

// Error names the signal.
func (e Signalled) Error() string { return "ended by signal: " + e.Signal.String() }

// ExitCode returns 128+n for signal n, as shells do.
func (e Signalled) ExitCode() int { return 128 + int(e.Signal) }

// Run runs model until it quits, restores the terminal and closes the Session. It uses the
// alternate screen unless Options.Accessible is set. It returns nil if the user quit, otherwise
// a Signalled, a *Crash, or the error of Bubble Tea. The model's commands are guarded, see
// Guard.
func (s *Session) Run(model tea.Model) error {
	_ = term.Restore(s.in.Fd(), s.savedState) // undo the raw mode of Dark before Bubble Tea saves the state
	options := []tea.ProgramOption{
		tea.WithInput(s.in),
		tea.WithOutput(s.out),
		tea.WithoutSignalHandler(),
		tea.WithFilter(s.filter),
		tea.WithReportFocus(),
		tea.WithFPS(rendererFPS),
	}
	if !s.options.Accessible {
		options = append(options, tea.WithAltScreen())
	}
	p := tea.NewProgram(&guardedModel{model: model, session: s}, options...)
	s.program.Store(p)
	s.stderr.start(s.options.StateDir)
	defer s.stderr.stop()
	s.setModes()
	s.watcher.Go(func() { s.screen.run(s.closed) })
	_, err := p.Run()
	s.resetModes()
	select {
	case <-s.ending:
		err = s.cause
	default:
		if err != nil {
			s.restoreTerminal()
		}
	}
	return cmp.Or(err, s.Close())
}

// filter handles messages before Bubble Tea does.
func (s *Session) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	msg = s.screen.filter(msg)
	switch msg.(type) {
	case tea.QuitMsg:
		s.end(nil)
	case tea.InterruptMsg:
		s.end(Signalled{syscall.SIGINT})
	case tea.SuspendMsg:
		s.suspend()
		return tea.ResumeMsg{}
	case processContinuedMsg:
		return s.repairAfterStop()
	}
	return msg
}

// end makes the program end with cause, unless it is already ending.
func (s *Session) end(cause error) {
	s.endOnce.Do(func() {
		s.cause = cause
		close(s.ending)
	})
}

// watch quits the program once end is called, and ends the process if the program does
// not quit in time.
func (s *Session) watch() {
	ending := s.ending
	var timeout <-chan time.Time
	gotSignal := false
	for {
		select {
		case sig := <-s.signals:
			if sig == sigContinue {
				go s.Send(processContinuedMsg{})
				continue
			}
			if sig == os.Interrupt && s.interruptIsForCommand() {
				continue
			}
			if gotSignal {
				s.forceExit()
				return
			}
			gotSignal = true
			s.end(signalled(sig))
		case <-ending:
			ending = nil
			if s.program.Load() == nil || !s.ownsTerminal() {
				s.forceExit()
				return
			}
			go s.Send(tea.Quit()) // blocks while Update does
			timeout = time.After(cmp.Or(s.options.QuitTimeout, quitTimeout))
		case <-timeout:
			s.forceExit()
			return
		case <-s.closed:
			return
		}
	}
}

func signalled(sig os.Signal) Signalled {
	if n, ok := sig.(syscall.Signal); ok {
		return Signalled{n}
	}
	return Signalled{syscall.SIGINT} // os.Interrupt is not a syscall.Signal on every system
}

// processContinuedMsg reports that the process continues after a stop.
type processContinuedMsg struct{}

// ownsTerminal reports whether the program uses the terminal, and not the shell that
// suspended it.
func (s *Session) ownsTerminal() bool {
	return !s.suspended.Load() && s.inForeground()
}

// isEnding reports whether the program is ending. It waits for a signal that may follow.
func (s *Session) isEnding() bool {
	select {
	case <-s.ending:
		return true
	case <-time.After(continueDelay):
		return false
	}
}

// repairAfterStop repairs the screen after kill -STOP, when the shell has changed the
// terminal. It runs in Bubble Tea's loop, so it cannot interrupt a suspend. After a
// suspend it has no effect. The ui gets the same message as after a suspend.
func (s *Session) repairAfterStop() tea.Msg {
	if !s.inForeground() && s.isEnding() {
		return nil
	}
	_, _ = term.MakeRaw(s.in.Fd()) // in the background this stops the process again
	_, _ = s.out.WriteString(ansi.HideCursor + ansi.SetModeBracketedPaste + ansi.SetModeFocusEvent)
	go s.Send(tea.ResumeMsg{})
	s.screen.Invalidate()
	return tea.ClearScreen()
}

// forceExit restores the terminal and ends the process without waiting for the program.
func (s *Session) forceExit() {
	s.out.discardWrites()
	if s.ownsTerminal() {
		s.restoreTerminal()
	}
	s.stderr.stop()
	s.options.Exit(s.cause)
}

// restoreTerminal restores the terminal regardless of its state and the program's.
func (s *Session) restoreTerminal() {
	_ = term.Restore(s.in.Fd(), s.savedState)
	if s.program.Load() == nil { // no modes are set yet
		return
	}
	sequences := restoreSequences + s.screen.leaveSequence()
	if s.modesSet.Swap(false) {
		sequences += resetSequences
	}
	s.out.forceWrite(sequences, FinalWriteTimeout)
}

// wakeReader makes the terminal send a reply, so that Bubble Tea calls Read, which
// returns the pending input: Bubble Tea polls the descriptor first.
func (s *Session) wakeReader() {
	if len(s.in.pending) == 0 || !s.in.replies.done {
		return
	}
	_, _ = s.out.WriteString(ansi.RequestPrimaryDeviceAttributes)
}
