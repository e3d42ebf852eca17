package export

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"

	"simulate/sim/table"
)

// PackageName is the file of a data package beside its tables.
const PackageName = "datapackage.json"

// dataPackage is a descriptor of the Frictionless Data Package 1.0.
type dataPackage struct {
	Profile     string        `json:"profile"`
	Name        string        `json:"name"`
	ID          string        `json:"id"`
	Title       string        `json:"title"`
	Description string        `json:"description"`
	Version     string        `json:"version"`
	Created     string        `json:"created"`
	Licences    []licenceTerm `json:"licenses"`
	Authors     []contributor `json:"contributors,omitempty"`
	Sources     []sourceTerm  `json:"sources"`
	Resources   []resource    `json:"resources"`
}

type licenceTerm struct {
	Name string `json:"name"`
	Path string `json:"path"`
}

type contributor struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
	Role  string `json:"role"`
}

type sourceTerm struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

// resource is one table.
type resource struct {
	Profile   string  `json:"profile"`
	Name      string  `json:"name"`
	Path      string  `json:"path"`
	Format    string  `json:"format"`
	MediaType string  `json:"mediatype"`
	Encoding  string  `json:"encoding,omitempty"`
	Bytes     int64   `json:"bytes"`
	Hash      string  `json:"hash"`
	Schema    *schema `json:"schema,omitempty"`
}

type schema struct {
	Fields  []field  `json:"fields"`
	Missing []string `json:"missingValues"`
}

type field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description,omitempty"`
	Unit        string `json:"unit,omitempty"`
}

// mediaTypes are the media types of the formats of tables.
var mediaTypes = map[string]string{"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}

// DataPackage is the descriptor of the folder as a Frictionless data package: a resource for each
// table, with checksum, types, units and meanings.
func (f *Folder) DataPackage(t Terms) ([]byte, error) {
	m := f.Manifest
	p := dataPackage{Profile: "data-package", Name: packageName(m.Name), ID: m.Identity, Title: f.title(),
		Description: f.describe(), Version: m.Version, Created: f.finished().Format("2006-01-02T15:04:05Z"),
		Licences: []licenceTerm{{t.licence(), t.licencePage()}},
		Sources:  []sourceTerm{{Title: "simulate " + m.Version}, {Title: "the resolved scenario", Path: "scenario.yaml"}}}
	if len(m.Scenarios) > 1 {
		p.Sources = p.Sources[:1]
		for _, s := range m.Scenarios {
			p.Sources = append(p.Sources, sourceTerm{"the resolved scenario " + nameOf(s.File), s.File})
		}
	}
	if name, orcid := t.author(); name != "" {
		c := contributor{Title: name, Role: "author"}
		if orcid != "" {
			c.Path = "https://orcid.org/" + orcid
		}
		p.Authors = append(p.Authors, c)
	}
	for _, file := range m.Tables {
		format := strings.TrimPrefix(filepath.Ext(file.File), ".")
		r := resource{Profile: "data-resource", Name: packageName(nameOf(file.File)), Path: file.File, Format: format,
			MediaType: mediaTypes[format], Bytes: f.size(file.File), Hash: "sha256:" + file.SHA256}
		s, err := f.schemaOf(nameOf(file.File))
		if err != nil {
			return nil, err
		}
		r.Schema = s
		if format == "csv" {
			r.Profile, r.Encoding = "tabular-data-resource", "utf-8"
		}
		p.Resources = append(p.Resources, r)
	}
	text, err := json.MarshalIndent(p, "", "  ")
	return append(text, '\n'), err
}

// schemaOf is the table schema of a table: the types of its cells, and units and meanings of the
// dictionary.
func (f *Folder) schemaOf(name string) (*schema, error) {
	t, err := f.Table(name)
	if err != nil {
		return nil, err
	}
	out := &schema{Missing: []string{""}}
	for _, c := range t.Columns {
		w := f.meanings[name][c.Name]
		out.Fields = append(out.Fields, field{Name: c.Name, Type: typeOf(t, c), Description: w.meaning, Unit: w.unit})
	}
	return out, nil
}

// isoDay matches a date.
var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// typeOf is the Frictionless type of a column: that of all its cells.
func typeOf(t *table.Table, c table.Column) string {
	switch c.Kind {
	case table.Integer:
		return "integer"
	case table.Number:
		return "number"
	}
	cells := t.Text(c.Name)
	for _, cell := range cells {
		if cell != "" && !isoDay.MatchString(cell) {
			return "string"
		}
	}
	if len(cells) == 0 || strings.Join(cells, "") == "" {
		return "string"
	}
	return "date"
}

// packageName is a name as data packages want it: lower case letters, digits, ".", "_", "-".
func packageName(name string) string {
	return regexp.MustCompile(`[^a-z0-9._-]+`).ReplaceAllString(strings.ToLower(name), "-")
}
