package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/table"
	"simulate/sim/table/formats"
)

// folder runs two tiny cases into a folder, of which nobody may write a file but the test.
func folder(t *testing.T) *Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "two cases")
	spec := run.Spec{Out: dir}
	for _, name := range []string{"base", "shock"} {
		spec.Scenarios = append(spec.Scenarios, tiny.Load(t, name))
	}
	if _, err := run.Run(context.Background(), spec); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Every table is a resource with its checksum, every column a field with a type that its cells
// have.
func TestDataPackage(t *testing.T) {
	f := folder(t)
	text, err := f.DataPackage(Terms{Author: "Ada Lovelace (0000-0002-1825-0097)"})
	if err != nil {
		t.Fatal(err)
	}
	var p dataPackage
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Resources) != len(f.Manifest.Tables) || p.Licences[0].Name != "CC-BY-4.0" ||
		p.Authors[0].Title != "Ada Lovelace" {
		t.Errorf("%d resources, %+v, %+v", len(p.Resources), p.Licences, p.Authors)
	}
	for _, r := range p.Resources {
		content, err := os.ReadFile(filepath.Join(f.Dir, r.Path))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(content); r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes != int64(len(content)) {
			t.Errorf("%s: hash %s of %d bytes", r.Path, r.Hash, r.Bytes)
		}
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range r.Schema.Fields {
			if c.Name != rows[0][i] {
				t.Errorf("%s: field %d is %s, not %s", r.Path, i, c.Name, rows[0][i])
			}
			if c.Name == "date" && c.Type != "date" || c.Name == "replication" && c.Type != "integer" {
				t.Errorf("%s: %s has type %s", r.Path, c.Name, c.Type)
			}
			if c.Description == "" {
				t.Errorf("%s: %s has no description", r.Path, c.Name)
			}
		}
	}
}

// The requirements of RO-Crate 1.1 hold: descriptor, root data set with name, description, date and
// licence, every file an entity, every reference to an entity of the crate or to the web.
func TestCrate(t *testing.T) {
	f := folder(t)
	if _, err := f.Crate(Terms{}); err == nil || !strings.Contains(err.Error(), "--author") {
		t.Errorf("without an author: %v", err)
	}
	text, err := f.Crate(Terms{Author: "Ada Lovelace", Licence: "CC0-1.0"})
	if err != nil {
		t.Fatal(err)
	}
	var crate struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(text, &crate); err != nil {
		t.Fatal(err)
	}
	of := map[string]map[string]any{}
	for _, e := range crate.Graph {
		id, _ := e["@id"].(string)
		if id == "" || e["@type"] == nil || of[id] != nil {
			t.Errorf("entity %v has no id or type, or stands twice", e)
		}
		of[id] = e
	}
	id := func(v any) string { m, _ := v.(map[string]any); s, _ := m["@id"].(string); return s }
	descriptor, root := of[CrateName], of["./"]
	if crate.Context != "https://w3id.org/ro/crate/1.1/context" || id(descriptor["about"]) != "./" ||
		id(descriptor["conformsTo"]) != "https://w3id.org/ro/crate/1.1" || descriptor["@type"] != "CreativeWork" {
		t.Errorf("descriptor %v", descriptor)
	}
	for _, key := range []string{"name", "description", "datePublished", "license", "author", "hasPart"} {
		if root[key] == nil || root[key] == "" {
			t.Errorf("the root data set has no %s", key)
		}
	}
	if root["@type"] != "Dataset" || of[id(root["license"])]["name"] != "CC0-1.0" ||
		of[id(root["author"])]["name"] != "Ada Lovelace" {
		t.Errorf("root %v", root)
	}
	var parts []string
	for _, p := range root["hasPart"].([]any) {
		parts = append(parts, id(p))
		if e := of[id(p)]; e["@type"] != "File" || e["name"] == nil {
			t.Errorf("%s is no file entity: %v", id(p), e)
		}
	}
	files, _ := f.files()
	if !slices.Equal(parts, files) || !slices.Contains(parts, "market.csv") || !slices.Contains(parts, "manifest.json") {
		t.Errorf("parts %v, files %v", parts, files)
	}
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case []any:
			for _, y := range x {
				walk(y)
			}
		case map[string]any:
			if len(x) == 1 && id(x) != "" && of[id(x)] == nil && !strings.HasPrefix(id(x), "https://w3id.org/") {
				t.Errorf("%s is referred to and is no entity", id(x))
			}
			for _, y := range x {
				walk(y)
			}
		}
	}
	for _, e := range crate.Graph {
		walk(e)
	}
}

