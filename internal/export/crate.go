package export

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// CrateName is the metadata file of a research object crate.
const CrateName = "ro-crate-metadata.json"

// entity is one entity of a crate, in the order of its keys as JSON sorts them.
type entity map[string]any

// ref points to another entity.
func ref(id string) entity { return entity{"@id": id} }

// Crate is the metadata of the folder as an RO-Crate 1.1: every file of the folder, the program and
// the action that made them, author and licence. An author is needed.
func (f *Folder) Crate(t Terms) ([]byte, error) {
	name, orcid := t.author()
	if name == "" {
		return nil, fmt.Errorf("a crate names its author; give --author NAME, or --author 'NAME (ORCID)'")
	}
	files, err := f.files()
	if err != nil {
		return nil, err
	}
	m := f.Manifest
	author := "#author"
	if orcid != "" {
		author = "https://orcid.org/" + orcid
	}
	program := "#simulate-" + m.Version
	graph := []entity{
		{"@id": CrateName, "@type": "CreativeWork", "about": ref("./"),
			"conformsTo": ref("https://w3id.org/ro/crate/1.1")},
		{"@id": "./", "@type": "Dataset", "name": f.title(), "description": f.describe(), "identifier": m.Identity,
			"datePublished": f.day(), "license": ref(t.licencePage()), "author": ref(author), "hasPart": refs(files),
			"mentions": ref("#run")},
		{"@id": author, "@type": "Person", "name": name},
		{"@id": t.licencePage(), "@type": "CreativeWork", "name": t.licence(), "description": "licence of this dataset"},
		{"@id": program, "@type": "SoftwareApplication", "name": "simulate", "version": m.Version,
			"softwareVersion": m.Version, "url": program},
		{"@id": "#run", "@type": "CreateAction", "name": strings.Join(m.Command, " "), "instrument": ref(program),
			"startTime": m.Started.UTC().Format("2006-01-02T15:04:05Z"),
			"endTime":   f.finished().Format("2006-01-02T15:04:05Z"), "agent": ref(author),
			"object": refs(f.scenarioFiles()), "result": ref("./")},
	}
	sums := map[string]string{}
	for _, file := range append(m.Tables, m.Scenarios...) {
		sums[file.File] = file.SHA256
	}
	for _, file := range files {
		e := entity{"@id": file, "@type": "File", "name": file, "contentSize": fmt.Sprint(f.size(file))}
		if sum := sums[file]; sum != "" {
			e["sha256"] = sum
		}
		if media := fileTypes[strings.ToLower(filepath.Ext(file))]; media != "" {
			e["encodingFormat"] = media
		}
		graph = append(graph, e)
	}
	text, err := json.MarshalIndent(entity{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}, "", "  ")
	return append(text, '\n'), err
}

// fileTypes are media types by ending.
var fileTypes = map[string]string{
	".csv": "text/csv", ".parquet": "application/vnd.apache.parquet", ".json": "application/json",
	".yaml": "application/yaml", ".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf",
	".html": "text/html", ".txt": "text/plain", ".tex": "application/x-tex",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// files are the files of the folder, relative with slashes and sorted, without working files and
// without the crate's own.
func (f *Folder) files() (out []string, err error) {
	err = filepath.WalkDir(f.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != f.Dir && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() && d.Name() != CrateName {
			rel, err := filepath.Rel(f.Dir, path)
			if err != nil {
				return err
			}
			out = append(out, filepath.ToSlash(rel))
		}
		return nil
	})
	sort.Strings(out)
	return out, err
}

// scenarioFiles are the resolved scenarios of the folder.
func (f *Folder) scenarioFiles() (out []string) {
	for _, s := range f.Manifest.Scenarios {
		out = append(out, s.File)
	}
	if len(out) == 0 {
		if _, err := os.Stat(filepath.Join(f.Dir, "scenario.yaml")); err == nil {
			out = []string{"scenario.yaml"}
		}
	}
	return out
}

func refs(ids []string) []entity {
	out := make([]entity, len(ids))
	for i, id := range ids {
		out[i] = ref(id)
	}
	return out
}
