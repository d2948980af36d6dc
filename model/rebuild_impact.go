package model

import (
	"cmp"
	"strings"
)

// Impact is one thing that a rebuild changes or loses. Text is one line and may
// quote the server.
type Impact struct {
	Kind    ImpactKind
	Warning bool // shown as a warning
	Text    string
}

// ImpactKind is the kind of an [Impact].
type ImpactKind string

// The kinds of impact.
const (
	ImpactID            ImpactKind = "id"             // always: id and creation time change
	ImpactRegions       ImpactKind = "regions"        // a create request has one region only
	ImpactDefaultRegion ImpactKind = "default region" // the recipe has no region
	ImpactLastUsed      ImpactKind = "last used"      // the new snapshot counts as never used
	ImpactActivates     ImpactKind = "activates"      // it is inactive now
	ImpactCached        ImpactKind = "cached"         // served from the cache of an active same-ref snapshot
	ImpactSameRef       ImpactKind = "same ref"       // an image can lose its copy on the runner
	ImpactTag           ImpactKind = "tag"            // the tag is resolved again
	ImpactEntrypoint    ImpactKind = "entrypoint"     // sent as listed, even if it is the image's
	ImpactBuildContext  ImpactKind = "build context"  // uploaded files may have expired
	ImpactGeneral       ImpactKind = "general"        // a general snapshot has the name in between
	ImpactGPU           ImpactKind = "gpu"            // refused while no GPU is free
	ImpactDefaults      ImpactKind = "defaults"       // the server did not list the resources
	ImpactComment       ImpactKind = "comment"        // added to the Dockerfile
	ImpactServerCheck   ImpactKind = "server check"   // what the server check does not prove
	ImpactUnchecked     ImpactKind = "unchecked"      // known only after asking the server
)

// BulkText follows the number of snapshots in the confirmation of a bulk rebuild, as
// in "12 lose regions" and "1 loses regions".
func (k ImpactKind) BulkText(n int) string {
	texts := map[ImpactKind]string{
		ImpactID:            "get a new id and creation time",
		ImpactRegions:       "lose regions: the API creates in one region only",
		ImpactDefaultRegion: "are in no region of the organization: created in the default region",
		ImpactLastUsed:      "get their last-used time reset",
		ImpactActivates:     "are inactive now, active afterwards",
		ImpactCached:        "have the same ref as an active one: served from cache, no build",
		ImpactSameRef:       "share their ref: the image may lose its copy on the runner",
		ImpactTag:           "use a tag that is resolved again and may point to another image",
		ImpactEntrypoint:    "get their entrypoint explicitly, even if it came from the image",
		ImpactBuildContext:  "use an uploaded build context, which may have expired",
		ImpactGeneral:       "have the name of a general snapshot, which is used until the new one exists",
		ImpactGPU:           "need a free GPU, or the server refuses the create",
		ImpactDefaults:      "have unknown resources: set to the server's default",
		ImpactComment:       "get a comment in their Dockerfile",
		ImpactServerCheck:   "are checked with the server first, one at a time: this proves neither image nor uploaded context",
		ImpactUnchecked:     "were not fully checked: regions, permissions or quota unknown",
	}
	many, known := texts[k]
	if n != 1 || !known {
		return cmp.Or(many, string(k))
	}
	verb, rest, _ := strings.Cut(many, " ")
	irregular := map[string]string{"are": "is", "have": "has", "were": "was"}
	return cmp.Or(irregular[verb], verb+"s") + " " + strings.ReplaceAll(rest, "their", "its")
}
