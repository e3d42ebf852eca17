package results

import "testing"

func TestBeyondSpreadsheets(t *testing.T) {
	short, long := File{File: "market.csv", Rows: SpreadsheetLines - 1}, File{File: "labs.csv", Rows: SpreadsheetLines}
	summary := File{File: "summary.csv", Rows: 10}
	for _, c := range []struct {
		m    Manifest
		want string
	}{
		{Manifest{Record: "quarter", Tables: []File{short, summary}}, ""}, // with its header it just fits
		{Manifest{Record: "quarter", Tables: []File{short, long, summary}},
			"A spreadsheet opens only the first 1,048,576 lines of labs.csv (1,048,576 rows): summary.csv has its " +
				"statistics, --record year writes less and R, Python and DuckDB read it whole."},
		{Manifest{Record: "year", Tables: []File{long, summary}},
			"A spreadsheet opens only the first 1,048,576 lines of labs.csv (1,048,576 rows): summary.csv has its statistics " +
				"and R, Python and DuckDB read it whole."},
		{Manifest{Record: "year", Sweep: &SweepInfo{}, Tables: []File{{File: "market.csv", Rows: 2_000_000},
			{File: "runs.csv", Rows: 1_100_000}}},
			"A spreadsheet opens only the first 1,048,576 lines of market.csv (2,000,000 rows) and runs.csv (1,100,000 " +
				"rows): --record final writes less and R, Python and DuckDB read it whole."},
		{Manifest{Record: "year", Tables: []File{{File: "labs.parquet", Rows: 5_000_000}}}, ""},
	} {
		if got := c.m.BeyondSpreadsheets(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