// A row per case, metric and statistic, columns as the format names them, values those of the
// summary on 31 December.
func TestIAMC(t *testing.T) {
	f := folder(t)
	var b bytes.Buffer
	if err := f.IAMC(&b, []string{"hhi_sales"}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "model,scenario,region,variable,unit,2023,2024,2025" {
		t.Errorf("header %s", got)
	}
	if len(rows) != 1+2*len(statistics) {
		t.Fatalf("%d rows: %v", len(rows), rows)
	}
	summary, err := f.Table("summary")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if seen[row[1]+row[3]] {
			t.Errorf("%s of %s stands twice", row[3], row[1])
		}
		seen[row[1]+row[3]] = true
		stat := statistics[slices.IndexFunc(statistics, func(s struct{ column, words string }) bool {
			return strings.HasSuffix(row[3], "|"+s.words)
		})]
		for i, year := range []string{"2023", "2024", "2025"} {
			want := summary.Where("case", row[1]).Where("date", year+"-12-31").Where("metric", "hhi_sales").Text(stat.column)[0]
			if row[5+i] != want {
				t.Errorf("%s %s %s is %s, not %s", row[1], row[3], year, row[5+i], want)
			}
		}
	}
	if err := f.IAMC(&b, []string{"hhi_sale"}); err == nil {
		t.Error("an unknown metric is taken")
	}
}

// No two metrics have one variable, whatever the titles of figures share, and a row of a folder has
// a key of its own; lags in orders of magnitude and in months are told apart by the unit.
func TestIAMCKeysAreUnique(t *testing.T) {
	of := map[string]string{}
	for _, m := range sim.Metrics {
		v := variable(m.Name)
		if of[v] != "" {
			t.Errorf("%s and %s are both %s", of[v], m.Name, v)
		}
		of[v] = m.Name
		if m.Unit == "months" && strings.HasPrefix(m.Name, "lag_") && !strings.HasSuffix(v, "|Months") {
			t.Errorf("%s is %s", m.Name, v)
		}
	}
	var b bytes.Buffer
	if err := folder(t).IAMC(&b, nil); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		key := strings.Join(row[:4], ";")
		if seen[key] {
			t.Errorf("%s stands twice", key)
		}
		seen[key] = true
	}
}

// A point of a sweep is called by what varies, one with the values of another by its number too;
// the rows are those of its number in the summary.
func TestIAMCNamesPointsByTheirValues(t *testing.T) {
	spec := run.SweepSpec{Scenario: tiny.Load(t, "base"), Design: "list", Replications: 2, Record: "year"}
	for _, text := range []string{"market.eta=1,1.2,1", "labs.mid.budget=$500M/yr,$1B/yr,$500M/yr"} {
		path, what, _ := strings.Cut(text, "=")
		v, err := spec.Scenario.ParseVariation(path, what)
		if err != nil {
			t.Fatal(err)
		}
		spec.Inputs = append(spec.Inputs, v)
	}
	s, err := run.NewSweep(spec)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "points")
	if _, err := s.Run(context.Background(), run.Output{Out: dir, Format: "csv"}, run.Options{Jobs: 1}); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.IAMC(&b, []string{"hhi_sales"}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	summary, err := f.Table("summary")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"base | market.eta=1, labs.mid.budget=500000000 USD/yr",
		"base | market.eta=1.2, labs.mid.budget=1000000000 USD/yr",
		"base | market.eta=1, labs.mid.budget=500000000 USD/yr | point 3",
	} {
		row := rows[1+i*len(statistics)]
		mean := summary.Where("case", strconv.Itoa(i+1)).Where("date", rows[0][5]+"-12-31").Text("mean")[0]
		if row[1] != want || row[5] != mean {
			t.Errorf("%q with %s, not %q with %s", row[1], row[5], want, mean)
		}
	}
}

