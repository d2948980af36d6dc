package cli

import (
	"encoding/json"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/ui"
)

// actionLogFile is the file that every action is added to, a line of JSON each.
const actionLogFile = "actions.jsonl"

// newRecorder writes actions to the log in the folder. The folder is only made when
// there is something to write: looking at snapshots leaves no trace.
func newRecorder(dir string) func(ui.ActionRecord) error {
	return func(record ui.ActionRecord) error {
		line, err := json.Marshal(record)
		if err != nil {
			return err
		}
		folder, err := durable.Open(dir)
		if err != nil {
			return err
		}
		return folder.Append(actionLogFile, inertJSON(line)) // it is read with cat
	}
}
