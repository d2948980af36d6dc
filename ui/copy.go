package ui

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/text"
)

// copiedMsg: something was copied, or could not be.
type copiedMsg struct {
	what string
	how  string // which clipboard took it
	err  error
}

// openedMsg: the web dashboard was opened, or could not be.
type openedMsg struct {
	url string
	err error
}

// copyable is one thing of a snapshot that can be copied, exactly as it is.
type copyable struct {
	what  string
	value string
}

// copyables are all that the snapshot has to copy.
func (a *App) copyables(s *model.Snapshot) []copyable {
	all := []copyable{
		{"name", s.Name}, {"id", s.ID}, {"ref", s.Ref.Value}, {"image", s.ImageName.Value},
		{"Dockerfile", s.BuildInfo.Value.DockerfileContent.Value}, a.topLine(s), {"error", s.ErrorReason.Value},
		{"JSON", string(s.Raw)}, {"curl", a.curlCommand(s)}, {"vendor CLI", cliCommand(s)},
	}
	var some []copyable
	for _, c := range all {
		if c.value != "" {
			some = append(some, c)
		}
	}
	return some
}

// topLine is the line of the Dockerfile at the top of the screen, where that is
// what is shown: scroll to a line, or search it, to copy it alone.
func (a *App) topLine(s *model.Snapshot) copyable {
	file, ok := s.Dockerfile()
	if !ok || a.detail.tabs[a.detail.open].Name != inspect.TabDockerfile {
		return copyable{}
	}
	first, _, _ := a.detail.pager.Position()
	for i := range strings.SplitSeq(file, "\n") {
		if first--; first <= 0 {
			return copyable{"top line", i}
		}
	}
	return copyable{}
}

// copyName copies what is asked for most.
func (a *App) copyName() tea.Cmd { return a.copyValue(copyable{"name", a.selected().Name}) }

func (a *App) openCopyMenu() tea.Cmd {
	m := dialog.NewMenu(text.Lit("Copy"))
	for _, c := range a.copyables(a.selected()) {
		m.Add(dialog.Choice{
			Label:  text.Cell(c.what).As(theme.Text),
			Note:   text.Cell(c.value).As(theme.Text).Cut(26, text.CutMiddle).Plain(),
			Choose: func() tea.Cmd { return a.copyValue(c) },
		}, false)
	}
	return a.push(m)
}

func refuseCopy(a *App) string {
	if a.options.Copy == nil {
		return "there is no clipboard here"
	}
	return refuseWithoutSnapshot(a)
}

func (a *App) copyValue(c copyable) tea.Cmd {
	write := a.options.Copy
	return a.work(callDeadline, func(context.Context) tea.Msg {
		how, err := write(c.value)
		return copiedMsg{what: c.what + noteOn(c.value), how: how, err: err}
	})
}

// noteOn says what is special about a copied text: a paste of several lines runs
// them in many a shell, and escapes can do worse.
func noteOn(value string) string {
	lines := strings.Count(strings.TrimSuffix(value, "\n"), "\n") + 1
	note := ""
	if lines > 1 {
		note = fmt.Sprintf(", %d lines", lines)
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }) {
		note += ", with control characters in it"
	}
	return note
}

func (msg copiedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.Show(dialog.Failed, "the "+msg.what+" was not copied: "+msg.err.Error(), a.now)
		return nil
	}
	a.toast.Show(dialog.Info, "copied the "+msg.what+" · "+msg.how, a.now)
	return nil
}

// curlCommand asks for the snapshot, with the key left to the environment.
func (a *App) curlCommand(s *model.Snapshot) string {
	address := strings.TrimSuffix(a.options.APIURL, "/") + model.SnapshotPath(s.ID)
	return `curl -sS -H "Authorization: Bearer $DAYTONA_API_KEY" ` + text.ShellWord(address)
}

// cliCommand is how the vendor's CLI would create the snapshot again, "" where it
// could not.
func cliCommand(s *model.Snapshot) string {
	words := []string{"daytona", "snapshot", "create", text.ShellWord(s.Name)}
	switch {
	case s.ImageName.Value != "":
		words = append(words, "--image", text.ShellWord(s.ImageName.Value))
	case s.BuildInfo.Value.DockerfileContent.Value != "":
		words = append(words, "--dockerfile", "Dockerfile")
	default:
		return ""
	}
	for _, resource := range []struct {
		flag  string
		value model.Optional[float64]
	}{{"--cpu", s.CPU}, {"--memory", s.Mem}, {"--disk", s.Disk}} {
		if v, ok := resource.value.Get(); ok && v > 0 {
			words = append(words, resource.flag, strconv.FormatFloat(v, 'f', -1, 64))
		}
	}
	if len(s.RegionIDs.Value) > 0 {
		words = append(words, "--region", text.ShellWord(s.RegionIDs.Value[0]))
	}
	return strings.Join(words, " ")
}

// refuseOpen says why the snapshot cannot be shown in a browser.
func refuseOpen(a *App) string {
	switch {
	case a.options.Open == nil:
		return "no browser can be opened here"
	case a.state.server.DashboardURL == "":
		return "the server does not tell where its web page is"
	default:
		return refuseWithoutSnapshot(a)
	}
}

// openInBrowser shows the snapshot on the vendor's page.
func (a *App) openInBrowser() tea.Cmd {
	address := strings.TrimSuffix(a.state.server.DashboardURL, "/") + "/snapshots?snapshotId=" + url.QueryEscape(a.selected().ID)
	open := a.options.Open
	return a.work(callDeadline, func(context.Context) tea.Msg { return openedMsg{url: address, err: open(address)} })
}

func (msg openedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.Show(dialog.Failed, "could not open "+msg.url+": "+msg.err.Error(), a.now)
		return nil
	}
	a.toast.Show(dialog.Info, "opened "+msg.url, a.now)
	return nil
}
