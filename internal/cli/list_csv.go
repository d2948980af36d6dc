package cli

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"

	"daytona/snapdeck/model"
)

// csvColumns are the properties of a snapshot as the API names them; those of
// its buildInfo after a dot. Scripts rely on them: a new one goes to the end.
var csvColumns = []string{
	"id", "name", "state", "errorReason",
	"general", "organizationId",
	"imageName", "ref", "entrypoint",
	"size", "cpu", "gpu", "gpuType", "mem", "disk",
	"regionIds", "initialRunnerId", "sandboxClass", "sourceSandboxId",
	"createdAt", "updatedAt", "lastUsedAt",
	"buildInfo.snapshotRef", "buildInfo.createdAt", "buildInfo.updatedAt", "buildInfo.contextHashes", "buildInfo.dockerfileContent",
}

// writeCSV writes the values that the server sent, to the digit: texts without
// their quotes, lists as JSON, null and what is absent as nothing.
func writeCSV(w io.Writer, s *listOutput) error {
	out := csv.NewWriter(w)
	if err := out.Write(csvColumns); err != nil {
		return err
	}
	record := make([]string, len(csvColumns))
	for _, row := range s.rows {
		properties := propertiesOf(row)
		for i, column := range csvColumns {
			record[i] = s.inertOnTerminal(csvValue(properties[column]))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// propertiesOf are the properties of the JSON by the names of their columns.
func propertiesOf(s *model.Snapshot) map[string]json.RawMessage {
	const build = "buildInfo"
	var properties, inner map[string]json.RawMessage
	if json.Unmarshal(s.Raw, &properties) != nil {
		return nil // no snapshot: it would not have been decoded
	}
	if json.Unmarshal(properties[build], &inner) == nil {
		for name, value := range inner {
			properties[build+"."+name] = value
		}
	}
	return properties
}

// csvValue is a JSON value as a cell.
func csvValue(raw json.RawMessage) string {
	var s string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &s) == nil:
		return escapeFormula(s)
	default:
		return string(raw)
	}
}

// escapeFormula keeps a spreadsheet from running a text: one that begins like a
// formula gets an apostrophe in front.
// https://owasp.org/www-community/attacks/CSV_Injection
func escapeFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