// The workbook has read-me, findings, statistics, effects, inputs and dictionary with the cells of
// the folder's tables, and no formula.
func TestWorkbook(t *testing.T) {
	f := folder(t)
	var b bytes.Buffer
	notes, err := f.Workbook(&b, Terms{Author: "Ada Lovelace"}, []string{"=a finding"})
	if err != nil || len(notes) != 0 {
		t.Fatal(notes, err)
	}
	formats.Register()
	for _, name := range []string{"summary", "segment_summary", "labs_summary", "inputs", "dictionary"} {
		sheet, err := table.Decode("x.xlsx", b.Bytes(), table.Options{Sheet: name})
		if err != nil {
			t.Fatal(err)
		}
		want, err := f.Table(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range want.Columns {
			got, err := sheet.Column(c.Name)
			if err != nil {
				t.Fatal(err)
			}
			for row, cell := range want.Text(c.Name) {
				if g := got.Text(row); g != cell {
					x, err1 := strconv.ParseFloat(g, 64)
					y, err2 := strconv.ParseFloat(cell, 64)
					if err1 != nil || err2 != nil || x != y {
						t.Fatalf("%s, %s, row %d: %q, not %q", name, c.Name, row+1, g, cell)
					}
				}
			}
		}
	}
	all := b.String()
	var again bytes.Buffer
	if _, err := f.Workbook(&again, Terms{Author: "Ada Lovelace"}, []string{"=a finding"}); err != nil ||
		again.String() != all {
		t.Errorf("written again the bytes differ, %v", err)
	}
	lines := f.readMe(Terms{Author: "Ada Lovelace", Licence: "CC0-1.0"}, nil, []string{"cut"})
	text := fmt.Sprint(lines)
	for _, part := range []string{"market.csv (", f.Manifest.Identity, "simulate reproduce", "CC0-1.0", "Ada Lovelace",
		"[Note cut]"} {
		if !strings.Contains(text, part) {
			t.Errorf("the read-me does not say %q: %s", part, text)
		}
	}
}

// The citation names version, seed, cases and hash, and TeX can print it.
func TestCite(t *testing.T) {
	c := folder(t).Cite()
	for _, part := range []string{"base, shock", "seed 7", "6 replications", c.Identity[:16]} {
		if !strings.Contains(c.Sentence, part) {
			t.Errorf("%q does not say %q", c.Sentence, part)
		}
	}
	if got := escapeTeX(`a_b & 5% of $1 {x}`); got != `a\_b \& 5\% of \$1 \{x\}` {
		t.Error(got)
	}
	if !strings.HasPrefix(c.BibTeX, "@misc{simulate-"+c.Identity[:8]+",") || strings.Count(c.BibTeX,
		"{") != strings.Count(c.BibTeX, "}") {
		t.Error(c.BibTeX)
	}
}

// An ORCID may stand behind the name in any usual form; other brackets are of the name, and a
// number that is none is refused.
func TestAuthors(t *testing.T) {
	const orcid = "0000-0002-1825-0097" // the example of orcid.org
	for _, c := range []struct{ author, name, orcid, wrong string }{
		{"Ada Lovelace", "Ada Lovelace", "", ""},
		{"Ada Lovelace (" + orcid + ")", "Ada Lovelace", orcid, ""},
		{"Ada Lovelace (https://orcid.org/" + orcid + ")", "Ada Lovelace", orcid, ""},
		{"Ada Lovelace [orcid.org/" + orcid + "]", "Ada Lovelace", orcid, ""},
		{"Ada Lovelace (Oxford)", "Ada Lovelace (Oxford)", "", ""},
		{"Ada (Oxford) (0000-0002-1694-233X)", "Ada (Oxford)", "0000-0002-1694-233X", ""},
		{"Ada (0000-0002-1825-0098)", "Ada", "0000-0002-1825-0098", "its last digit would be 7"},
	} {
		terms := Terms{Author: c.author}
		name, number := terms.author()
		if name != c.name || number != c.orcid {
			t.Errorf("%s: %q, %q", c.author, name, number)
		}
		if err := terms.Check(); (err != nil) != (c.wrong != "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, want %q", c.author, err, c.wrong)
		}
	}
}
