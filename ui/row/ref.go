package row

import (
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const (
	ellipsis = "…"
	// minDigits is the minimum length of a digest.
	minDigits = 16
	// briefDigits is how many digits identify a digest if there is no width to fill.
	briefDigits = 12
)

// source returns what a snapshot was made from: image, ref or sandbox.
func source(s *model.Snapshot) string { return originOf(s).shown() }

// briefSource returns the source with the start of a digest only.
func briefSource(s *model.Snapshot) string {
	o := originOf(s)
	shown := o.shown()
	if !o.digest {
		return shown
	}
	return shown[:o.digits-o.from+briefDigits] + ellipsis
}

// origin is an image or a ref and the part of it that tells it from others, [from, to).
type origin struct {
	whole    string
	from, to int
	digits   int  // where the digest begins
	digest   bool // it ends with a digest
}

func (o origin) shown() string { return o.whole[o.from:o.to] }

func originOf(s *model.Snapshot) origin {
	switch {
	case s.ImageName.Value != "":
		return distinctive(s.ImageName.Value)
	case s.Ref.Value != "":
		return distinctive(s.Ref.Value)
	case s.Build().SnapshotRef.Value != "":
		return distinctive(s.Build().SnapshotRef.Value)
	case s.SourceSandboxID.Value != "":
		whole := "taken from sandbox " + s.SourceSandboxID.Value
		return origin{whole: whole, to: len(whole)}
	default:
		return origin{whole: none, to: len(none)}
	}
}

// distinctive finds the part of an image or a ref that tells it from others. Of what
// Daytona built this is the digest, since registry, project, prefix and tag are always the
// same; of an image with a digest, its last name and that; of others, all but the default
// registry.
func distinctive(ref string) origin {
	const prefix, tag, algorithm = "daytona-", ":daytona", "@sha256:"
	o := origin{whole: ref, to: len(ref)}
	base := strings.LastIndexByte(ref, '/') + 1
	if rest, built := strings.CutPrefix(ref[base:], prefix); built {
		end := len(ref) - len(rest) + hexDigits(rest)
		if hexDigits(rest) >= minDigits && (end == len(ref) || ref[end:] == tag) {
			o.from, o.to, o.digest = base+len(prefix), end, true
			o.digits = o.from
			return o
		}
	}
	if at := strings.Index(ref[base:], algorithm); at >= 0 && hexDigits(ref[base+at+len(algorithm):]) >= minDigits {
		o.from, o.digits, o.digest = base, base+at+len(algorithm), true
		return o
	}
	for _, registry := range []string{"docker.io/library/", "docker.io/"} {
		if strings.HasPrefix(ref, registry) && len(ref) > len(registry) {
			o.from = len(registry)
			break
		}
	}
	return o
}

// hexDigits returns how many hexadecimal digits a text begins with.
func hexDigits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789abcdef")) }

// sourceLine returns the image or ref in at most width cells, with the matched letters
// highlighted, and the number of snapshots with the same ref if there are several.
func (v *ViewState) sourceLine(s *model.Snapshot, width int) text.Line {
	var shared text.Line
	if n := v.Data.Store.RefCount(s); n > 1 {
		shared = text.Sprintf("  ⧉ %d", n).As(theme.Dim)
	}
	o := originOf(s)
	if width == unlimited && o.digest {
		width = o.digits - o.from + briefDigits + 1 + shared.Width()
	}
	all := v.sourceMatches(s)
	if !o.digest && len(all) > 0 && all[0] < o.from {
		o.from = 0 // the registry is what matched
	}
	var matched []int
	for _, at := range all {
		if at >= o.from && at < o.to {
			matched = append(matched, at-o.from)
		}
	}
	line := text.Styled(o.shown(), theme.Dim, matched)
	return text.Join(o.cut(line, matched, max(width-shared.Width(), 1)), shared)
}

// sourceMatches returns the offsets of the letters that the filter matched in what
// [originOf] returns.
func (v *ViewState) sourceMatches(s *model.Snapshot) []int {
	switch {
	case s.ImageName.Value != "":
		return v.Query.Matches(s, query.Image)
	case s.Ref.Value != "":
		return v.Query.Matches(s, query.Ref)
	default:
		return nil
	}
}

// cut shortens the line to the width: to the first digits of a digest, which is how it is
// named elsewhere, and to the end of an image, where its name and tag are. It keeps the
// first matched letters.
func (o origin) cut(line text.Line, matched []int, width int) text.Line {
	if line.Width() <= width {
		return line
	}
	if !o.digest {
		if hidden := line.Width() - width + 1; len(matched) > 0 && matched[0] < hidden {
			return line.Cut(width, text.CutMiddle)
		}
		return line.Cut(width, text.CutStart)
	}
	if len(matched) > 0 && matched[0] >= width-1 {
		rest := text.Join(text.Lit(ellipsis).As(theme.Dim), line.Slice(matched[0], line.Width()))
		return rest.Cut(width, text.CutEnd)
	}
	return line.Cut(width, text.CutEnd)
}
