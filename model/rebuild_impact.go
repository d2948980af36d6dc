package model

import "cmp"

// Impact is one thing that a rebuild changes or loses. Text is one line and may
// quote the server.
type Impact struct {
	Kind    ImpactKind
	Warning bool // the user may regret it
	Text    string
}

// ImpactKind is a kind of [Impact].
type ImpactKind string

// The kinds.
const (
	ImpactID            ImpactKind = "id"             // always: id and creation time change
	ImpactRegions       ImpactKind = "regions"        // a create takes one region only
	ImpactDefaultRegion ImpactKind = "default region" // the recipe names no region
	ImpactLastUsed      ImpactKind = "last used"      // the new snapshot counts as never used
	ImpactActivates     ImpactKind = "activates"      // it is inactive now
	ImpactCached        ImpactKind = "cached"         // an active same-ref snapshot serves it
	ImpactSameRef       ImpactKind = "same ref"       // an image can lose its copy on the runner
	ImpactTag           ImpactKind = "tag"            // the tag is resolved again
	ImpactEntrypoint    ImpactKind = "entrypoint"     // sent as listed, even if it is the image's
	ImpactBuildContext  ImpactKind = "build context"  // uploaded files may have expired
	ImpactGeneral       ImpactKind = "general"        // a general snapshot answers in between
	ImpactGPU           ImpactKind = "gpu"            // refused while no GPU is free
	ImpactDefaults      ImpactKind = "defaults"       // the server did not list the resources
	ImpactComment       ImpactKind = "comment"        // added to the Dockerfile
	ImpactUnchecked     ImpactKind = "unchecked"      // known only once the server is asked
)

// BulkText follows the number of snapshots in the confirmation of a bulk rebuild, as
// in "12 lose regions".
func (k ImpactKind) BulkText() string {
	texts := map[ImpactKind]string{
		ImpactID:            "get a new id and a new time of creation",
		ImpactRegions:       "lose regions: the API creates in one region",
		ImpactDefaultRegion: "are in no region of the organization and are created in the default one",
		ImpactLastUsed:      "lose the time of their last use and count as never used",
		ImpactActivates:     "are inactive now and will be active",
		ImpactCached:        "have an active twin: nothing is built, its cache serves them",
		ImpactSameRef:       "have a twin: a rebuild has been seen to cost the image its copy on the runner",
		ImpactTag:           "are made from a tag that is looked up again and may mean another image now",
		ImpactEntrypoint:    "have an entrypoint that is sent as it is, also where it came from the image",
		ImpactBuildContext:  "need files that were uploaded for them; the server does not tell whether it still has them",
		ImpactGeneral:       "have the name of a general snapshot, which answers for them meanwhile",
		ImpactGPU:           "have a GPU: the server refuses the create while none is free",
		ImpactDefaults:      "get the server's defaults for resources that it does not tell",
		ImpactComment:       "get a comment line in their Dockerfile",
		ImpactUnchecked:     "were not checked in all: regions, permissions or quota are not known",
	}
	return cmp.Or(texts[k], string(k))
}
