// Package inspect shows a snapshot as text: the tabs of the details.
package inspect

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Tab is one view of a snapshot.
type Tab struct {
	Name        string
	Short       string // the name if there is little room, "" for Name
	Live        bool   // shows times, so it changes every second
	LineNumbers bool
	LogRows     func(height int) int // number of lines of a running build's log; nil for none
	Show        func(*Renderer, Input) pager.Source
}

// TabDockerfile is the name of the tab with the Dockerfile.
const TabDockerfile = "Dockerfile"

// TabHistory is the name of the tab with the changes and the audit log.
const TabHistory = "History"

// Tabs returns all tabs in order.
func Tabs() []Tab {
	return []Tab{
		{Name: "Overview", Short: "Over", Live: true, LogRows: func(int) int { return minLogRows }, Show: overviewTab},
		{Name: TabDockerfile, Short: "File", LineNumbers: true, Show: dockerfileTab},
		{Name: "Build", Live: true, LogRows: func(height int) int { return max(height/2, minLogRows) }, Show: buildTab},
		{Name: "Regions", Short: "Reg", Show: regionsTab},
		{Name: TabHistory, Short: "Hist", Live: true, Show: historyTab},
		{Name: "JSON", Show: jsonTab},
		{Name: TabSandboxes, Short: "Boxes", Live: true, Show: sandboxesTab},
	}
}

const minLogRows = 6

// Input is what a tab shows.
type Input struct {
	View     *row.ViewState
	Snapshot *model.Snapshot
	Width    int
	Log      Log
	LogKey   string // the key that opens the build log
	UseKey   string // the key that asks which sandboxes use it
	Audit    *Audit // nil if it cannot be read
}

// Log is the end of the log of a running build.
type Log struct {
	Lines []text.Line // [Tab.LogRows] lines
	Note  text.Line   // such as "live"
}

// Renderer renders snapshots as text. It caches the highlighted Dockerfile and the unknown
// properties of the last snapshot.
type Renderer struct {
	highlighter highlighter
	file        dockerfile
	snapshot    *model.Snapshot // that has the unknown properties
	unknown     []model.Property
}

// NewRenderer returns a Renderer.
func NewRenderer() *Renderer { return &Renderer{highlighter: newHighlighter()} }
