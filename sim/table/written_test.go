package table

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadingHoldsFilesAgainstTheirSums(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("x,y\n1,2\n")
	sum, err := Sum(path)
	if err != nil {
		t.Fatal(err)
	}
	var strict *Reading
	if got, err := strict.Table(path, sum); err != nil || got.Number("y")[0] != 2 {
		t.Errorf("whole: %v", err)
	}
	write("x,y\n1,3\n")
	for what, c := range map[string]struct{ path, sum, says string }{
		"changed": {path, sum, "a.csv was changed after it was written"},
		"missing": {filepath.Join(dir, "b.csv"), sum, "b.csv is missing"},
		"foreign": {path, "", "a.csv is not among the files that the manifest"},
		"folder":  {dir, sum, "is a folder where a file was written"},
		"device":  {os.DevNull, sum, "is neither a file nor a folder where a file was written"},
	} {
		_, err := strict.Table(c.path, c.sum)
		var changed *Changed
		if err == nil || !strings.Contains(err.Error(), c.says) || !errors.As(err, &changed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	asIs := &Reading{AsIs: true}
	got, err := asIs.Table(path, sum)
	if err != nil || got.Number("y")[0] != 3 || asIs.Note() != "Read as it is: a.csv is not as the experiment "+
		"left it." {
		t.Errorf("as is: %v, %q", err, asIs.Note())
	}
	if strict.Note() != "" || (&Reading{}).Note() != "" {
		t.Error("a note without a reason")
	}
}

func TestMisfitIsOfColumnsAlone(t *testing.T) {
	of := func(do func(*Table)) (err error) {
		defer Misfit(&err)
		do(New("t", Column{Name: "x"}))
		return nil
	}
	var missing MissingColumn
	if err := of(func(t *Table) { t.Number("y") }); !errors.As(err, &missing) || !strings.Contains(err.Error(),
		`table t has no column "y"; it has x`) {
		t.Errorf("got %v", err)
	}
	defer func() {
		if recover() != "another" {
			t.Error("another panic was taken for a misfit")
		}
	}()
	of(func(*Table) { panic("another") })
}

func TestRecordsHaveAnEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "manifest.json")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, mostText+1); err != nil { // sparse: takes no space
		t.Skip(err)
	}
	if _, err := ReadRecord(path); err == nil || !strings.Contains(err.Error(), "is larger than 128 MB") {
		t.Error(err)
	}
}
