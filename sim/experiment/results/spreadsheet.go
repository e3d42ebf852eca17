package results

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/scenario"
)

// SpreadsheetLines is how many lines a sheet of Excel or LibreOffice has, the header included. Of a
// longer file they open a part.
const SpreadsheetLines = 1_048_576

// BeyondSpreadsheets says which tables no spreadsheet opens whole and what to read instead, ""
// where all fit. Parquet is for programs without that bound.
func (m *Manifest) BeyondSpreadsheets() string {
	var long []string
	summary := false
	for _, t := range m.Tables {
		if strings.HasSuffix(t.File, ".csv") && t.Rows >= SpreadsheetLines {
			long = append(long, fmt.Sprintf("%s (%s rows)", t.File, quantity.Count(t.Rows)))
		}
		summary = summary || t.File == "summary.csv" && t.Rows < SpreadsheetLines
	}
	if len(long) == 0 {
		return ""
	}
	var instead []string
	if summary {
		instead = append(instead, "summary.csv has its statistics")
	}
	rarest := scenario.Recordings[0]
	if m.Sweep != nil {
		rarest = scenario.SweepRecords[0]
	}
	if m.Record != rarest {
		instead = append(instead, "--record "+rarest+" writes less")
	}
	instead = append(instead, "R, Python and DuckDB read it whole")
	return fmt.Sprintf("A spreadsheet opens only the first %s lines of %s: %s.", quantity.Count(SpreadsheetLines),
		quantity.List(long), quantity.List(instead))
}
