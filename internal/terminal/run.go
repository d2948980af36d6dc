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
	// patience is how long the program may take to end by itself.
	patience = 2 * time.Second
	// LastWords is how long an end may wait for a terminal that perhaps reads no
	// more: for the restore sequences, and for the line that says why it ends.
	LastWords = 200 * time.Millisecond
	// settle is how long a process that was continued in the background waits
	// for the signal that it was continued for: "kill %1" sends TERM and CONT.
	settle = 100 * time.Millisecond
)

// restoreSequences switches off whatever the program may have switched on. The
// string terminator at the start ends a sequence that was cut in its middle.
const restoreSequences = "\x1b\\" + ansi.ResetStyle +
	ansi.ResetModeMouseNormal + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste +
	ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable

// Signalled is the error of a program that a signal ended. A lost terminal
// counts as a hangup, whether the signal came or not.
type Signalled struct{ Signal syscall.Signal }

// errLost is the cause where the input came to its end.
var errLost = Signalled{syscall.SIGHUP}

// Error names the signal.
func (e Signalled) Error() string { return "ended by a signal: " + e.Signal.String() }

// ExitCode returns 128+n, which is what shells make of signal n.
func (e Signalled) ExitCode() int { return 128 + int(e.Signal) }

// Run shows model on the alternate screen until it quits, gives the terminal
// back and closes the Session. It returns nil where the program was quit by the
// user, else a Signalled, a *Crash, or what Bubble Tea failed with.
//
// Commands of the model are guarded, see Guard.
func (s *Session) Run(model tea.Model) error {
	_ = term.Restore(s.in.Fd(), s.saved) // Dark left it raw; Bubble Tea shall save the true state
	p := tea.NewProgram(&guardedModel{model: model, session: s},
		tea.WithInput(s.in),
		tea.WithOutput(s.out),
		tea.WithoutSignalHandler(),
		tea.WithFilter(s.filter),
		tea.WithAltScreen(),
		tea.WithReportFocus(),
	)
	s.program.Store(p)
	s.takeScreen()
	_, err := p.Run()
	s.returnScreen()
	select {
	case <-s.ending:
		err = s.cause
	default:
		if err != nil {
			s.giveBack()
		}
	}
	return cmp.Or(err, s.Close())
}

// filter sees every message before Bubble Tea does.
func (s *Session) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.QuitMsg:
		s.end(nil)
	case tea.InterruptMsg:
		s.end(Signalled{syscall.SIGINT})
	case tea.SuspendMsg:
		s.suspend()
		return tea.ResumeMsg{}
	case continuedMsg:
		return s.comeBack()
	}
	return msg
}

// end makes cause the reason why the program ends, unless there is one already.
func (s *Session) end(cause error) {
	s.first.Do(func() {
		s.cause = cause
		close(s.ending)
	})
}

// watch makes the program end once there is a cause, and ends the process if
// the program does not.
func (s *Session) watch() {
	ending := s.ending
	var overdue <-chan time.Time
	impatient := false // the next signal is the second one
	for {
		select {
		case sig := <-s.signals:
			if sig == continued {
				go s.Send(continuedMsg{})
				continue
			}
			if sig == os.Interrupt && s.lent() {
				continue
			}
			if impatient {
				s.abandon()
				return
			}
			impatient = true
			s.end(signalled(sig))
		case <-ending:
			ending = nil
			if s.program.Load() == nil || !s.ours() {
				s.abandon()
				return
			}
			go s.Send(tea.Quit()) // waits for a blocked Update
			overdue = time.After(patience)
		case <-overdue:
			s.abandon()
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
	return Signalled{syscall.SIGINT} // os.Interrupt, where it is not a syscall.Signal
}

// continuedMsg says that the process was stopped and is continued.
type continuedMsg struct{}

// ours reports whether the terminal is the program's, and not that of a shell
// from which it was stopped.
func (s *Session) ours() bool {
	return !s.released.Load() && s.foreground()
}

// dying reports whether the program is about to end.
func (s *Session) dying() bool {
	select {
	case <-s.ending:
		return true
	case <-time.After(settle):
		return false
	}
}

// comeBack repairs the screen after the process was stopped behind our back
// (kill -STOP): the shell that ran in between has set the terminal for itself.
// It runs in Bubble Tea's loop, so that it cannot meet a suspend half way; after
// one it repeats what was just done. The ui hears of it as it does of a suspend.
func (s *Session) comeBack() tea.Msg {
	if !s.foreground() && s.dying() {
		return nil
	}
	_, _ = term.MakeRaw(s.in.Fd()) // in the background this stops the process again
	_, _ = s.out.WriteString(ansi.HideCursor + ansi.SetModeBracketedPaste + ansi.SetModeFocusEvent)
	go s.Send(tea.ResumeMsg{})
	return tea.ClearScreen()
}

// abandon ends the process without the program's help.
func (s *Session) abandon() {
	s.out.silence()
	if s.ours() {
		s.giveBack()
	}
	s.options.Exit(s.cause)
}

// giveBack restores the terminal whatever state it and the program are in.
func (s *Session) giveBack() {
	_ = term.Restore(s.in.Fd(), s.saved)
	if s.program.Load() == nil { // nothing was switched on
		return
	}
	sequences := restoreSequences
	if s.taken.Swap(false) {
		sequences += returnSequences
	}
	s.out.force(sequences, LastWords)
}

// nudge makes a terminal that answers send something, so that Bubble Tea reads
// what was typed ahead; it waits for the descriptor before it looks.
func (s *Session) nudge() {
	if len(s.in.ahead) == 0 || !s.in.answers.fenced {
		return
	}
	s.in.until = time.Now().Add(answerWindow)
	_, _ = s.out.WriteString(ansi.RequestPrimaryDeviceAttributes)
}
