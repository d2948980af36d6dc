package inspect

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// buildTab shows how the snapshot was built.
func buildTab(r *Renderer, in Input) pager.Source {
	p, s := &page{Input: in}, in.Snapshot
	p.logRows()
	building := len(p.lines) > 0
	if building {
		p.gap()
	}
	p.buildRows(r)
	p.errorRows()
	if _, ok := s.BuildInfo.Get(); ok && !building {
		p.gap()
		p.lines = append(p.lines, text.Join(text.Cell(in.LogKey).As(theme.Key), text.Lit(" open log").As(theme.Dim)))
	}
	return pager.Lines(p.lines)
}

// buildRows shows what is known about the build.
func (p *page) buildRows(r *Renderer) {
	s := p.Snapshot
	info, ok := s.BuildInfo.Get()
	if !ok {
		p.field(text.Lit("build"), text.Lit("none · this snapshot is not built from a Dockerfile").As(theme.Dim))
	} else {
		p.field(text.Lit("snapshot ref"), optional(info.SnapshotRef, plainText))
		p.refRow(info)
		p.field(text.Lit("created"), p.time(info.CreatedAt))
		p.field(text.Lit("updated"), p.time(info.UpdatedAt))
		p.field(text.Lit("dockerfile"), optional(info.DockerfileContent, func(model.JSONText) text.Line {
			r.hasDockerfile(s)
			return r.file.length().As(theme.Text)
		}))
		p.contextRows(info)
	}
}

// refRow shows whether the ref is the hash of the Dockerfile. If it is not, the server built
// something else.
func (p *page) refRow(info *model.BuildInfo) {
	expected, ok := info.ExpectedRef()
	ref, sent := info.SnapshotRef.Get()
	switch {
	case !ok || !sent:
	case ref == expected:
		p.field(text.Safe{}, text.Lit("the hash of the Dockerfile and context shown here").As(theme.Dim))
	default:
		p.field(text.Safe{}, text.Lit("not the hash of the Dockerfile and context shown here").As(theme.Warning))
	}
}

// contextRows lists the hashes of the build context. It distinguishes null from an empty
// list.
func (p *page) contextRows(info *model.BuildInfo) {
	hashes, ok := info.ContextHashes.Get()
	switch {
	case !ok:
		p.field(text.Lit("context"), missing(info.ContextHashes.Presence))
	case len(hashes) == 0:
		p.field(text.Lit("context"), text.Lit("empty").As(theme.Dim))
	}
	for i, hash := range hashes {
		label := text.Safe{}
		if i == 0 {
			label = text.Lit("context")
		}
		p.field(label, plainText(hash))
	}
}

// logRows shows the end of the running build's log. The number of rows is constant, so that
// the rows below do not move.
func (p *page) logRows() {
	built := p.View.Building(p.Snapshot)
	if built == nil || p.LogKey == "" {
		return
	}
	note := p.Log.Note
	if built.Name != p.Snapshot.Name {
		note = text.Join(text.Styled(built.Name, theme.Dim, nil), text.Lit(" · ").As(theme.Dim), note)
	}
	if len(p.lines) > 0 {
		p.gap()
	}
	key := text.Join(text.Lit(" · ").As(theme.Dim), text.Cell(p.LogKey).As(theme.Key), text.Lit(" open log").As(theme.Dim))
	head := text.Join(text.Lit("BUILD LOG  ").As(theme.Dim), note)
	p.lines = append(p.lines, text.Join(head.Cut(max(p.Width-key.Width(), 1), text.CutEnd), key))
	for _, line := range p.Log.Lines {
		p.lines = append(p.lines, text.Join(text.Lit("  ").As(theme.Text), line))
	}
}
