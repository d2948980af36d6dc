package cli

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"

	"daytona/snapdeck/model"
)

// csvColumns are the API's properties of a snapshot, with a dot before those of
// buildInfo. Scripts rely on the order: append new ones.
var csvColumns = []string{
	"id", "name", "state", "errorReason",
	"general", "organizationId",
	"imageName", "ref", "entrypoint",
	"size", "cpu", "gpu", "gpuType", "mem", "disk",
	"regionIds", "initialRunnerId", "sandboxClass", "sourceSandboxId",
	"createdAt", "updatedAt", "lastUsedAt",
	"buildInfo.snapshotRef", "buildInfo.createdAt", "buildInfo.updatedAt", "buildInfo.contextHashes", "buildInfo.dockerfileContent",
}

// writeCSV writes the values exactly as the server sent them: strings without quotes,
// lists as JSON, null and missing values as "".
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

// propertiesOf returns the JSON values of a snapshot by column.
func propertiesOf(s *model.Snapshot) map[string]json.RawMessage {
	const build = "buildInfo"
	var properties, inner map[string]json.RawMessage
	if json.Unmarshal([]byte(s.Raw.String()), &properties) != nil {
		return nil // cannot happen: s was decoded from it
	}
	if json.Unmarshal(properties[build], &inner) == nil {
		for name, value := range inner {
			properties[build+"."+name] = value
		}
	}
	return properties
}

// csvValue converts a JSON value to a cell.
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

// escapeFormula prevents a spreadsheet from evaluating s: it prefixes an apostrophe if s
// starts like a formula.
// https://owasp.org/www-community/attacks/CSV_Injection
func escapeFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
