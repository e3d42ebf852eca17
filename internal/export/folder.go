package export

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"simulate/internal/pattern"
	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Folder is a results folder that is to be described.
type Folder struct {
	Dir      string
	Manifest *results.Manifest

	how      *table.Reading
	meanings map[string]map[string]words // by table and column
}

// words are unit and meaning of a column, of the folder's dictionary.
type words struct{ unit, meaning string }

// Terms are what the folder itself does not know: who made it and under which licence it may be
// used.
type Terms struct {
	Author  string // a name; ORCID may follow in brackets: Ada Lovelace (0000-0002-1825-0097)
	Licence string // SPDX identifier; "" for CC-BY-4.0
}

// Open reads the manifest and dictionary of a results folder, in the given way; nil: its files must
// be as they were written. It fails where there is no whole folder.
func Open(dir string, how *table.Reading) (f *Folder, err error) {
	defer table.Misfit(&err)
	m, err := results.ReadManifestAs(dir, how)
	if err != nil {
		return nil, err
	}
	f = &Folder{Dir: dir, Manifest: m, how: how, meanings: map[string]map[string]words{}}
	if !f.has(results.DictionaryTable) {
		return f, nil
	}
	d, err := f.Table(results.DictionaryTable)
	if err != nil {
		return nil, err
	}
	names, columns, units, meanings := d.Text("table"), d.Text("column"), d.Text("unit"), d.Text("meaning")
	for i, name := range names {
		if f.meanings[name] == nil {
			f.meanings[name] = map[string]words{}
		}
		f.meanings[name][columns[i]] = words{units[i], meanings[i]}
	}
	return f, nil
}

// How is the way in which the folder is read.
func (f *Folder) How() *table.Reading { return f.how }

// Table reads a table of the folder by its name, in either format. It fails where the folder has
// none of that name.
func (f *Folder) Table(name string) (*table.Table, error) {
	for _, t := range f.Manifest.Tables {
		if nameOf(t.File) == name {
			return f.how.Table(filepath.Join(f.Dir, filepath.FromSlash(t.File)), t.SHA256)
		}
	}
	return nil, fmt.Errorf("%s has no table %s; it has %s", f.Dir, name, strings.Join(f.tables(), ", "))
}

// Verify holds every file that the manifest names against its checksum, for who passes the
// checksums on.
func (f *Folder) Verify() error {
	for _, t := range slices.Concat(f.Manifest.Tables, f.Manifest.Scenarios) {
		if err := f.how.Check(filepath.Join(f.Dir, filepath.FromSlash(t.File)), t.SHA256); err != nil {
			return err
		}
	}
	return nil
}

// has reports whether the folder has a table.
func (f *Folder) has(name string) bool {
	for _, t := range f.tables() {
		if t == name {
			return true
		}
	}
	return false
}

// tables are the names of the folder's tables, in the order of its manifest.
func (f *Folder) tables() (out []string) {
	for _, t := range f.Manifest.Tables {
		out = append(out, nameOf(t.File))
	}
	return out
}

// nameOf is the name of a table's file without its ending.
func nameOf(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// size is the length of a file of the folder in bytes, 0 where it cannot be found.
func (f *Folder) size(file string) int64 {
	info, err := os.Stat(filepath.Join(f.Dir, filepath.FromSlash(file)))
	if err != nil {
		return 0
	}
	return info.Size()
}

// title is what the folder is about.
func (f *Folder) title() string {
	if f.Manifest.Title != "" {
		return f.Manifest.Title
	}
	return f.Manifest.Name
}

// describe says in a sentence what the folder holds.
func (f *Folder) describe() string {
	m := f.Manifest
	note := f.how.Note()
	if note != "" {
		note += " "
	}
	if m.Replications == 0 {
		return note + fmt.Sprintf("Results of simulate %s, seed %d.", m.Version, m.Seed)
	}
	return note + fmt.Sprintf("Results of simulate %s: %s of each case, seed %d.", m.Version,
		quantity.Plural(m.Replications, "replication"), m.Seed)
}

// day is when the folder was finished, ISO.
func (f *Folder) day() string { return f.finished().Format("2006-01-02") }

// finished is when the folder was finished, or begun where only that is known.
func (f *Folder) finished() time.Time {
	if at := f.Manifest.Finished; !at.IsZero() {
		return at.UTC()
	}
	return f.Manifest.Started.UTC()
}

// licence is the SPDX identifier of the terms.
func (t Terms) licence() string {
	if t.Licence == "" {
		return "CC-BY-4.0"
	}
	return t.Licence
}

// licencePage is where the text of a licence of the SPDX list stands.
func (t Terms) licencePage() string { return "https://spdx.org/licenses/" + t.licence() }

// orcidBehind is an ORCID in brackets behind a name, with or without its address.
var orcidBehind = pattern.Late(`^(.*\S)\s*[(\[]\s*(?:https?://)?(?:orcid\.org/)?` +
	`(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\s*[)\]]$`)

// author splits the name from an ORCID in brackets behind it. Other words in brackets are of the
// name.
func (t Terms) author() (name, orcid string) {
	author := strings.TrimSpace(t.Author)
	if m := orcidBehind().FindStringSubmatch(author); m != nil {
		return m[1], m[2]
	}
	return author, ""
}

// Check refuses an ORCID whose last digit, which checks the others (ISO 7064, MOD 11-2), does not.
func (t Terms) Check() error {
	_, orcid := t.author()
	if orcid == "" {
		return nil
	}
	digits := strings.ReplaceAll(orcid, "-", "")
	sum := 0
	for _, c := range digits[:len(digits)-1] {
		sum = (sum + int(c-'0')) * 2
	}
	check := string("0123456789X"[(12-sum%11)%11])
	if check != digits[len(digits)-1:] {
		return fmt.Errorf("%s is no ORCID: its last digit would be %s; look the number up at orcid.org", orcid, check)
	}
	return nil
}
